/** Visits that do not go as planned: the station dies, the patient moves to another chair, the cuff is late. */
import { describe, expect, it } from 'vitest';
import { doseStatus } from '../../core/dose/delivery.ts';
import { chairId } from '../../core/ids.ts';
import { foldSession, type Session } from '../../core/session/session.ts';
import { parseConfig } from '../../station/config.ts';
import { CHAIR, cuff, type Harness, startHarness, WELL } from '../support/station-harness.ts';
import { move, openVisit, PHYSICIAN, sessionOf, startVisit } from '../support/visit.ts';

const MINUTE = 60_000;
const OTHER = chairId('chair-2');
const refusal = (words: string, code = 'not-allowed') => ({ code, message: expect.stringContaining(words) });

const TWO_CHAIRS = parseConfig(
  JSON.stringify({
    chairs: [CHAIR, OTHER].map((id, index) => ({
      id,
      name: `Chair ${index + 1}`,
      monitors: [
        {
          id: `toy-${index + 1}`,
          name: 'Toy',
          family: 'toy',
          address: { kind: 'tcp', host: index === 0 ? 'toy' : 'toy2', port: 1 },
        },
      ],
    })),
  }),
  'test',
);

const given = (harness: Harness, session: Session): number => {
  const { dose } = session.visit;
  if (dose === null) throw new Error('no dose');
  return doseStatus(dose, harness.clock.now()).deliveredMg;
};
const chairOf = (harness: Harness, id = CHAIR) => {
  const found = harness.station.view().chairs.find((chair) => chair.id === id);
  if (found === undefined) throw new Error(`no chair ${id}`);
  return found;
};

describe('a station that dies in the middle of an infusion', () => {
  it('goes on with everything: checklist, dose, side effects, what is due, the cuff’s interval', async () => {
    const first = await startHarness();
    const client = first.window();
    await startVisit(first, client);
    const { id } = sessionOf(first);
    await first.clock.advance(10 * MINUTE);
    await client.call('sideEffect.note', { sessionId: id, kind: 'nausea', severity: 'mild', by: 'Nurse N' });
    await client.call('score.record', {
      sessionId: id,
      scale: 'moaa-s',
      draft: { kind: 'value', value: 4 },
      by: 'N',
    });
    await client.call('cuff.interval', {
      sessionId: id,
      phase: 'infusing',
      intervalMs: 3 * MINUTE,
      by: 'Nurse N',
    });
    await first.clock.advance(1000);
    const before = sessionOf(first);
    // Everything a person entered was on disk before it was answered: a process that is killed has no more to write.
    expect(foldSession(first.databases.live.eventsOf(id))).toEqual(before);
    await first.station.stop();
    const second = await startHarness({ clock: first.clock, databases: first.databases });
    await second.clock.advance(5 * MINUTE);
    const after = sessionOf(second);
    expect(after.visit.checklist).toEqual(before.visit.checklist);
    expect(after.visit.sideEffects).toEqual(before.visit.sideEffects);
    expect(after.visit.scores).toEqual(before.visit.scores);
    expect(after.nibpIntervalMs).toBe(3 * MINUTE);
    // 15 min at 0.9 mg a minute, a second more or less: the pump did not know that the station was down.
    expect(given(second, after)).toBeCloseTo(13.5, 1);
    const sedation = chairOf(second).visit?.next.find(({ scale }) => scale === 'moaa-s');
    expect(sedation?.dueAt).toBe((before.visit.scores[0]?.at ?? 0) + 15 * MINUTE);
  });

  it('keeps an exception, an override and the person who gave it', async () => {
    const first = await startHarness();
    const client = first.window();
    const { id } = await openVisit(client);
    await client.call('checklist.except', {
      sessionId: id,
      itemId: 'consent',
      reason: 'By phone',
      authorisations: [PHYSICIAN],
      by: 'Nurse N',
    });
    const second = await startHarness({ clock: first.clock, databases: first.databases });
    const consent = chairOf(second).visit?.checklist.find(({ item }) => item.id === 'consent');
    expect(consent).toMatchObject({
      state: 'exception',
      reason: 'By phone',
      authorisations: [{ name: 'Dr P' }],
    });
  });

  it('says how much of the dose ran while nobody watched', async () => {
    const first = await startHarness();
    await startVisit(first, first.window());
    await first.clock.advance(10 * MINUTE);
    await first.station.stop();
    await first.clock.advance(4 * MINUTE);
    const second = await startHarness({ clock: first.clock, databases: first.databases });
    const { dose } = sessionOf(second).visit;
    if (dose === null) throw new Error('no dose');
    const { unwatchedMg, deliveredMg } = doseStatus(dose, second.clock.now());
    expect(unwatchedMg).toBeGreaterThanOrEqual(3.6);
    expect(deliveredMg).toBeCloseTo(0.9 * 14, 1);
  });
});

