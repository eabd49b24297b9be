import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../devices/transport/address.ts';

describe('an address', () => {
  it.each([
    ['127.0.0.1:4001', '127.0.0.1', 4001],
    ['moxa-2.ward.example:950', 'moxa-2.ward.example', 950],
    ['localhost:0', 'localhost', 0],
    ['[::1]:4001', '::1', 4001],
    ['[fe80::1%eth0]:65535', 'fe80::1%eth0', 65535],
    ['bett_3:1', 'bett_3', 1],
  ])('%s is read', (text, host, port) => {
    expect(parseAddress(text)).toEqual({ ok: true, address: { host, port } });
  });

  it.each([
    ['', 'the host is missing'],
    [':4001', 'the host is missing'],
    ['[]:4001', 'the host is missing'],
    ['localhost', 'the port is missing'],
    ['localhost:', 'the port is missing'],
    ['[::1]', 'the port is missing'],
    ['::1:4001', 'stands in brackets'],
    ['localhost:65536', 'is no port number'],
    ['localhost:4001x', 'is no port number'],
    ['localhost:-1', 'is no port number'],
    ['http://host:80', 'stands in brackets'],
    ['a b:80', 'is no host name'],
    ['[hello]:80', 'is no IPv6 address'],
  ])('%j is refused: %s', (text, why) => {
    const result = parseAddress(text);
    expect(result).toMatchObject({ ok: false, message: expect.stringContaining(why) });
    expect(result).toMatchObject({ message: expect.stringContaining(JSON.stringify(text)) });
  });
});
