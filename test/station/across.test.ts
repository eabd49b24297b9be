import { beforeEach, describe, expect, it } from 'vitest';
import type { CallError, StationClient } from '../../core/api/client.ts';
import type { CourseId, SessionId } from '../../core/ids.ts';
import type { Patient } from '../../core/patient/patient.ts';
import { HIDDEN } from '../../core/people/mask-words.ts';
import { type Clinic, registered, STAFF, staffed } from '../support/clinic.ts';
import { CHAIR, cuff, type Harness, startHarness, WELL } from '../support/station-harness.ts';

const MINUTE = 60_000;
const register = 'live' as const;
const by = 'x';

let harness: Harness;
let clinic: Clinic;
let nurse: StationClient;
let patient: Patient;
let courseId: CourseId;

beforeEach(async () => {
  harness = await startHarness();
  clinic = await staffed(harness);
  nurse = await clinic.at('nurse');
  patient = await registered(nurse);
  const view = await nurse.call('course.open', {
    register,
    patientId: patient.id,
    templateId: 'depression',
    plannedVisits: 6,
    note: null,
    by,
  });
  courseId = view.course.id;
});

const move = (sessionId: SessionId, from: 'intake' | 'baseline' | 'infusing' | 'recovery', to: string) =>
  nurse.call('session.move', { sessionId, from, to, reason: 'as planned', by } as Parameters<
    typeof nurse.call<'session.move'>
  >[1]);

/** A visit with a mood of 3 before and 6 after, a peak of `systolic` two minutes into the infusion, and 83 % once. */
const visit = async (systolic: number, ofCourse: CourseId | null = courseId): Promise<SessionId> => {
  await clinic.signIn(nurse, 'nurse');
  const { id } = await nurse.call('session.open', {
    chairId: CHAIR,
    patientId: patient.id,
    courseId: ofCourse,
    indication: 'Depression',
    plannedInfusionMs: 40 * MINUTE,
    plannedRecoveryMs: 30 * MINUTE,
    by,
  });
  const mood = (value: number) =>
    nurse.call('score.record', { sessionId: id, scale: 'mood', draft: { kind: 'value', value }, by });
  await move(id, 'intake', 'baseline');
  harness.say(`${WELL};${cuff(124, 78)}`);
  await mood(3);
  await harness.clock.advance(MINUTE);
  await move(id, 'baseline', 'infusing');
  harness.say(WELL);
  await harness.clock.advance(2 * MINUTE);
  harness.say(`MDC_ECG_HEART_RATE=90;MDC_PULS_OXIM_SAT_O2=83;MDC_RESP_RATE=14;${cuff(systolic, 92)}`);
  await harness.clock.advance(1000);
  await nurse.call('session.note', {
    sessionId: id,
    kind: 'side-effect',
    text: 'Zebrowska felt sick',
    corrects: null,
    by,
  });
  await move(id, 'infusing', 'recovery');
  await mood(6);
  await move(id, 'recovery', 'discharged');
  return id;
};
const overlay = (client = nurse) => client.call('course.overlay', { register, courseId });
const code = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: CallError) => error.code,
  );

