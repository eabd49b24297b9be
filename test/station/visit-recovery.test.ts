/** The end of a visit: side effects, scores, the criteria, going home, leaving early. */
import { describe, expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import type { ScaleId } from '../../core/scales/scales.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { cuff, type Harness, startHarness, WELL } from '../support/station-harness.ts';
import { move, openVisit, PHYSICIAN, sessionOf, startVisit } from '../support/visit.ts';

const MINUTE = 60_000;
const refusal = (words: string, code = 'not-allowed') => ({ code, message: expect.stringContaining(words) });

const inRecovery = async () => {
  const harness = await startHarness();
  const client = harness.window();
  await startVisit(harness, client);
  await harness.clock.advance(10 * MINUTE);
  harness.sayWell();
  const { id } = sessionOf(harness);
  await client.call('infusion.stop', { sessionId: id, from: 'infusing', cause: 'complete', by: 'Nurse N' });
  return { harness, client, id };
};
const score = (client: StationClient, harness: Harness, scale: ScaleId, value: number) =>
  client.call('score.record', {
    sessionId: sessionOf(harness).id,
    scale,
    draft: { kind: 'value', value },
    by: 'Nurse N',
  });
const parts = (
  client: StationClient,
  harness: Harness,
  scale: 'aldrete' | 'padss',
  points: readonly number[],
) => {
  const names = {
    aldrete: ['activity', 'respiration', 'circulation', 'consciousness', 'oxygen'],
    padss: ['vitals', 'gait', 'nausea', 'pain', 'bleeding'],
  }[scale];
  return client.call('score.record', {
    sessionId: sessionOf(harness).id,
    scale,
    draft: { kind: 'parts', parts: Object.fromEntries(names.map((name, i) => [name, points[i] ?? 0])) },
    by: 'Nurse N',
  });
};
const tick = (client: StationClient, harness: Harness, itemId: string) =>
  client.call('checklist.answer', {
    sessionId: sessionOf(harness).id,
    itemId,
    answer: { kind: 'confirmed' },
    by: 'Nurse N',
  });

/** Everything that the criteria ask for, 16 min after the stop. */
const becomeFit = async (harness: Harness, client: StationClient): Promise<void> => {
  await harness.clock.advance(5 * MINUTE);
  harness.say(`${WELL};${cuff(126, 80)}`);
  await harness.clock.advance(11 * MINUTE);
  harness.say(`${WELL};${cuff(122, 78)}`);
  await score(client, harness, 'moaa-s', 5);
  await score(client, harness, 'dissociation', 0);
  await score(client, harness, 'nausea', 1);
  await parts(client, harness, 'aldrete', [2, 2, 2, 2, 2]);
  await parts(client, harness, 'padss', [2, 2, 2, 1, 2]);
  for (const item of ['oriented', 'iv-out', 'escort', 'instructions']) await tick(client, harness, item);
  // Alarms that came and went on the way are answered, as a nurse would have.
  for (const alarm of harness.station.view().chairs[0]?.alarms.alarms ?? []) {
    const chairId = harness.station.view().chairs[0]?.id ?? '';
    await client.call('alarm.acknowledge', { chairId, key: alarm.key, by: 'Nurse N' });
  }
};

describe('a patient who is fit', () => {
  it('goes home without a word, and the sheet says when driving is allowed again', async () => {
    const { harness, client, id } = await inRecovery();
    const stopped = harness.clock.now().wall;
    await becomeFit(harness, client);
    expect(harness.station.view().chairs[0]?.visit?.dischargeObjections).toEqual([]);
    const closed = await move(harness, client, 'discharged');
    expect(closed.phase).toBe('discharged');
    const sheet = await client.call('visit.dischargeSheet', { sessionId: id });
    expect([sheet.drugEndedAt, sheet.noDrivingBefore]).toEqual([stopped, stopped + 24 * 60 * MINUTE]);
    expect(sheet.dischargedAt).toBe(harness.clock.now().wall);
  });

  it('is refused with the one thing that is missing, and goes with a physician and a reason', async () => {
    const { harness, client } = await inRecovery();
    await becomeFit(harness, client);
    await client.call('checklist.answer', {
      sessionId: sessionOf(harness).id,
      itemId: 'escort',
      answer: { kind: 'cleared' },
      by: 'Nurse N',
    });
    await expect(move(harness, client, 'discharged')).rejects.toMatchObject(
      refusal('The named driver is here: Not confirmed. Give a reason'),
    );
    await expect(move(harness, client, 'discharged', { reason: 'Taxi' })).rejects.toMatchObject(
      refusal('name the physician'),
    );
    const closed = await move(harness, client, 'discharged', { reason: 'Taxi', authorisations: [PHYSICIAN] });
    expect(closed.phase).toBe('discharged');
  });
});

describe('a patient who is not fit', () => {
  it('is held by the minimum, the scores and the pressure, each in words', async () => {
    const { harness, client } = await inRecovery();
    await harness.clock.advance(5 * MINUTE);
    harness.say(`${WELL};${cuff(170, 104)}`);
    await score(client, harness, 'moaa-s', 3);
    const words = (harness.station.view().chairs[0]?.visit?.dischargeObjections ?? []).map(
      ({ text }) => text,
    );
    expect(words).toEqual(
      expect.arrayContaining([
        'Watched for the minimum time: Only 5 min of at least 15 min of recovery have passed.',
        'Modified Aldrete 9 or more: Aldrete not scored.',
        expect.stringContaining('not below 160/100'),
        expect.stringContaining('Score now'),
      ]),
    );
  });

  it('has recovery extended, and never shortened by that name', async () => {
    const { harness, client, id } = await inRecovery();
    const extend = (minutes: number) =>
      client.call('session.extendRecovery', {
        sessionId: id,
        plannedRecoveryMs: minutes * MINUTE,
        reason: 'Drowsy',
        by: 'Nurse N',
      });
    expect(await extend(45)).toMatchObject({ plannedRecoveryMs: 45 * MINUTE });
    await expect(extend(30)).rejects.toMatchObject(refusal('45 min are planned already', 'conflict'));
    expect(sessionOf(harness).plannedRecoveryMs).toBe(45 * MINUTE);
  });

  it('is not fit on one measurement that the monitor said twice', async () => {
    const { harness, client } = await inRecovery();
    await harness.clock.advance(16 * MINUTE);
    const same = `${cuff(122, 78)}`;
    const pressure = () =>
      harness.station.view().chairs[0]?.visit?.discharge.find(({ item }) => item.id === 'pressure');
    // High until now; then one good measurement, told again by a monitor that says its last one with every frame.
    harness.say(`${WELL};${cuff(182, 104)}`);
    await harness.clock.advance(5 * MINUTE);
    harness.say(`${WELL};${same}`);
    await harness.clock.advance(1000);
    harness.line().feed(new TextEncoder().encode(`AGE=2000;${same}\n`), harness.clock.now());
    await harness.clock.advance(1000);
    expect(pressure()).toMatchObject({ state: 'open', text: expect.stringContaining('182/104') });
    client.close();
  });

  it('is not fit on pressures of before the computer slept', async () => {
    const { harness, client } = await inRecovery();
    await becomeFit(harness, client);
    const pressure = () =>
      harness.station.view().chairs[0]?.visit?.discharge.find(({ item }) => item.id === 'pressure');
    expect(pressure()).toMatchObject({ state: 'done' });
    harness.clock.jumpWall(11 * MINUTE);
    await harness.clock.advance(1000);
    expect(pressure()).toMatchObject({
      state: 'open',
      text: expect.stringContaining('more than 10 min ago'),
    });
  });

  it('is not fit on pressures of before a restart that nobody can date', async () => {
    const { harness, client } = await inRecovery();
    await becomeFit(harness, client);
    await harness.station.stop();
    const clock = fakeClock(harness.clock.now().wall - 3 * MINUTE);
    await clock.advance(7);
    const second = await startHarness({ clock, databases: harness.databases });
    const chair = second.station.view().chairs[0];
    expect(chair?.restored).toMatchObject({ downForMs: null });
    const pressure = chair?.visit?.discharge.find(({ item }) => item.id === 'pressure');
    expect(pressure).toMatchObject({ state: 'open', text: expect.stringContaining('more than 10 min ago') });
    expect(chair?.cuff.nextDueAt?.mono).toBeLessThan(clock.now().mono);
  });

  it('leaves early with a reason and without a physician, and the record says what was not met', async () => {
    const { harness, client, id } = await inRecovery();
    await harness.clock.advance(2 * MINUTE);
    const closed = await client.call('session.leaveEarly', {
      sessionId: id,
      from: 'recovery',
      reason: 'Would not stay',
      by: 'Nurse N',
    });
    expect(closed).toMatchObject({ phase: 'discharged', visit: { leftEarly: { reason: 'Would not stay' } } });
    const left = (await client.call('history.events', { sessionId: id })).find(
      ({ body }) => body.type === 'left-early',
    );
    expect(JSON.stringify(left)).toContain('Only 2 min of at least 15 min');
  });

  it('leaves during the infusion: the drug is stopped in the record, and the visit is aborted, not discharged', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await startVisit(harness, client);
    const { id } = sessionOf(harness);
    const closed = await client.call('session.leaveEarly', {
      sessionId: id,
      from: 'infusing',
      reason: 'Pulled the line',
      by: 'Nurse N',
    });
    expect(closed).toMatchObject({
      phase: 'aborted',
      visit: { dose: { stopped: { cause: 'patient-request' } } },
    });
    expect(closed.visit.dose?.segments.every(({ endedAt }) => endedAt !== null)).toBe(true);
  });

  it('leaves before any drug: cancelled', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openVisit(client);
    const left = { sessionId: id, from: 'intake', reason: 'No driver', by: 'Nurse N' } as const;
    expect((await client.call('session.leaveEarly', left)).phase).toBe('cancelled');
  });

  it('is asked to stay two hours after esketamine, by its own protocol', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openVisit(client, 'esketamine');
    await move(harness, client, 'baseline');
    await move(harness, client, 'infusing', { reason: 'Test', authorisations: [PHYSICIAN] });
    await client.call('infusion.stop', { sessionId: id, from: 'infusing', cause: 'complete', by: 'Nurse N' });
    await harness.clock.advance(16 * MINUTE);
    await expect(move(harness, client, 'discharged')).rejects.toMatchObject(
      refusal('Only 16 min of at least 2 h of recovery have passed'),
    );
  });
});

