/**
 * What an engineer's window hears: everything the station sends it in a visit full of names, as text. And the same for
 * a window where nobody signed in and for one that is locked.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActiveAlarm } from '../../../core/alarm/types.ts';
import type { StationClient } from '../../../core/api/client.ts';
import { COMMAND_PARAMS, type CommandName } from '../../../core/api/commands.ts';
import type { SessionId } from '../../../core/ids.ts';
import { monitorId } from '../../../core/ids.ts';
import { parseConfig } from '../../../station/config.ts';
import { asInput, type Clinic, draft, registered, STAFF, staffed } from '../../support/clinic.ts';
import { CHAIR, cuff, type Harness, startHarness, WELL } from '../../support/station-harness.ts';

/** Every string below is the patient's, or words that somebody typed about them. */
const WORDS = {
  familyName: 'Zebrowska',
  givenName: 'Quintessa',
  initials: 'Q.Z.',
  mrn: '774310',
  birthDate: '1961-07-09',
  driver: 'Orlando',
  phone: '555-0188',
  allergy: 'Xylocortin',
  note: 'Noteworthy',
  symptom: 'headache Symptomford',
  reason: 'Reasonable',
  offReason: 'Offering',
  pauseReason: 'Pausanias',
  addendum: 'Addendarius',
  remark: 'Remarkable',
  response: 'Responsorium',
  drug: 'Ondansetronix',
  effect: 'Effectford',
  informed: 'Informedson',
  rawHex: Buffer.from('Zebrowska').toString('hex'),
} as const;

const CONFIG = parseConfig(
  JSON.stringify({
    alarms: { allowAudioOff: true },
    chairs: [
      {
        id: CHAIR,
        name: 'Chair 1',
        monitors: [
          { id: 'toy-1', name: 'Toy', family: 'toy', address: { kind: 'tcp', host: 'toy', port: 1 } },
        ],
      },
    ],
  }),
  'test',
);

let harness: Harness;
let clinic: Clinic;
let sessionId: SessionId;
let seen = 0;
let alarms: readonly ActiveAlarm[] = [];
const taps: Record<
  'engineer' | 'nobody' | 'locked' | 'nurse',
  { client: StationClient; heard: readonly string[] }
> = {} as never;

const answers = async (client: StationClient): Promise<void> => {
  const patientRef = { register: 'live', patientId: 'id', courseId: 'id' };
  const common = {
    ...patientRef,
    sessionId,
    chairId: CHAIR,
    monitorId: 'toy-1',
    by: 'x',
    query: WORDS.familyName,
  };
  const rest = { from: 0, to: Date.UTC(2030, 1, 1), buckets: 10, name: 'x', family: 'toy', on: true };
  for (const command of Object.keys(COMMAND_PARAMS) as CommandName[]) {
    // What changes who is at the window is tried elsewhere.
    if (command.startsWith('auth.')) continue;
    await client.call(command, { ...common, ...rest } as never).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error)) throw error;
    });
  }
};

