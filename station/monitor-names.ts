/** Entries that speak of monitors say what those were called then: an identifier tells a reader of the record nothing. */
import type { MonitorId } from '../core/ids.ts';
import type { MonitorNames, SessionEventBody } from '../core/session/events.ts';

/** @param nameOf null: the monitor is not of this station any more. */
export const withMonitorNames = (
  body: SessionEventBody,
  nameOf: (id: MonitorId) => string | null,
): SessionEventBody => {
  const named = (...ids: readonly MonitorId[]): { readonly names?: MonitorNames } => {
    const known = [...new Set(ids)].flatMap((id) => {
      const name = nameOf(id);
      return name === null ? [] : [[id, name] as const];
    });
    return known.length === 0 ? {} : { names: Object.fromEntries(known) };
  };
  switch (body.type) {
    case 'link-changed':
    case 'cuff-requested':
    case 'monitor-confirmed':
      return { ...body, ...named(body.monitorId) };
    case 'source-changed':
      return { ...body, ...named(body.from, body.to) };
    case 'source-order-changed':
      return { ...body, ...named(...body.order, ...body.before) };
    case 'alarm': {
      if (!('alarm' in body.alarm)) return body;
      const { category, monitorId } = body.alarm.alarm;
      return category === 'technical' && monitorId !== null ? { ...body, ...named(monitorId) } : body;
    }
    default:
      return body;
  }
};
