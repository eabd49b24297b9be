import { beforeEach, describe, expect, it } from 'vitest';
import type { CallError, StationClient } from '../../core/api/client.ts';
import type { SessionId } from '../../core/ids.ts';
import { eventId, monitorId } from '../../core/ids.ts';
import { HIDDEN } from '../../core/people/mask-words.ts';
import { epochMs } from '../../core/time.ts';
import { StorageError } from '../../db/open.ts';
import { type Clinic, registered, STAFF, staffed } from '../support/clinic.ts';
import { CHAIR, cuff, type Harness, startHarness, WELL } from '../support/station-harness.ts';

const LOW = 'MDC_ECG_HEART_RATE=72;MDC_PULS_OXIM_SAT_O2=83;MDC_RESP_RATE=14';

let harness: Harness;
let clinic: Clinic;
let nurse: StationClient;
let sessionId: SessionId;

const seconds = async (count: number, words: string): Promise<void> => {
  for (let second = 0; second < count; second += 1) {
    harness.say(words);
    await harness.clock.advance(1000);
  }
};
const move = (from: 'intake' | 'baseline' | 'infusing', to: 'baseline' | 'infusing' | 'aborted') =>
  nurse.call('session.move', { sessionId, from, to, reason: 'as planned', by: 'x' });

/** Open, infusing for a minute, of which ten seconds have a low SpO₂. */
beforeEach(async () => {
  harness = await startHarness();
  clinic = await staffed(harness);
  nurse = await clinic.at('nurse');
  const patient = await registered(nurse);
  const session = await nurse.call('session.open', {
    chairId: CHAIR,
    patientId: patient.id,
    indication: 'Depression',
    plannedInfusionMs: 40 * 60_000,
    plannedRecoveryMs: 30 * 60_000,
    by: 'x',
  });
  sessionId = session.id;
  await move('intake', 'baseline');
  harness.say(`${WELL};${cuff(124, 78)}`);
  await move('baseline', 'infusing');
  await seconds(30, WELL);
  await seconds(10, LOW);
  harness.say(cuff(188, 112));
  await seconds(20, WELL);
});

const review = (client = nurse) => client.call('review.session', { sessionId });
const events = () => harness.databases.live.eventsOf(sessionId);
const code = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: CallError) => error.code,
  );

/** The low values, as a person marks them on the chart. */
const lowSpan = async () => {
  const { figures } = await review();
  const from = figures.lowest.spo2?.at ?? 0;
  return {
    kind: 'span' as const,
    metrics: ['MDC_PULS_OXIM_SAT_O2' as const],
    from: from - 1,
    to: from + 10_000,
  };
};

