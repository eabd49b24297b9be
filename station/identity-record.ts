/** Writes down once for each session which device gave its values, and again when the device says more of itself. */
import type { MonitorId } from '../core/ids.ts';
import type { SessionEvent, SessionEventBody } from '../core/session/events.ts';

export type MonitorIdentity = Omit<
  Extract<SessionEventBody, { readonly type: 'monitor-identified' }>,
  'type' | 'monitorId'
>;

export interface IdentityRecord {
  /** A monitor gave a value: the entry that is to be made; null: it is on record already. */
  heard(monitorId: MonitorId): SessionEventBody | null;
  /** Another session: what its record says already. */
  begin(events: readonly SessionEvent[]): void;
}

/** @param identityOf what is known of a monitor now; null: it is not of this station any more. */
export const createIdentityRecord = (
  identityOf: (id: MonitorId) => MonitorIdentity | null,
): IdentityRecord => {
  const told = new Map<MonitorId, string>();
  return {
    heard: (monitorId) => {
      const identity = identityOf(monitorId);
      if (identity === null) return null;
      const words = wordsOf(identity);
      if (told.get(monitorId) === words) return null;
      told.set(monitorId, words);
      return { type: 'monitor-identified', monitorId, ...identity };
    },
    begin: (events) => {
      told.clear();
      for (const { body } of events) {
        if (body.type === 'monitor-identified') told.set(body.monitorId, wordsOf(body));
      }
    },
  };
};

const wordsOf = ({ name, family, manufacturer, model, serialNumber, software }: MonitorIdentity): string =>
  JSON.stringify([name, family, manufacturer, model, serialNumber, software]);