describe('a patient who is moved to another chair', () => {
  const moved = async () => {
    const harness = await startHarness({ config: TWO_CHAIRS });
    const client = harness.window();
    await startVisit(harness, client);
    await harness.clock.advance(5 * MINUTE);
    harness.say(`${WELL};${cuff(184, 112)}`);
    await harness.clock.advance(1000);
    const before = chairOf(harness);
    if (before.session === null) throw new Error('no session');
    const { id } = before.session;
    const move = () =>
      client.call('session.moveChair', {
        sessionId: id,
        toChairId: OTHER,
        reason: 'Chair is broken',
        by: 'Nurse N',
      });
    return { harness, client, before, id, move };
  };

  it('takes record, limits, baseline, dose and alarms along, and the old chair is free', async () => {
    const { harness, before, move } = await moved();
    const session = await move();
    const after = chairOf(harness, OTHER);
    expect(session.chairId).toBe(OTHER);
    expect(after.session).toMatchObject({ id: session.id, baseline: before.session?.baseline });
    expect(after.session?.visit.moves).toMatchObject([{ from: CHAIR, to: OTHER, reason: 'Chair is broken' }]);
    expect(after.limits).toEqual(before.limits);
    const pressure = (chair: typeof before) => chair.alarms.alarms.find(({ key }) => key === 'bp-high');
    expect(pressure(before)).toMatchObject({ priority: 'high' });
    expect(pressure(after)).toMatchObject({ priority: 'high', raisedAt: pressure(before)?.raisedAt });
    expect(after.cuff.last).toMatchObject({ systolic: 184 });
    const old = chairOf(harness);
    expect([old.session, old.visit, old.alarms.alarms.length]).toEqual([null, null, 0]);
  });

  it('is watched by the new chair’s monitors only', async () => {
    const { harness, client, id, move } = await moved();
    await move();
    harness.say('MDC_PULS_OXIM_SAT_O2=80', 'toy');
    await harness.clock.advance(20_000);
    expect(chairOf(harness, OTHER).current.MDC_PULS_OXIM_SAT_O2).toBeUndefined();
    harness.say(`MDC_ECG_HEART_RATE=72;MDC_PULS_OXIM_SAT_O2=82;MDC_RESP_RATE=14;${cuff(150, 90)}`, 'toy2');
    await harness.clock.advance(1000);
    harness.say('MDC_ECG_HEART_RATE=72;MDC_PULS_OXIM_SAT_O2=82;MDC_RESP_RATE=14', 'toy2');
    await harness.clock.advance(6000);
    harness.say('MDC_ECG_HEART_RATE=72;MDC_PULS_OXIM_SAT_O2=82;MDC_RESP_RATE=14', 'toy2');
    await harness.clock.advance(1000);
    const keys = chairOf(harness, OTHER).alarms.alarms.map(({ key }) => key);
    expect(keys.some((key) => key.startsWith('spo2'))).toBe(true);
    const trend = await client.call('history.trend', {
      sessionId: id,
      from: 0,
      to: harness.clock.now().wall + 1,
      buckets: 10,
    });
    expect(trend.nibp.map(({ systolic }) => systolic)).toEqual([124, 124, 184, 150]);
  });

  it('has the same alarms in a second look at the record: the old monitors have gone, none of them is missed', async () => {
    const { harness, client, id, move } = await moved();
    await move();
    for (let second = 0; second < 30; second += 1) {
      harness.say(second === 5 ? `${WELL};${cuff(150, 90)}` : WELL, 'toy2');
      await harness.clock.advance(1000);
    }
    const raised = harness.databases.live
      .eventsOf(id)
      .flatMap(({ body }) =>
        body.type === 'alarm' && 'alarm' in body.alarm && body.alarm.type === 'raised'
          ? [body.alarm.alarm.key]
          : [],
      );
    const answer = await client.call('whatif.run', { sessionId: id });
    const again = answer.differences.flatMap(({ before }) => (before === null ? [] : [before.key]));
    expect(again.filter((key) => !raised.includes(key))).toEqual([]);
    expect(again).toContain('bp-high');
  });

  it('is found on the new chair after a restart, also in the list of sessions', async () => {
    const { harness, client, id, move } = await moved();
    await move();
    const [summary] = (await client.call('sessions.list', {})).sessions;
    expect(summary).toMatchObject({ id, chairId: OTHER });
    const again = await startHarness({
      config: TWO_CHAIRS,
      clock: harness.clock,
      databases: harness.databases,
    });
    expect(chairOf(again, OTHER).session?.id).toBe(id);
    expect(chairOf(again).session).toBeNull();
    expect(again.station.view().strandedSessions).toEqual([]);
  });

  it('is not moved onto another patient, nor onto the same chair, nor twice', async () => {
    const { harness, client, id, move } = await moved();
    await expect(
      client.call('session.moveChair', { sessionId: id, toChairId: CHAIR, reason: 'x', by: 'N' }),
    ).rejects.toMatchObject(refusal('on this chair already'));
    await client.call('session.open', {
      chairId: OTHER,
      patientInitials: 'CD',
      indication: 'PTSD',
      plannedInfusionMs: 40 * MINUTE,
      plannedRecoveryMs: 30 * MINUTE,
      by: 'N',
    });
    await expect(move()).rejects.toMatchObject(refusal('Another session is open', 'conflict'));
    expect(chairOf(harness).session?.id).toBe(id);
  });
});

