/** The form for a new monitor: what was typed, and the address it means. */
import type { CommandInput } from '../../core/api/commands.ts';
import type { FamilyOption, MonitorView, PortView } from '../../core/api/views.ts';
import type { LineOverride } from '../../core/line/line-settings.ts';
import { type LineDraft, lineDraftOf } from './line-draft.ts';

export interface MonitorDraft {
  readonly family: string;
  /** `tcp-listen`: the monitor connects to this computer. */
  readonly kind: 'serial' | 'tcp' | 'tcp-listen';
  readonly path: string;
  readonly host: string;
  /** As typed. */
  readonly port: string;
  readonly name: string;
  readonly chairId: string;
  readonly simulated: boolean;
  /** Options of the family as they were typed or chosen, by key; those that are not here keep their default. */
  readonly options: Readonly<Record<string, string | boolean>>;
  /** Line settings that are not the family's. */
  readonly line: LineDraft;
}

/** What is listened on unless a person gives another address. */
export const OWN_HOST = '127.0.0.1';

export type DraftAddress = CommandInput<'monitor.test'>['address'];

/** The address of a draft; null while it is not complete. A serial port keeps its USB identity to be found again. */
export const draftAddress = (draft: MonitorDraft, ports: readonly PortView[]): DraftAddress | null => {
  if (draft.kind !== 'serial') {
    const port = Number(draft.port);
    const host = draft.host.trim();
    const isPort = /^\d+$/.test(draft.port.trim()) && port >= 1 && port <= 65_535;
    if (!isPort) return null;
    // Without an address of its own it hears this computer only; another one is a person's choice.
    if (draft.kind === 'tcp-listen') return { kind: 'tcp-listen', host: host || OWN_HOST, port };
    return host === '' ? null : { kind: 'tcp', host, port };
  }
  const path = draft.path.trim();
  if (path === '') return null;
  const port = ports.find((each) => each.path === path);
  const usb =
    port?.vendorId != null && port.productId != null
      ? { vendorId: port.vendorId, productId: port.productId, serialNumber: port.serialNumber }
      : null;
  return { kind: 'serial', path, usb };
};

/** A port as the list offers it: "/dev/ttyUSB0 · FTDI · USB 0403:6001 · serial A1B2". */
export const portLabel = (port: PortView): string =>
  [
    port.path,
    port.manufacturer,
    port.vendorId === null ? null : `USB ${port.vendorId}:${port.productId ?? '?'}`,
    port.serialNumber === null ? null : `serial ${port.serialNumber}`,
  ]
    .filter((part) => part !== null)
    .join(' · ');

/** The options of a draft as the station takes them; null while one of them cannot be meant. */
export const draftOptions = (
  { options }: MonitorDraft,
  specs: readonly FamilyOption[],
): Record<string, number | boolean | string> | null => {
  const meant: Record<string, number | boolean | string> = {};
  for (const spec of specs) {
    const typed = options[spec.key];
    if (typed === undefined) continue;
    if (spec.type !== 'integer') {
      meant[spec.key] = typed;
      continue;
    }
    const number = Number(typed);
    const isWhole = typeof typed === 'string' && /^\d+$/.test(typed.trim());
    if (!isWhole || number < spec.min || number > spec.max) return null;
    meant[spec.key] = number;
  }
  return meant;
};

/** The draft with another family: its options begin anew, and the way it is connected fits. */
export const withFamily = (
  draft: MonitorDraft,
  family: { readonly id: string; readonly callsIn: boolean },
): MonitorDraft => {
  const elsewhere = draft.kind === 'tcp-listen' ? 'serial' : draft.kind;
  return {
    ...draft,
    family: family.id,
    options: {},
    line: {},
    kind: family.callsIn ? 'tcp-listen' : elsewhere,
  };
};

/** The draft with the family that was found on its line, and the settings at which it was found. */
export const withFound = (
  draft: MonitorDraft,
  family: { readonly id: string; readonly callsIn: boolean },
  line: LineOverride,
): MonitorDraft => ({ ...withFamily(draft, family), line: lineDraftOf(line) });

/** The draft of a monitor that is there, to be changed; null where its address cannot be given in the form. */
export const draftOf = (monitor: MonitorView): MonitorDraft | null => {
  const { address } = monitor;
  if (address.kind === 'replay' || address.kind === 'simulator') return null;
  return {
    family: monitor.family,
    kind: address.kind,
    path: address.kind === 'serial' ? address.path : '',
    host: address.kind === 'serial' ? '' : address.host,
    port: address.kind === 'serial' ? '' : String(address.port),
    name: monitor.name,
    chairId: monitor.chairId,
    simulated: monitor.origin === 'simulated',
    options: Object.fromEntries(
      Object.entries(monitor.options).map(([key, value]) => [
        key,
        typeof value === 'number' ? String(value) : value,
      ]),
    ),
    line: lineDraftOf(monitor.line),
  };
};
