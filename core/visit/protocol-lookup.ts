/** Finds things in a protocol by name. */
import type { ChecklistItem } from '../checklist/items.ts';
import type { VisitProtocol } from './protocol.ts';

/** An item of either list; null: the protocol has none of this name. */
export const itemOf = (protocol: VisitProtocol, id: string): ChecklistItem | null =>
  [...protocol.checklist, ...protocol.discharge].find((item) => item.id === id) ?? null;

/** The item's label; its name where the protocol is not known. */
export const checklistLabel = (protocol: VisitProtocol | null, id: string): string =>
  (protocol === null ? null : itemOf(protocol, id))?.label ?? id;