describe('the timetable of the cuff', () => {
  it('is on record each time it comes to another interval, and the view counts down to the next reading', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await startVisit(harness, client);
    const { id } = sessionOf(harness);
    expect(chairOf(harness).visit?.cuff).toEqual({ intervalMs: 5 * MINUTE, why: 'by the protocol' });
    const last = chairOf(harness).cuff.last?.receivedAt.wall ?? 0;
    expect(chairOf(harness).cuff.nextDueAt?.wall).toBe(last + 5 * MINUTE);
    await client.call('infusion.stop', { sessionId: id, from: 'infusing', cause: 'complete', by: 'N' });
    await harness.clock.advance(15 * MINUTE + 2000);
    const intervals = (await client.call('history.events', { sessionId: id })).flatMap(({ body }) =>
      body.type === 'cuff-interval-in-force' ? [body.intervalMs / MINUTE] : [],
    );
    expect(intervals).toEqual([1.5, 5, 10]);
  });

  it('makes a reading that is 1.5 intervals late a technical alarm, with the interval of the phase', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await startVisit(harness, client);
    const overdue = () => chairOf(harness).alarms.alarms.find(({ key }) => key === 'nibp-overdue');
    await harness.clock.advance(7 * MINUTE);
    expect(overdue()).toBeUndefined();
    await harness.clock.advance(MINUTE);
    expect(overdue()).toMatchObject({ category: 'technical', priority: 'medium' });
    harness.sayWell();
    await harness.clock.advance(1000);
    expect(overdue()).toBeUndefined();
  });

  it('gives half an interval before a timetable that was made closer counts as overdue', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await startVisit(harness, client);
    const { id } = sessionOf(harness);
    const every = (intervalMs: number) =>
      client.call('cuff.interval', { sessionId: id, phase: 'infusing', intervalMs, by: 'Nurse N' });
    await every(15 * MINUTE);
    await harness.clock.advance(10 * MINUTE);
    await every(4 * MINUTE);
    const overdue = () => chairOf(harness).alarms.alarms.some(({ key }) => key === 'nibp-overdue');
    await harness.clock.advance(MINUTE);
    expect(overdue()).toBe(false);
    await harness.clock.advance(MINUTE + 1000);
    expect(overdue()).toBe(true);
  });

  it('set from the old control is the interval of the phase the patient is in', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await startVisit(harness, client);
    const { id } = sessionOf(harness);
    const session = await client.call('session.nibpInterval', {
      sessionId: id,
      intervalMs: 10 * MINUTE,
      by: 'N',
    });
    expect([session.nibpIntervalMs, session.visit.cuffIntervals]).toEqual([
      10 * MINUTE,
      { infusing: 10 * MINUTE },
    ]);
  });
});

describe('a baseline that was wrong', () => {
  it('is renewed with a reason from readings that agree; one far above the old wants a physician', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await startVisit(harness, client);
    const { id } = sessionOf(harness);
    const renew = (authorisations: readonly (typeof PHYSICIAN)[] = []) =>
      client.call('baseline.renew', {
        sessionId: id,
        reason: 'Cuff was too small',
        authorisations: [...authorisations],
        by: 'Nurse N',
      });
    harness.say(cuff(150, 92));
    await expect(renew()).rejects.toMatchObject(refusal('There is no new baseline'));
    await harness.clock.advance(90_000);
    harness.say(`${WELL};${cuff(152, 94)}`);
    await expect(renew()).rejects.toMatchObject(refusal('it would hide the rise'));
    const session = await renew([PHYSICIAN]);
    expect(session.baseline).toMatchObject({ systolic: 151, diastolic: 93, readings: 2 });
    const entry = (await client.call('history.events', { sessionId: id })).find(
      ({ body }) => body.type === 'baseline-renewed',
    );
    expect(entry?.body).toMatchObject({ before: { systolic: 124 }, reason: 'Cuff was too small' });
  });

  it('is not renewed before the start', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openVisit(client);
    await move(harness, client, 'baseline');
    await expect(
      client.call('baseline.renew', { sessionId: id, reason: 'x', by: 'N' }),
    ).rejects.toMatchObject(refusal('frozen at the start'));
  });
});