describe('the review of a session', () => {
  it('gives figures of an open session up to this second, with what is missing in words', async () => {
    const { figures, missing, exclusions, readings, headHash, signOff } = await review();
    expect(figures.lowest.spo2).toMatchObject({ value: 83, monitorId: 'toy-1' });
    expect(figures.peak.systolic).toMatchObject({ value: 188 });
    expect(figures.to).toBe(harness.clock.now().wall);
    expect(missing).toContain('The visit is not over: everything here is as it stood at the writing.');
    expect(exclusions).toEqual([]);
    expect(readings).toHaveLength(2);
    expect(signOff.state).toBe('open');
    expect(headHash).toBe(harness.databases.live.headOf(sessionId)?.hash);
  });

  it('counts what has arrived but waits for the next batch', async () => {
    harness.say('MDC_PULS_OXIM_SAT_O2=79');
    expect((await review()).figures.lowest.spo2?.value).toBe(79);
  });

  it('leaves an artefact out of the figures and says who did it and why; the values stay in the record', async () => {
    const all = () =>
      harness.databases.live
        .frames(sessionId, epochMs(0), epochMs(Number.MAX_SAFE_INTEGER))
        .flatMap(({ observations }) => observations.map(({ value }) => value))
        .filter((value) => value === 83);
    const target = await lowSpan();
    const view = await nurse.call('review.exclude', { sessionId, target, reason: 'probe moved', by: 'x' });
    expect(view.figures.lowest.spo2?.value).toBe(98);
    expect(view.figures.excluded).toEqual({ values: 10, readings: 0 });
    expect(view.exclusions).toMatchObject([{ by: STAFF.nurse.name, reason: 'probe moved', target }]);
    expect(view.missing).toContain('Left out of the figures as artefacts by a person: 10 values.');
    expect(all()).toHaveLength(10);
  });

  it('takes an exclusion back, and keeps both entries', async () => {
    const target = await lowSpan();
    const [exclusion] = (
      await nurse.call('review.exclude', { sessionId, target, reason: 'probe moved', by: 'x' })
    ).exclusions;
    const excluded = exclusion?.id ?? eventId('none');
    const view = await nurse.call('review.restore', { sessionId, excluded, reason: 'it was real', by: 'x' });
    expect(view.figures.lowest.spo2?.value).toBe(83);
    expect(view.exclusions).toEqual([]);
    expect(events().flatMap(({ body }) => (body.type.startsWith('artefact-') ? [body.type] : []))).toEqual([
      'artefact-excluded',
      'artefact-restored',
    ]);
    const again = nurse.call('review.restore', { sessionId, excluded, reason: 'once more', by: 'x' });
    expect(await code(again)).toBe('not-found');
  });

  it('leaves a cuff reading out whole', async () => {
    const { readings } = await review();
    const high = readings.find(({ systolic }) => systolic === 188);
    const target = {
      kind: 'reading',
      monitorId: high?.monitorId ?? 'none',
      receivedAt: high?.receivedAt.wall ?? 0,
    } as const;
    const view = await nurse.call('review.exclude', { sessionId, target, reason: 'arm moved', by: 'x' });
    expect(view.figures.peak.systolic?.value).toBe(124);
    expect(view.figures.excluded).toEqual({ values: 0, readings: 1 });
    expect(view.readings).toHaveLength(2);
  });

  it('never changes an alarm or what the chair shows', async () => {
    const shown = () => {
      const { alarms, current, cuff: shownCuff } = harness.station.view().chairs[0] ?? {};
      return JSON.stringify({ alarms, current, last: shownCuff?.last });
    };
    const before = shown();
    const log = await nurse.call('alarm.log', { sessionId });
    await nurse.call('review.exclude', { sessionId, target: await lowSpan(), reason: 'x', by: 'x' });
    expect(shown()).toBe(before);
    expect((await nurse.call('alarm.log', { sessionId })).rows).toEqual(log.rows);
    expect(log.rows.map(({ key }) => key)).toContain('spo2-low');
  });

  it('refuses what is no value of this session, and the same twice', async () => {
    const exclude = (target: Parameters<typeof nurse.call<'review.exclude'>>[1]['target']) =>
      code(nurse.call('review.exclude', { sessionId, target, reason: 'x', by: 'x' }));
    expect(await exclude({ kind: 'reading', monitorId: 'toy-1', receivedAt: 1 })).toBe('not-found');
    const span = await lowSpan();
    expect(await exclude({ ...span, metrics: ['MDC_TEMP_BODY'] })).toBe('not-found');
    expect(await exclude({ ...span, to: span.from })).toBe('invalid-params');
    expect(await exclude(span)).toBe('done');
    expect(await exclude(span)).toBe('conflict');
  });

  it('works on the record of a closed session until the physician has signed it, and not after', async () => {
    await move('infusing', 'aborted');
    expect((await review()).figures.lowest.spo2?.value).toBe(83);
    const target = await lowSpan();
    await nurse.call('record.sign', { sessionId, meaning: 'infusion-nurse', secret: STAFF.nurse.secret });
    const view = await nurse.call('review.exclude', { sessionId, target, reason: 'probe moved', by: 'x' });
    expect(view.figures.lowest.spo2?.value).toBe(98);
    // The remembered view of before is not served again.
    expect((await review()).figures).toEqual(view.figures);
    const physician = await clinic.at('physician');
    const meaning = 'reviewed-by-physician';
    await physician.call('record.sign', { sessionId, meaning, secret: STAFF.physician.secret });
    const excluded = view.exclusions[0]?.id ?? eventId('none');
    expect(await code(physician.call('review.restore', { sessionId, excluded, reason: 'x', by: 'x' }))).toBe(
      'not-allowed',
    );
    expect(await code(physician.call('review.exclude', { sessionId, target, reason: 'x', by: 'x' }))).toBe(
      'not-allowed',
    );
    const last = events().at(-1);
    if (last === undefined) throw new Error('the record is empty');
    const forced = {
      ...last,
      id: eventId('forced'),
      sequence: last.sequence + 1,
      body: {
        type: 'artefact-excluded',
        target: { kind: 'reading', monitorId: monitorId('toy-1'), receivedAt: epochMs(1) },
        reason: 'x',
      },
    } as const;
    expect(() => harness.databases.live.appendEvents([forced])).toThrow(StorageError);
    expect((await review()).signOff.state).toBe('signed');
  });

  it('remembers a closed session only as long as its record is the same', async () => {
    await move('infusing', 'aborted');
    const first = await review();
    expect((await review()).headHash).toBe(first.headHash);
    await nurse.call('record.addendum', { sessionId, text: 'late', secret: STAFF.nurse.secret });
    const second = await review();
    expect(second.headHash).not.toBe(first.headHash);
    expect(second.signOff.addenda).toBe(1);
  });

  it('shows an engineer figures, and nobody’s name or words', async () => {
    await nurse.call('review.exclude', {
      sessionId,
      target: await lowSpan(),
      reason: 'Zebrowska moved',
      by: 'x',
    });
    const view = await review(await clinic.at('engineer'));
    expect(view.figures.lowest.spo2?.value).toBe(98);
    expect(view.session.patient).toBeNull();
    expect(view.session.patientInitials).toBe(HIDDEN);
    expect(JSON.stringify(view)).not.toMatch(/Zebrowska|Quintessa|MX-774310/);
  });

  it('is written down as a look at the patient once the visit is over', async () => {
    await move('infusing', 'aborted');
    const physician = await clinic.at('physician');
    const { session } = await review(physician);
    const lines = await physician.call('patient.audit', {
      register: 'live',
      patientId: session.patient?.patientId ?? '',
    });
    expect(lines[0]).toMatchObject({ by: STAFF.physician.name, what: 'Read the record of a session' });
  });
});
