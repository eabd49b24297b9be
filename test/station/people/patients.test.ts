import { beforeEach, describe, expect, it } from 'vitest';
import type { StationClient } from '../../../core/api/client.ts';
import type { Patient } from '../../../core/patient/patient.ts';
import { asInput, type Clinic, draft, registered, STAFF, staffed } from '../../support/clinic.ts';
import { CHAIR, cuff, type Harness, startHarness, WELL } from '../../support/station-harness.ts';

let harness: Harness;
let clinic: Clinic;
let nurse: StationClient;
beforeEach(async () => {
  harness = await startHarness();
  clinic = await staffed(harness);
  nurse = await clinic.at('nurse');
});

const register = 'live' as const;
const by = 'x';
const DAY_MS = 86_400_000;
const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof Error ? error.message : 'bug'),
  );

/** A whole visit of the patient, from opening to discharge. */
const visit = async (
  patient: Patient,
  courseId: Parameters<typeof openFor>[1],
  upTo: 'discharged' | 'cancelled',
) => {
  const session = await openFor(patient, courseId);
  const move = (from: string, to: string) =>
    nurse.call('session.move', { sessionId: session.id, from, to, reason: 'as planned', by } as Parameters<
      typeof nurse.call<'session.move'>
    >[1]);
  await move('intake', upTo === 'cancelled' ? 'cancelled' : 'baseline');
  if (upTo === 'cancelled') return session;
  harness.say(`${WELL};${cuff(124, 78)}`);
  await move('baseline', 'infusing');
  await harness.clock.advance(40 * 60_000);
  await nurse.call('auth.active', { place: 'work' }).catch(() => undefined);
  await clinic.signIn(nurse, 'nurse');
  harness.say(`${WELL};${cuff(151, 92)}`);
  await nurse.call('session.note', {
    sessionId: session.id,
    kind: 'side-effect',
    text: 'Nausea',
    corrects: null,
    by,
  });
  await nurse.call('session.note', {
    sessionId: session.id,
    kind: 'dose-change',
    text: '35 mg in 40 min',
    corrects: null,
    by,
  });
  await move('infusing', 'recovery');
  await move('recovery', 'discharged');
  return session;
};
const openFor = (patient: Patient, courseId: Parameters<typeof nurse.call<'session.open'>>[1]['courseId']) =>
  nurse.call('session.open', {
    chairId: CHAIR,
    patientId: patient.id,
    courseId: courseId ?? null,
    indication: 'Depression',
    plannedInfusionMs: 40 * 60_000,
    plannedRecoveryMs: 30 * 60_000,
    by,
  });

describe('a patient', () => {
  it('is registered once: the same MRN, or birth date with a similar name, is asked about first', async () => {
    const first = await registered(nurse);
    const twin = { ...asInput(draft({ familyName: 'Zebrovska', mrn: null })), driver: null };
    const asked = await nurse.call('patient.register', { register, draft: twin, by });
    expect(asked).toMatchObject({
      kind: 'duplicates',
      warnings: [{ reason: 'same-birth-date-similar-name', patient: { id: first.id } }],
    });
    expect(await nurse.call('patient.search', { register, query: 'zebr' })).toHaveLength(1);
    const sure = await nurse.call('patient.register', { register, draft: twin, confirmDuplicates: true, by });
    expect(sure.kind).toBe('registered');
    const sameMrn = asInput(draft({ familyName: 'Other', birthDate: '1980-01-01', mrn: 'mx 774310' }));
    const again = await nurse.call('patient.register', { register, draft: sameMrn, by });
    expect(again).toMatchObject({ kind: 'duplicates', warnings: [{ reason: 'same-mrn' }] });
  });

  it('is corrected by a new entry with its reason; the audit says who, what and when, also who looked', async () => {
    const patient = await registered(nurse);
    const corrected = asInput(draft({ givenName: 'Quintesse' }));
    await nurse.call('patient.change', {
      register,
      patientId: patient.id,
      draft: corrected,
      reason: 'typing slip',
      by,
    });
    const physician = await clinic.at('physician');
    const record = await physician.call('patient.get', { register, patientId: patient.id });
    expect(record.patient.givenName).toBe('Quintesse');
    await physician.call('patient.get', { register, patientId: patient.id });
    const lines = await physician.call('patient.audit', { register, patientId: patient.id });
    expect(lines.map(({ by: who, what }) => `${who}: ${what}`)).toEqual([
      `${STAFF.physician.name}: Looked at`,
      `${STAFF.nurse.name}: Corrected (typing slip)`,
      `${STAFF.nurse.name}: Registered`,
    ]);
    expect(harness.databases.live.verify()).toMatchObject({ ok: true });
  });

  it('survives a restart of the station', async () => {
    const patient = await registered(nurse);
    await harness.station.stop();
    const again = await startHarness({ clock: harness.clock, databases: harness.databases });
    const window = again.window();
    await clinic.signIn(window, 'nurse');
    expect(await window.call('patient.search', { register, query: '1961-07-09' })).toEqual([patient]);
  });

  it('of the pretended register is not found among the real ones, nor put on a real chair', async () => {
    const pretended = await registered(nurse, {}, 'simulated');
    expect(await nurse.call('patient.search', { register, query: 'zebrowska' })).toEqual([]);
    expect(await refusal(openFor(pretended, null))).toContain('no such patient');
    expect(harness.databases.live.registry.ofTypes(['patient-added'])).toEqual([]);
  });

  it('is on one chair at a time', async () => {
    const patient = await registered(nurse);
    await openFor(patient, null);
    const { id } = await nurse.call('chair.add', { name: 'Second', by });
    const second = nurse.call('session.open', {
      chairId: id,
      patientId: patient.id,
      indication: 'x',
      plannedInfusionMs: 3_600_000,
      plannedRecoveryMs: 1_800_000,
      by,
    });
    expect(await refusal(second)).toContain('open session on Chair 1');
  });
});

