/** Whole visits by a nurse who does what is due when it is due: nothing is left open, nothing is asked twice. */
import { describe, expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import type { CommandInput } from '../../core/api/commands.ts';
import { doseStatus } from '../../core/dose/delivery.ts';
import type { SessionId } from '../../core/ids.ts';
import { foldSession } from '../../core/session/session.ts';
import type { NextItem } from '../../core/visit/next.ts';
import { visitSummary } from '../../core/visit/summary.ts';
import { cuff, type Harness, startHarness, WELL } from '../support/station-harness.ts';
import { answerAll, DRAFT, move, openVisit, planDose, sessionOf } from '../support/visit.ts';

const MINUTE = 60_000;
/** Four hours of ticks, four a second: seconds of work, more on a slow computer. */
const PATIENCE_MS = 180_000;

const visitOf = (harness: Harness) => {
  const view = harness.station.view().chairs[0]?.visit;
  if (view === null || view === undefined) throw new Error('no visit');
  return view;
};

/** Does the next thing on the list when it is due; returns it. */
const doNext = async (harness: Harness, client: StationClient, pressure: () => string): Promise<NextItem> => {
  const { id, phase } = sessionOf(harness);
  const [item] = visitOf(harness).next;
  if (item === undefined) throw new Error('nothing is due any more');
  await harness.clock.advance(Math.max(0, item.dueAt - harness.clock.now().wall) + 1000);
  if (item.kind === 'cuff') harness.say(`${WELL};${pressure()}`);
  if (item.kind === 'scale' && item.scale !== null) {
    const value = item.scale === 'moaa-s' ? 5 : 1;
    await client.call('score.record', {
      sessionId: id,
      scale: item.scale,
      draft: { kind: 'value', value },
      by: 'N',
    });
  }
  if (item.kind === 'infusion-end' && phase === 'infusing') {
    await client.call('infusion.stop', { sessionId: id, from: phase, cause: 'complete', by: 'Nurse N' });
  }
  await harness.clock.advance(1000);
  return item;
};

const start = async (
  harness: Harness,
  client: StationClient,
  protocolId: string,
  draft: CommandInput<'dose.plan'>['draft'],
) => {
  const { id } = await openVisit(client, protocolId);
  await answerAll(harness, client, ['provider', 'suicide-risk']);
  if (protocolId === 'depression') {
    for (const itemId of ['provider', 'suicide-risk']) {
      await client.call('checklist.answer', {
        sessionId: id,
        itemId,
        answer: { kind: 'confirmed' },
        by: 'N',
      });
    }
  }
  const planned = await planDose(harness, client, { draft });
  const { plan, rateMlPerH } = planned.visit.dose ?? {};
  if (plan?.kind !== 'infusion' || rateMlPerH === undefined) throw new Error('no dose');
  await client.call('dose.verify', {
    sessionId: id,
    seenSequence: planned.sequence,
    pumpRateMlPerH: rateMlPerH,
    pumpVolumeMl: plan.volumeMl,
    by: 'Nurse M',
  });
  await move(harness, client, 'baseline');
  harness.say(WELL);
  // What is due before the start: the questions, and three readings.
  while (visitOf(harness).startObjections.length > 0 || harness.databases.live.nibpReadings(id).length < 3) {
    await doNext(harness, client, () => cuff(124, 78));
    harness.say(WELL);
    await harness.clock.advance(1000);
  }
  await move(harness, client, 'infusing');
  return id;
};

const goHome = async (harness: Harness, client: StationClient, id: SessionId): Promise<void> => {
  // What is on disk is all there is: folded again it is the visit as the station has it.
  expect(foldSession(harness.databases.live.eventsOf(id))).toEqual(sessionOf(harness));
  harness.say(`${WELL};${cuff(126, 80)}`);
  const points = (scale: 'aldrete' | 'padss', names: readonly string[]) =>
    client.call('score.record', {
      sessionId: id,
      scale,
      draft: { kind: 'parts', parts: Object.fromEntries(names.map((name) => [name, 2])) },
      by: 'Nurse N',
    });
  await points('aldrete', ['activity', 'respiration', 'circulation', 'consciousness', 'oxygen']);
  await points('padss', ['vitals', 'gait', 'nausea', 'pain', 'bleeding']);
  for (const itemId of ['oriented', 'iv-out', 'escort', 'instructions']) {
    await client.call('checklist.answer', {
      sessionId: id,
      itemId,
      answer: { kind: 'confirmed' },
      by: 'Nurse N',
    });
  }
  const chair = harness.station.view().chairs[0];
  for (const { key } of chair?.alarms.alarms ?? []) {
    await client.call('alarm.acknowledge', { chairId: chair?.id ?? '', key, by: 'Nurse N' });
  }
  expect(visitOf(harness).dischargeObjections).toEqual([]);
  await move(harness, client, 'discharged');
};

describe('a whole visit', () => {
  it(
    'for depression: a spike, a pause, half the rate, recovery, home; nothing is left out and the readings are as many as planned',
    async () => {
      const harness = await startHarness();
      const client = harness.window();
      const id = await start(harness, client, 'depression', DRAFT);
      let isSpike = false;
      const done: NextItem[] = [];
      const began = harness.clock.now().wall;
      while (sessionOf(harness).phase !== 'recovery') {
        const elapsed = harness.clock.now().wall - began;
        if (!isSpike && elapsed > 20 * MINUTE) {
          isSpike = true;
          harness.say(`${WELL};${cuff(182, 96)}`);
          await harness.clock.advance(1000);
          await move(harness, client, 'paused', { reason: 'SYS 182' });
          await doNext(harness, client, () => cuff(150, 88));
          const { sequence } = sessionOf(harness);
          await client.call('dose.rate', {
            sessionId: id,
            seenSequence: sequence,
            rateMlPerH: 27,
            reason: 'SYS 182',
            by: 'N',
          });
          await move(harness, client, 'infusing', { reason: 'SYS 150, Dr P has seen it' });
        }
        done.push(await doNext(harness, client, () => cuff(134, 82)));
      }
      const stopped = harness.clock.now().wall;
      while (harness.clock.now().wall - stopped < 30 * MINUTE)
        done.push(await doNext(harness, client, () => cuff(128, 80)));
      const { dose } = sessionOf(harness).visit;
      if (dose === null) throw new Error('no dose');
      expect(doseStatus(dose, harness.clock.now()).share).toBeCloseTo(1, 1);
      await goHome(harness, client, id);

      const events = harness.databases.live.eventsOf(id);
      const closed = events
        .filter(({ body }) => body.type === 'phase-changed')
        .map(({ body }) => ('to' in body ? body.to : ''));
      expect(closed).toEqual(['baseline', 'infusing', 'paused', 'infusing', 'recovery', 'discharged']);
      const readings = harness.databases.live.nibpReadings(id).length;
      // 3 for the baseline, every 5 min and closer around the spike over about an hour, 5 in recovery.
      expect(readings).toBeGreaterThanOrEqual(18);
      expect(readings).toBeLessThanOrEqual(32);
      expect(done.filter(({ scale }) => scale === 'moaa-s').length).toBeGreaterThanOrEqual(5);
    },
    PATIENCE_MS,
  );

  it(
    'for pain over four hours: the cuff steps down to every 15 min, about 28 readings in all',
    async () => {
      const harness = await startHarness();
      const client = harness.window();
      const draft: CommandInput<'dose.plan'>['draft'] = {
        ...DRAFT,
        dose: { unit: 'mg/kg', value: 1.4 },
        concentrationMgPerMl: 2,
        durationMs: 240 * MINUTE,
      };
      const id = await start(harness, client, 'chronic-pain', draft);
      while (sessionOf(harness).phase !== 'recovery') await doNext(harness, client, () => cuff(132, 82));
      const stopped = harness.clock.now().wall;
      while (harness.clock.now().wall - stopped < 30 * MINUTE)
        await doNext(harness, client, () => cuff(126, 80));
      const session = sessionOf(harness);
      expect(visitSummary(session, harness.clock.now().wall).dose?.deliveredMg).toBeCloseTo(100.8, 0);
      await goHome(harness, client, id);
      const readings = harness.databases.live.nibpReadings(id).length;
      expect(readings).toBeGreaterThanOrEqual(26);
      expect(readings).toBeLessThanOrEqual(32);
      const intervals = harness.databases.live
        .eventsOf(id)
        .flatMap(({ body }) => (body.type === 'cuff-interval-in-force' ? [body.intervalMs / MINUTE] : []));
      expect(intervals).toEqual([1.5, 5, 10, 15, 5, 10]);
      const overdue = harness.databases.live
        .eventsOf(id)
        .filter(
          ({ body }) =>
            body.type === 'alarm' && 'alarm' in body.alarm && body.alarm.alarm.key === 'nibp-overdue',
        );
      expect(overdue).toEqual([]);
    },
    PATIENCE_MS,
  );
});
