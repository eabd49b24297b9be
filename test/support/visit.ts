/** A visit by a protocol through the whole station, the short way: what a nurse does, in order. */
import type { StationClient } from '../../core/api/client.ts';
import type { CommandInput } from '../../core/api/commands.ts';
import type { Session } from '../../core/session/session.ts';
import { DEPRESSION } from '../../core/visit/protocols.ts';
import { CHAIR, cuff, type Harness } from './station-harness.ts';

const HOUR = 3_600_000;

export type Answer = CommandInput<'checklist.answer'>['answer'];
export const PHYSICIAN = { name: 'Dr P', role: 'physician' } as const;
export const SECOND = { name: 'Nurse M', role: 'nurse' } as const;

/** The weekday's dose: 0.5 mg/kg of 72 kg, 1 mg/mL, 40 min: 36 mg at 54 mL/h. */
export const DRAFT = {
  kind: 'infusion',
  drug: 'Ketamine',
  weightKg: 72,
  dose: { unit: 'mg/kg', value: 0.5 },
  concentrationMgPerMl: 1,
  durationMs: 40 * 60_000,
} as const;

export const openVisit = (client: StationClient, protocolId = 'depression'): Promise<Session> =>
  client.call('session.open', {
    chairId: CHAIR,
    patientInitials: 'AB',
    indication: 'Depression',
    plannedInfusionMs: 40 * 60_000,
    plannedRecoveryMs: 30 * 60_000,
    protocolId,
    by: 'Nurse N',
  });

/** The chair's session as the station has it. */
export const sessionOf = (harness: Harness): Session => {
  const session = harness.station.view().chairs[0]?.session ?? null;
  if (session === null) throw new Error('no session is open');
  return session;
};

export const move = (
  harness: Harness,
  client: StationClient,
  to: Session['phase'],
  more: Partial<CommandInput<'session.move'>> = {},
): Promise<Session> => {
  const { id, phase } = sessionOf(harness);
  return client.call('session.move', {
    sessionId: id,
    from: phase,
    to,
    reason: null,
    by: 'Nurse N',
    ...more,
  });
};

/** Answers every item of the start list but those left out, as a patient who is fit would have them. */
export const answerAll = async (
  harness: Harness,
  client: StationClient,
  leaveOut: readonly string[] = [],
): Promise<void> => {
  const { id } = sessionOf(harness);
  const now = harness.clock.now().wall;
  for (const item of DEPRESSION.checklist) {
    if (item.kind === 'computed' || leaveOut.includes(item.id)) continue;
    await client.call('checklist.answer', {
      sessionId: id,
      itemId: item.id,
      answer: answerOf(item, now),
      by: 'Nurse N',
    });
  }
};

const answerOf = (item: (typeof DEPRESSION.checklist)[number], now: number): Answer => {
  switch (item.kind) {
    case 'time-since':
      return { kind: 'time', at: now - 12 * HOUR };
    case 'choice':
      return { kind: 'choice', value: item.options.find(({ passes }) => passes)?.value ?? '' };
    case 'fields':
      return { kind: 'fields', values: Object.fromEntries(item.fields.map(({ id }) => [id, '20'])) };
    default:
      return { kind: 'confirmed' };
  }
};

export const planDose = (
  harness: Harness,
  client: StationClient,
  more: Partial<CommandInput<'dose.plan'>> = {},
): Promise<Session> => {
  const { id, sequence } = sessionOf(harness);
  return client.call('dose.plan', {
    sessionId: id,
    seenSequence: sequence,
    draft: DRAFT,
    by: 'Nurse N',
    ...more,
  });
};

export const verifyDose = (harness: Harness, client: StationClient): Promise<Session> => {
  const { id, sequence } = sessionOf(harness);
  return client.call('dose.verify', {
    sessionId: id,
    seenSequence: sequence,
    pumpRateMlPerH: 54,
    pumpVolumeMl: 36,
    by: 'Nurse M',
  });
};

/** Opened, checked, planned and verified, with a baseline of 124/78 from readings that agree; not started. */
export const readyToStart = async (harness: Harness, client: StationClient): Promise<void> => {
  await openVisit(client);
  await move(harness, client, 'baseline');
  await answerAll(harness, client);
  await planDose(harness, client);
  await verifyDose(harness, client);
  harness.say(cuff(124, 78));
  await harness.clock.advance(90_000);
  harness.sayWell();
  await harness.clock.advance(1000);
};

export const startVisit = async (harness: Harness, client: StationClient): Promise<void> => {
  await readyToStart(harness, client);
  await move(harness, client, 'infusing');
};