describe('a session of a registered patient', () => {
  it('keeps the patient as they were that day, whatever the register says later', async () => {
    const patient = await registered(nurse);
    const session = await openFor(patient, null);
    expect(session).toMatchObject({
      patientInitials: 'Q.Z.',
      patient: { name: 'Zebrowska, Quintessa', mrn: 'MX-774310', birthDate: '1961-07-09', weightKg: 71.5 },
    });
    const corrected = asInput(draft({ familyName: 'Married', allergies: [] }));
    await nurse.call('patient.change', {
      register,
      patientId: patient.id,
      draft: corrected,
      reason: 'married',
      by,
    });
    const [opened] = harness.databases.live.eventsOf(session.id);
    expect(opened?.body).toMatchObject({
      patient: { name: 'Zebrowska, Quintessa', allergies: ['Penicillin'] },
    });
  });

  it('without a patient needs initials, as before', async () => {
    const open = nurse.call('session.open', {
      chairId: CHAIR,
      indication: 'x',
      plannedInfusionMs: 3_600_000,
      plannedRecoveryMs: 1_800_000,
      by,
    });
    expect(await refusal(open)).toContain('patientInitials');
  });
});

describe('a course', () => {
  it('counts the visits in which the drug ran, with their figures, and says what is due next', async () => {
    const patient = await registered(nurse);
    const { course } = await nurse.call('course.open', {
      register,
      patientId: patient.id,
      templateId: 'depression',
      plannedVisits: 6,
      by,
    });
    const first = await visit(patient, course.id, 'discharged');
    await visit(patient, course.id, 'cancelled');
    await harness.clock.advance(DAY_MS);
    await clinic.signIn(nurse, 'nurse');
    const third = await openFor(patient, course.id);
    expect(third.course).toEqual({
      courseId: course.id,
      title: course.template.title,
      position: { number: 2, planned: 6 },
    });

    await nurse.call('course.response', {
      register,
      courseId: course.id,
      sessionId: first.id,
      text: 'Slept well',
      by,
    });
    const record = await nurse.call('patient.get', { register, patientId: patient.id });
    const [view] = record.courses;
    expect(view?.visits.map(({ position, phase }) => [position?.number ?? null, phase])).toEqual([
      [1, 'discharged'],
      [null, 'cancelled'],
      [null, 'intake'],
    ]);
    expect(view?.visits[0]).toMatchObject({
      dose: ['35 mg in 40 min'],
      peak: { systolic: 151, diastolic: 92, atMinute: 40 },
      sideEffects: ['Nausea'],
      response: 'Slept well',
      isSigned: false,
    });
    const startedAt = view?.visits[0]?.infusionStartedAt ?? 0;
    expect(view?.due).toEqual({
      kind: 'visit',
      position: { number: 2, planned: 6 },
      from: startedAt + 2 * DAY_MS,
      to: startedAt + 4 * DAY_MS,
    });
  });

  it('is not another patient’s, not closed, and not opened twice', async () => {
    const patient = await registered(nurse);
    const other = await registered(nurse, { familyName: 'Other', birthDate: '1990-02-03', mrn: null });
    const open = () =>
      nurse.call('course.open', {
        register,
        patientId: patient.id,
        templateId: 'ptsd',
        plannedVisits: 2,
        by,
      });
    const { course } = await open();
    expect(await refusal(openFor(other, course.id))).toContain('another patient');
    expect(await refusal(open())).toContain('running already');
    await nurse.call('course.close', { register, courseId: course.id, reason: 'moved away', by });
    expect(await refusal(openFor(patient, course.id))).toContain('closed');
  });
});

it('a visit that goes on is told as it is now, also where only numbers came since', async () => {
  const client = nurse;
  const patient = await registered(client);
  const { id } = await client.call('session.open', {
    chairId: CHAIR,
    patientId: patient.id,
    indication: 'Depression',
    plannedInfusionMs: 40 * 60_000,
    plannedRecoveryMs: 30 * 60_000,
    by: 'N',
  });
  await client.call('session.move', { sessionId: id, from: 'intake', to: 'baseline', reason: null, by: 'N' });
  harness.say(cuff(124, 78));
  await harness.clock.advance(90_000);
  harness.sayWell();
  await client.call('session.move', {
    sessionId: id,
    from: 'baseline',
    to: 'infusing',
    reason: null,
    by: 'N',
  });
  const peak = async () =>
    (await client.call('patient.get', { register: 'live', patientId: patient.id })).otherVisits[0]?.peak
      ?.systolic;
  harness.say(`${WELL};${cuff(126, 78)}`);
  await harness.clock.advance(1000);
  const entries = harness.databases.live.headOf(id)?.sequence;
  expect(await peak()).toBe(126);
  harness.say(`${WELL};${cuff(131, 79)}`);
  await harness.clock.advance(1000);
  expect(harness.databases.live.headOf(id)?.sequence).toBe(entries);
  expect(await peak()).toBe(131);
});
