/** Sessions for tests of a visit: folded from the entries they are made of, a minute apart unless said otherwise. */
import { planOf } from '../../../core/dose/plan.ts';
import { kilograms, mgPerKg, mgPerMl } from '../../../core/dose/units.ts';
import { chairId, eventId, monitorId, sessionId } from '../../../core/ids.ts';
import type { NibpReading, SessionEvent, SessionEventBody } from '../../../core/session/events.ts';
import { foldSession, type Session } from '../../../core/session/session.ts';
import { type Instant, instant } from '../../../core/time.ts';
import type { ChairFacts } from '../../../core/visit/facts.ts';
import type { VisitProtocol } from '../../../core/visit/protocol.ts';
import { DEPRESSION } from '../../../core/visit/protocols.ts';

const WALL = Date.UTC(2026, 2, 1, 14, 0, 0);
export const MINUTE = 60_000;

/** `minutes` after the session was opened. */
export const at = (minutes: number): Instant =>
  instant(WALL + minutes * MINUTE, 1_000_000 + minutes * MINUTE);

export interface Entry {
  readonly minute: number;
  readonly body: SessionEventBody;
  readonly by?: string;
}

export const entry = (minute: number, body: SessionEventBody, by = 'Nurse N'): Entry => ({
  minute,
  body,
  by,
});

export const toPhase = (minute: number, from: Session['phase'], to: Session['phase']): Entry =>
  entry(minute, { type: 'phase-changed', from, to, reason: null });

/** A visit by a protocol, opened at minute 0, with these entries. */
export const events = (
  entries: readonly Entry[],
  protocol: VisitProtocol | null = DEPRESSION,
): readonly SessionEvent[] => {
  const opened: SessionEventBody = {
    type: 'session-opened',
    chairId: chairId('chair-1'),
    patientInitials: 'AB',
    indication: 'Depression',
    plannedInfusionMs: 40 * MINUTE,
    plannedRecoveryMs: 30 * MINUTE,
    origin: 'live',
  };
  const planned: readonly Entry[] =
    protocol === null
      ? []
      : [entry(0, { type: 'visit-planned', protocol, approval: { state: 'not-approved' } })];
  return [entry(0, opened), ...planned, ...entries].map(({ minute, body, by }, index) => ({
    id: eventId(`e${index + 1}`),
    sessionId: sessionId('s1'),
    sequence: index + 1,
    at: at(minute),
    by: by ?? 'Nurse N',
    body,
  }));
};

export const visit = (entries: readonly Entry[], protocol: VisitProtocol | null = DEPRESSION): Session =>
  foldSession(events(entries, protocol));

/** 0.5 mg/kg of 72 kg over 40 min at 1 mg/mL: 36 mg in 36 mL at 54 mL/h. */
export const PLAN = planOf({
  kind: 'infusion',
  drug: 'Ketamine',
  weightKg: kilograms(72),
  dose: { unit: 'mg/kg', value: mgPerKg(0.5) },
  concentrationMgPerMl: mgPerMl(1),
  durationMs: 40 * MINUTE,
});

export const planned = (minute: number): Entry =>
  entry(minute, {
    type: 'dose-planned',
    plan: PLAN,
    ordered: { unit: 'mg/kg', value: mgPerKg(0.5) },
    findings: [],
    reason: null,
    authorisations: [],
  });

/** Opened, baseline at 1, dose planned at 2, infusing from 10. */
export const INFUSING: readonly Entry[] = [
  toPhase(1, 'intake', 'baseline'),
  planned(2),
  toPhase(10, 'baseline', 'infusing'),
];

export const reading = (minute: number, systolic: number, diastolic: number): NibpReading => ({
  systolic,
  diastolic,
  mean: Math.round((systolic + 2 * diastolic) / 3),
  pulseRate: 70,
  receivedAt: at(minute),
  ageAtReceiptMs: 0,
  monitorId: monitorId('m1'),
});

export const chair = (part: Partial<ChairFacts> = {}): ChairFacts => ({
  vitals: { heartRate: true, spo2: true, respiration: true, bloodPressure: true },
  spo2: 98,
  heartRate: 72,
  readings: [],
  openHighAlarms: 0,
  ...part,
});