describe('a course laid over itself', () => {
  it('has each visit from the start of its infusion, with what it came to', async () => {
    const first = await visit(151);
    await harness.clock.advance(60 * MINUTE);
    await visit(168);
    await clinic.signIn(nurse, 'nurse');
    await nurse.call('course.response', { register, courseId, sessionId: first, text: 'Slept well', by });
    const { course, patient: whose, visits } = await overlay();
    expect(course).toMatchObject({ id: courseId, planned: 6, isClosed: false });
    expect(whose).toMatchObject({ id: patient.id, mrn: patient.mrn });
    expect(visits.map(({ number, peak, response }) => [number, peak, response])).toEqual([
      [1, { value: 151, minute: 2 }, 'Slept well'],
      [2, { value: 168, minute: 2 }, null],
    ]);
    expect(visits[0]).toMatchObject({
      sessionId: first,
      baseline: { systolic: 124, diastolic: 78 },
      rise: 27,
      lowestSpo2: { value: 83, minute: 2 },
      mood: { before: 3, after: 6 },
      pain: { before: null, after: null },
      sideEffects: ['Zebrowska felt sick'],
      dose: null,
      isOver: true,
      isSigned: false,
    });
    expect(visits[0]?.pressures.map(({ minute, systolic }) => [minute, systolic])).toEqual([
      [-1, 124],
      [2, 151],
    ]);
    expect(visits[0]?.heartRate?.minutes).toEqual([
      { minute: -1, lowest: 72, highest: 72 },
      { minute: 0, lowest: 72, highest: 72 },
      { minute: 2, lowest: 90, highest: 90 },
    ]);
  });

  it('leaves artefacts out of curves and figures alike, and of the list of the course', async () => {
    const sessionId = await visit(230);
    const { readings, figures } = await nurse.call('review.session', { sessionId });
    const high = readings.find(({ systolic }) => systolic === 230);
    const low = figures.lowest.spo2?.at ?? 0;
    const reading = {
      kind: 'reading',
      monitorId: high?.monitorId ?? 'none',
      receivedAt: high?.receivedAt.wall ?? 0,
    } as const;
    const span = {
      kind: 'span',
      metrics: ['MDC_PULS_OXIM_SAT_O2' as const],
      from: low,
      to: low + 1,
    } as const;
    await nurse.call('review.exclude', { sessionId, target: reading, reason: 'arm moved', by });
    await nurse.call('review.exclude', {
      sessionId,
      target: { ...span, metrics: [...span.metrics] },
      reason: 'probe moved',
      by,
    });
    const [only] = (await overlay()).visits;
    expect(only?.peak).toBeNull();
    expect(only?.pressures.map(({ systolic }) => systolic)).toEqual([124]);
    expect(only?.lowestSpo2?.value).toBe(98);
    expect(only?.spo2?.minutes.map(({ lowest }) => lowest)).toEqual([98, 98]);
    const record = await nurse.call('patient.get', { register, patientId: patient.id });
    expect(record.courses[0]?.visits[0]?.peak).toBeNull();
  });

  it('shows an engineer curves and figures, and nobody’s name or words', async () => {
    const sessionId = await visit(151);
    await nurse.call('course.response', { register, courseId, sessionId, text: 'Zebrowska slept', by });
    const view = await overlay(await clinic.at('engineer'));
    expect(view.patient).toBeNull();
    expect(view.visits[0]).toMatchObject({ response: HIDDEN, sideEffects: [HIDDEN], peak: { value: 151 } });
    expect(JSON.stringify(view)).not.toMatch(/Zebrowska|Quintessa|MX-774310/);
  });

  it('is written down as a look at the patient; a course that is not there is refused', async () => {
    const physician = await clinic.at('physician');
    await overlay(physician);
    const [line] = await physician.call('patient.audit', { register, patientId: patient.id });
    expect(line).toMatchObject({ by: STAFF.physician.name, what: 'Looked at' });
    expect(await code(nurse.call('course.overlay', { register: 'simulated', courseId }))).toBe('not-found');
  });
});

describe('the clinic’s own picture', () => {
  const picture = (client = nurse, origin: 'live' | 'simulated' = 'live') =>
    client.call('clinic.picture', { from: 0, to: Number.MAX_SAFE_INTEGER, origin });

  it('tells a group from five sessions on, live ones apart, and nobody’s name', async () => {
    for (const systolic of [140, 150, 160, 170]) await visit(systolic);
    expect(await picture()).toMatchObject({ whole: { kind: 'few' }, pending: expect.any(Number) });
    await visit(180);
    await expect.poll(async () => (await picture()).pending).toBe(0);
    const view = await picture(await clinic.at('engineer'));
    expect(view.whole).toMatchObject({ kind: 'told', sessions: 5 });
    expect(view.chairMonths).toMatchObject([{ chairId: CHAIR, burden: { kind: 'told', sessions: 5 } }]);
    // No dose was planned in these visits: they are in no band.
    expect(view.doseBands).toEqual([]);
    expect(JSON.stringify(view)).not.toMatch(/Zebrowska|Quintessa|MX-774310/);
    expect((await picture(nurse, 'simulated')).whole).toEqual({ kind: 'few' });
  });
});