describe('what people see', () => {
  it('of a side effect is its onset, every change and its end', async () => {
    const { harness, client, id } = await inRecovery();
    const began = harness.clock.now().wall - MINUTE;
    const noted = await client.call('sideEffect.note', {
      sessionId: id,
      kind: 'dissociation',
      severity: 'moderate',
      onsetAt: began,
      by: 'Nurse N',
    });
    const effect = noted.visit.sideEffects[0]?.id ?? '';
    await client.call('sideEffect.change', { sessionId: id, effect, severity: 'severe', by: 'Nurse M' });
    await expect(
      client.call('sideEffect.change', { sessionId: id, effect, severity: 'severe', by: 'Nurse N' }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await harness.clock.advance(MINUTE);
    const ended = await client.call('sideEffect.end', { sessionId: id, effect, by: 'Nurse N' });
    expect(ended.visit.sideEffects).toMatchObject([
      {
        onsetAt: began,
        endedAt: harness.clock.now().wall,
        severity: 'severe',
        worst: 'severe',
        course: [{}, {}],
      },
    ]);
    await expect(client.call('sideEffect.end', { sessionId: id, effect, by: 'N' })).rejects.toMatchObject(
      refusal('has already ended', 'conflict'),
    );
  });

  it('of a headache while the pressure is high is an emergency at once (BP-10)', async () => {
    const { harness, client, id } = await inRecovery();
    harness.say(cuff(166, 90));
    await client.call('sideEffect.note', {
      sessionId: id,
      kind: 'headache',
      severity: 'moderate',
      by: 'Nurse N',
    });
    const alarms = harness.station.view().chairs[0]?.alarms.alarms ?? [];
    expect(alarms.find(({ conditionId }) => conditionId === 'bp-symptom')).toMatchObject({
      priority: 'high',
    });
  });

  it('and entered by mistake is struck with a reason, once, and stays in the record', async () => {
    const { harness, client, id } = await inRecovery();
    const scored = await score(client, harness, 'pain', 7);
    const entry = scored.visit.scores.at(-1)?.id ?? '';
    const strike = () =>
      client.call('entry.strike', { sessionId: id, entry, reason: 'Other patient', by: 'Nurse N' });
    expect((await strike()).visit.scores.filter(({ scale }) => scale === 'pain')).toEqual([]);
    await expect(strike()).rejects.toMatchObject({ code: 'not-found' });
    const types = (await client.call('history.events', { sessionId: id })).map(({ body }) => body.type);
    expect(types.slice(-2)).toEqual(['score-recorded', 'entry-struck']);
  });

  it('is refused where the number is not on the scale', async () => {
    const { harness, client } = await inRecovery();
    await expect(score(client, harness, 'moaa-s', 6)).rejects.toMatchObject(
      refusal('MOAA/S is a whole number from 0 to 5', 'invalid-params'),
    );
  });

  it('is told to the physician, and the record says whom and of what', async () => {
    const { client, id } = await inRecovery();
    const about = 'Still dissociated after 60 min';
    const session = await client.call('physician.inform', {
      sessionId: id,
      physician: 'Dr P',
      about,
      by: 'Nurse N',
    });
    expect(session.visit.informed).toMatchObject([{ physician: 'Dr P', about, by: 'Nurse N' }]);
  });
});
