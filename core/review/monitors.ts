/** Which monitors gave values in a session, and what the record says of them. */
import type { MonitorId } from '../ids.ts';
import type { SessionEvent } from '../session/events.ts';
import type { DocumentMonitor } from './session-document.ts';

/**
 * Every monitor that is named as a source (`heard`) or said who it is, in the order in which they came. The last word of
 * a monitor counts; one of a record from before that was written down has nothing but its id.
 */
export const documentMonitors = (
  events: readonly SessionEvent[],
  heard: Iterable<MonitorId>,
): readonly DocumentMonitor[] => {
  const monitors = new Map<MonitorId, DocumentMonitor>();
  for (const { body } of events) {
    if (body.type !== 'monitor-identified') continue;
    const { monitorId, name, family, manufacturer, model, serialNumber, software } = body;
    monitors.set(monitorId, { id: monitorId, name, family, manufacturer, model, serialNumber, software });
  }
  for (const id of heard) if (!monitors.has(id)) monitors.set(id, { ...NOTHING_KNOWN, id });
  return [...monitors.values()];
};

const NOTHING_KNOWN: Omit<DocumentMonitor, 'id'> = {
  name: null,
  family: null,
  manufacturer: null,
  model: null,
  serialNumber: null,
  software: null,
};