beforeAll(async () => {
  harness = await startHarness({ config: CONFIG });
  clinic = await staffed(harness);
  for (const who of ['engineer', 'nobody', 'locked', 'nurse'] as const) taps[who] = harness.tappedWindow();
  await clinic.signIn(taps.engineer.client, 'engineer');
  await clinic.signIn(taps.locked.client, 'administrator');
  await taps.locked.client.call('auth.lock', {});
  const nurse = taps.nurse.client;
  await clinic.signIn(nurse, 'nurse');
  for (const client of [taps.engineer.client, nurse]) {
    await client.call('monitor.watch', { monitorId: monitorId('toy-1'), on: true });
  }

  const patient = await registered(nurse, { allergies: [WORDS.allergy] });
  const { course } = await nurse.call('course.open', {
    register: 'live',
    patientId: patient.id,
    templateId: 'depression',
    plannedVisits: 6,
    by: 'x',
  });
  const session = await nurse.call('session.open', {
    chairId: CHAIR,
    patientId: patient.id,
    courseId: course.id,
    indication: 'Depression',
    plannedInfusionMs: 40 * 60_000,
    plannedRecoveryMs: 30 * 60_000,
    protocolId: 'depression',
    by: 'x',
  });
  sessionId = session.id;
  const base = { sessionId, by: 'x' };
  await nurse.call('checklist.answer', {
    ...base,
    itemId: 'driver',
    answer: { kind: 'fields', values: { name: WORDS.driver, phone: WORDS.phone } },
  });
  await nurse.call('session.move', { ...base, from: 'intake', to: 'baseline', reason: WORDS.reason });
  harness.say(`${WELL};${cuff(124, 78)}`);
  const agree = async (role: 'physician' | 'administrator') => {
    const { name, secret } = STAFF[role];
    const { voucher } = await nurse.call('auth.vouch', {
      personId: clinic.ids[role],
      secret,
      meaning: 'start',
    });
    return { name, role, voucher };
  };
  const started = await nurse.call('session.move', {
    ...base,
    from: 'baseline',
    to: 'infusing',
    reason: WORDS.reason,
    authorisations: [await agree('physician'), await agree('administrator')],
  });
  seen = started.visit.drugSequence;
  await nurse.call('drug.give', {
    ...base,
    seenSequence: seen,
    name: WORDS.drug,
    amount: 4,
    unit: 'mg',
    route: 'IV',
    reason: WORDS.reason,
  });
  await nurse.call('sideEffect.note', { ...base, kind: 'nausea', severity: 'mild', text: WORDS.effect });
  await nurse.call('physician.inform', { ...base, physician: WORDS.informed, about: WORDS.note });
  harness.say(`${WELL};${cuff(190, 112)}`);
  harness.say(`# ${WORDS.familyName} is the name on this line`);
  await nurse.call('session.note', { ...base, kind: 'note', text: WORDS.note, corrects: null });
  await nurse.call('session.note', { ...base, kind: 'side-effect', text: WORDS.symptom, corrects: null });
  await harness.clock.advance(1000);
  alarms = harness.station.view().chairs[0]?.alarms.alarms ?? [];
  const chair = { chairId: CHAIR, by: 'x' };
  await nurse.call('alarm.pause', { ...chair, parameters: ['rr-high'], reason: WORDS.pauseReason });
  await nurse.call('alarm.off', { ...chair, parameter: 'rr-low', reason: WORDS.offReason });
  await nurse.call('alarm.audioOff', { ...chair, reason: WORDS.offReason });
  await nurse.call('session.extendRecovery', {
    ...base,
    plannedRecoveryMs: 45 * 60_000,
    reason: WORDS.reason,
  });
  // A window that comes in the middle of it, and what each may ask now.
  for (const who of ['engineer', 'nobody', 'locked'] as const) await answers(taps[who].client);
  await nurse.call('session.move', { ...base, from: 'infusing', to: 'aborted', reason: WORDS.reason });
  await nurse.call('course.response', {
    register: 'live',
    courseId: course.id,
    sessionId,
    text: WORDS.response,
    by: 'x',
  });
  const physician = await clinic.at('physician');
  const { secret } = STAFF.physician;
  await physician.call('record.sign', {
    sessionId,
    meaning: 'reviewed-by-physician',
    secret,
    remark: WORDS.remark,
  });
  await nurse.call('record.addendum', { sessionId, text: WORDS.addendum, secret: STAFF.nurse.secret });
  await nurse.call('patient.change', {
    register: 'live',
    patientId: patient.id,
    draft: asInput(draft({ mrn: 'MX-774310' })),
    reason: WORDS.reason,
    by: 'x',
  });
  for (const who of ['engineer', 'nobody', 'locked'] as const) await answers(taps[who].client);
});

const spoken = (heard: readonly string[]): readonly string[] =>
  Object.values(WORDS).filter((word) => heard.some((envelope) => envelope.includes(word)));
const topics = (heard: readonly string[]): ReadonlySet<string> =>
  new Set(heard.flatMap((text) => /^\{"kind":"push","sequence":\d+,"topic":"(\w+)"/.exec(text)?.[1] ?? []));

describe('a visit full of names', () => {
  it('is heard by the nurse’s window in all its words: the test looks at what there is', () => {
    const missing = Object.values(WORDS).filter((word) => !spoken(taps.nurse.heard).includes(word));
    expect(missing).toEqual([]);
    expect(alarms.some(({ message }) => message.includes(WORDS.symptom))).toBe(true);
  });

  it.each(['engineer', 'nobody', 'locked'] as const)(
    'is heard by the window of %s without a name, number, birth date or typed word, in no push and no answer',
    (who) => {
      const { heard } = taps[who];
      expect(heard.length).toBeGreaterThan(40);
      expect(spoken(heard)).toEqual([]);
    },
  );

  it.each(['engineer', 'nobody', 'locked'] as const)(
    'is heard by the window of %s with every number and every alarm',
    (who) => {
      const { heard } = taps[who];
      expect([...topics(heard)]).toEqual(
        expect.arrayContaining([
          'snapshot',
          'identity',
          'observations',
          'chair',
          'monitor',
          'event',
          'heartbeat',
        ]),
      );
      const all = heard.join('\n');
      for (const { key } of alarms) expect(all).toContain(key);
      expect(all).toContain('"systolic":190');
    },
  );

  it('lets an engineer see the bytes of simulators, and of no line beside a patient', () => {
    expect(topics(taps.nurse.heard).has('raw')).toBe(true);
    expect(topics(taps.engineer.heard).has('raw')).toBe(false);
  });

  it('is shown again, names and all, as soon as the administrator unlocks the window', async () => {
    const before = taps.locked.heard.length;
    const { id: _id, ...patient } = await registered(taps.nurse.client, {
      familyName: 'Yarrow',
      mrn: 'Y-1',
      birthDate: '1970-01-01',
    });
    expect(patient.familyName).toBe('Yarrow');
    await clinic.signIn(taps.locked.client, 'administrator');
    const events = await taps.locked.client.call('history.events', { sessionId });
    expect(JSON.stringify(events)).toContain(WORDS.familyName);
    expect(taps.locked.heard.length).toBeGreaterThan(before);
  });
});
