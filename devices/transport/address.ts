/** Network addresses as people write them: `HOST:PORT`, `[::1]:4001`. */

export interface Address {
  readonly host: string;
  /** 0 to 65535; 0 asks the system for a free port and is for listening only. */
  readonly port: number;
}

/** The outcome of reading an address: what was meant, or one clear line why it cannot be read. */
export type AddressResult =
  | { readonly ok: true; readonly address: Address }
  | { readonly ok: false; readonly message: string };

const refused = (text: string, why: string): AddressResult => ({
  ok: false,
  message: `${JSON.stringify(text)} is not an address HOST:PORT: ${why}`,
});

/** Names and IPv4 numbers; the system's look-up is the judge of the rest. */
const HOST = /^[\p{L}\p{N}_]([\p{L}\p{N}_.-]*[\p{L}\p{N}_.])?$/u;
const IPV6 = /^[0-9a-f:]*:[0-9a-f:.]*(%[\w.-]+)?$/i;

/** Reads `HOST:PORT`; an IPv6 host stands in brackets. The port is a whole number from 0 to 65535. */
export const parseAddress = (text: string): AddressResult => {
  const bracketed = /^\[(?<host>[^\]]*)\](?<rest>.*)$/.exec(text);
  const lastColon = text.lastIndexOf(':');
  const host = bracketed?.groups?.host ?? (lastColon < 0 ? text : text.slice(0, lastColon));
  const rest = bracketed?.groups?.rest ?? (lastColon < 0 ? '' : text.slice(lastColon));

  if (bracketed === null && host.includes(':'))
    return refused(text, `an IPv6 host stands in brackets, as in [${host}]${rest}`);
  if (host === '') return refused(text, 'the host is missing');
  if (bracketed === null ? !HOST.test(host) : !IPV6.test(host))
    return refused(
      text,
      `${JSON.stringify(host)} is no ${bracketed === null ? 'host name' : 'IPv6 address'}`,
    );
  if (!rest.startsWith(':') || rest.length === 1)
    return refused(text, 'the port is missing, as in 192.0.2.7:4001');
  const portText = rest.slice(1);
  const port = Number(portText);
  if (!/^\d{1,5}$/.test(portText) || port > 65_535)
    return refused(text, `${JSON.stringify(portText)} is no port number (0 to 65535)`);
  return { ok: true, address: { host, port } };
};
