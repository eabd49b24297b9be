/** The drug through the station: planned, checked by a second person, changed, given at once, stopped. */
import { describe, expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import type { CommandInput } from '../../core/api/commands.ts';
import { doseStatus } from '../../core/dose/delivery.ts';
import { StorageError } from '../../db/storage-error.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { cuff, type Harness, memoryDatabases, startHarness } from '../support/station-harness.ts';
import {
  DRAFT,
  move,
  openVisit,
  PHYSICIAN,
  planDose,
  sessionOf,
  startVisit,
  verifyDose,
} from '../support/visit.ts';

const MINUTE = 60_000;
const refusal = (words: string, code = 'not-allowed') => ({ code, message: expect.stringContaining(words) });

const started = async () => {
  const harness = await startHarness();
  const client = harness.window();
  await startVisit(harness, client);
  return { harness, client };
};
const rate = (
  harness: Harness,
  client: StationClient,
  rateMlPerH: number,
  more: Partial<CommandInput<'dose.rate'>> = {},
) => {
  const { id, sequence } = sessionOf(harness);
  return client.call('dose.rate', {
    sessionId: id,
    seenSequence: sequence,
    rateMlPerH,
    reason: 'Blood pressure',
    by: 'Nurse N',
    ...more,
  });
};
const given = (harness: Harness): number => {
  const { dose } = sessionOf(harness).visit;
  if (dose === null) throw new Error('no dose');
  return doseStatus(dose, harness.clock.now()).deliveredMg;
};

describe('a dose', () => {
  it('beyond a soft bound wants a reason, beyond a hard one also a physician, and the record keeps what was found', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openVisit(client);
    const high = { ...DRAFT, dose: { unit: 'mg/kg', value: 1.2 } } as const;
    const tooHigh = { ...DRAFT, dose: { unit: 'mg/kg', value: 2 } } as const;
    await expect(planDose(harness, client, { draft: high })).rejects.toMatchObject(
      refusal('Dose 1.2 mg/kg is above 1 mg/kg.'),
    );
    const soft = await planDose(harness, client, { draft: high, reason: 'As last time' });
    expect(soft.visit.dose?.plan.doseMgPerKg).toBe(1.2);
    await expect(planDose(harness, client, { draft: tooHigh, reason: 'As ordered' })).rejects.toMatchObject(
      refusal('name the physician who agrees'),
    );
    const hard = await planDose(harness, client, {
      draft: tooHigh,
      reason: 'As ordered',
      authorisations: [PHYSICIAN],
    });
    const recorded = (await client.call('history.events', { sessionId: hard.id })).at(-1)?.body;
    expect(recorded).toMatchObject({
      type: 'dose-planned',
      reason: 'As ordered',
      authorisations: [{ name: 'Dr P' }],
    });
    expect(JSON.stringify(recorded)).toContain('doseMgPerKg-hard-high');
  });

  it('with a weight in pounds is looked at twice', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openVisit(client);
    const draft = { ...DRAFT, weightKg: 158.7 };
    await expect(planDose(harness, client, { draft, previousWeightKg: 72 })).rejects.toMatchObject(
      refusal('pounds instead of kilograms?'),
    );
    expect(sessionOf(harness).visit.dose).toBeNull();
  });

  it('is checked by another person than the one who planned it, against what the pump says', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openVisit(client);
    await planDose(harness, client);
    const verify = (pumpRateMlPerH: number, by: string) => {
      const { id, sequence } = sessionOf(harness);
      return client.call('dose.verify', {
        sessionId: id,
        seenSequence: sequence,
        pumpRateMlPerH,
        pumpVolumeMl: 36,
        by,
      });
    };
    await expect(verify(54, ' nurse n ')).rejects.toMatchObject(refusal('a second person reads the pump'));
    await expect(verify(540, 'Nurse M')).rejects.toMatchObject(
      refusal('The pump says 540 mL/h and 36 mL, the plan 54'),
    );
    expect((await verify(54, 'Nurse M')).visit.dose?.verified).toMatchObject({
      by: 'Nurse M',
      pumpRateMlPerH: 54,
    });
    // Another plan wants another check.
    expect((await planDose(harness, client)).visit.dose?.verified).toBeNull();
  });

  it('is checked by nobody who is the planner under another spelling', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openVisit(client);
    await planDose(harness, client);
    const { id, sequence } = sessionOf(harness);
    const pump = { sessionId: id, seenSequence: sequence, pumpRateMlPerH: 54, pumpVolumeMl: 36 };
    for (const by of ['nurse  n', 'Ｎurse N']) {
      await expect(client.call('dose.verify', { ...pump, by })).rejects.toMatchObject(
        refusal('a second person'),
      );
    }
  });

  it('is not planned anew once the drug runs', async () => {
    const { harness, client } = await started();
    await expect(planDose(harness, client)).rejects.toMatchObject(refusal('The drug has been started'));
  });

  it('of a nasal drug is not planned where an infusion belongs', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openVisit(client);
    const draft = { kind: 'nasal', drug: 'Esketamine', weightKg: 72, deviceMg: 28, devices: 2 } as const;
    await expect(planDose(harness, client, { draft })).rejects.toMatchObject(
      refusal('not given as a nasal spray'),
    );
  });

  it('of esketamine is given in devices, and what they hold is counted', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openVisit(client, 'esketamine');
    const draft = { kind: 'nasal', drug: 'Esketamine', weightKg: 72, deviceMg: 28, devices: 2 } as const;
    await planDose(harness, client, { draft });
    await move(harness, client, 'baseline');
    await move(harness, client, 'infusing', { reason: 'Test', authorisations: [PHYSICIAN] });
    const spray = (mg = 28, reason: string | null = null) =>
      client.call('dose.bolus', {
        sessionId: id,
        seenSequence: sessionOf(harness).sequence,
        mg,
        reason,
        by: 'Nurse N',
      });
    await spray();
    await harness.clock.advance(5 * MINUTE);
    await spray();
    expect(given(harness)).toBe(56);
    // The third device was not planned, and a tenfold one never is.
    await harness.clock.advance(5 * MINUTE);
    await expect(spray()).rejects.toMatchObject(refusal('84 mg in all, 56 mg planned'));
    await expect(spray(280)).rejects.toMatchObject(refusal('280 mg is not one device (28 mg)'));
    await spray(28, 'Ordered by Dr P');
    expect(given(harness)).toBe(84);
    await expect(spray(28, 'And another')).rejects.toMatchObject(refusal('name the physician who agrees'));
    await expect(rate(harness, client, 10)).rejects.toMatchObject(refusal('A nasal dose has no rate'));
  });
});

describe('a running infusion', () => {
  it('is paused, slowed and resumed after a pressure spike, and what was given follows', async () => {
    const { harness, client } = await started();
    await harness.clock.advance(10 * MINUTE);
    await move(harness, client, 'paused', { reason: 'SYS 182' });
    await harness.clock.advance(5 * MINUTE);
    await rate(harness, client, 27);
    await move(harness, client, 'infusing', { reason: 'SYS 138 now' });
    await harness.clock.advance(10 * MINUTE);
    expect(given(harness)).toBeCloseTo(9 + 4.5, 2);
    const { dose } = sessionOf(harness).visit;
    expect(dose?.changes).toMatchObject([{ from: 54, to: 27, reason: 'Blood pressure', by: 'Nurse N' }]);
  });

  it('goes on after a pause only with a reason while an emergency is not acknowledged', async () => {
    const { harness, client } = await started();
    harness.say(cuff(204, 122));
    await harness.clock.advance(1000);
    await move(harness, client, 'paused');
    await expect(move(harness, client, 'infusing')).rejects.toMatchObject(
      refusal('1 high-priority alarm is not acknowledged. Give a reason'),
    );
    expect((await move(harness, client, 'infusing', { reason: 'Dr P has seen it' })).phase).toBe('infusing');
  });

  it('is not stopped for "other" without a word', async () => {
    const { harness, client } = await started();
    const { id } = sessionOf(harness);
    const stop = { sessionId: id, from: 'infusing', cause: 'other', by: 'N' } as const;
    await expect(client.call('infusion.stop', stop)).rejects.toMatchObject(
      refusal('say why', 'invalid-params'),
    );
    expect(sessionOf(harness).phase).toBe('infusing');
  });

  it('stays as it was when the disk refuses the entry, and says so', async () => {
    const clock = fakeClock();
    const { live, synthetic } = memoryDatabases(clock);
    let isFull = false;
    const appendEvents: typeof live.appendEvents = (events) => {
      if (isFull) throw new StorageError('disk-full', 'the disk is full');
      live.appendEvents(events);
    };
    const harness = await startHarness({ clock, databases: { live: { ...live, appendEvents }, synthetic } });
    const client = harness.window();
    await startVisit(harness, client);
    const before = sessionOf(harness).visit;
    isFull = true;
    await expect(rate(harness, client, 27)).rejects.toMatchObject({ code: 'storage-failed' });
    // The timetable goes on meanwhile; what the station itself notes waits once, not once a second.
    await harness.clock.advance(20_000);
    expect(sessionOf(harness).visit).toEqual(before);
    isFull = false;
    await harness.clock.advance(2000);
    expect((await rate(harness, client, 27)).visit.dose?.rateMlPerH).toBe(27);
  });

  it('does not take ten times its rate without a reason, and a physician, that name it', async () => {
    const { harness, client } = await started();
    await expect(rate(harness, client, 540)).rejects.toMatchObject(refusal('is the decimal point right?'));
    expect(sessionOf(harness).visit.dose?.rateMlPerH).toBe(54);
  });

  it('is stopped with its cause and the pump’s own figure, and goes to recovery', async () => {
    const { harness, client } = await started();
    await harness.clock.advance(20 * MINUTE);
    const { id } = sessionOf(harness);
    const session = await client.call('infusion.stop', {
      sessionId: id,
      from: 'infusing',
      cause: 'blood-pressure',
      pumpVolumeMl: 17.9,
      by: 'Nurse N',
    });
    expect(session.phase).toBe('recovery');
    expect(session.visit.dose?.stopped).toMatchObject({ cause: 'blood-pressure', pumpVolumeMl: 17.9 });
    await harness.clock.advance(20 * MINUTE);
    expect(given(harness)).toBeCloseTo(18, 1);
  });

  it('stopped in an emergency keeps the patient watched; the abort ends the record later', async () => {
    const { harness, client } = await started();
    const { id } = sessionOf(harness);
    await client.call('infusion.stop', {
      sessionId: id,
      from: 'infusing',
      cause: 'emergency',
      by: 'Nurse N',
    });
    harness.say('MDC_ECG_HEART_RATE=30;MDC_PULS_OXIM_SAT_O2=80;MDC_RESP_RATE=4');
    await harness.clock.advance(20_000);
    harness.say('MDC_ECG_HEART_RATE=30;MDC_PULS_OXIM_SAT_O2=80;MDC_RESP_RATE=4');
    await harness.clock.advance(1000);
    expect(harness.station.view().chairs[0]?.alarms.alarms.length).toBeGreaterThan(0);
    const ended = await move(harness, client, 'aborted', { reason: 'Ambulance took over' });
    expect(ended.phase).toBe('aborted');
  });
});

describe('two nurses at two windows', () => {
  it('do not both change the rate: the second is told what the first did, and nothing is doubled', async () => {
    const { harness, client } = await started();
    const other = harness.window();
    const seenSequence = sessionOf(harness).sequence;
    await rate(harness, client, 27, { seenSequence });
    await expect(rate(harness, other, 27, { seenSequence, by: 'Nurse M' })).rejects.toMatchObject(
      refusal('Meanwhile somebody entered: rate 54 → 27 mL/h', 'conflict'),
    );
    expect(sessionOf(harness).visit.dose?.changes).toHaveLength(1);
  });

  it('do not both give the same drug, nor one after the other has paused', async () => {
    const { harness, client } = await started();
    const other = harness.window();
    const seenSequence = sessionOf(harness).sequence;
    const give = (from: StationClient, by: string) =>
      from.call('drug.give', {
        sessionId: sessionOf(harness).id,
        seenSequence,
        name: 'Ondansetron',
        amount: 4,
        unit: 'mg',
        route: 'IV',
        by,
      });
    await give(client, 'Nurse N');
    await expect(give(other, 'Nurse M')).rejects.toMatchObject(refusal('Ondansetron 4 mg IV', 'conflict'));
    expect(sessionOf(harness).visit.drugs).toHaveLength(1);
    const before = sessionOf(harness).sequence;
    await move(harness, client, 'paused');
    await expect(rate(harness, other, 30, { seenSequence: before })).rejects.toMatchObject(
      refusal('Infusing → Paused', 'conflict'),
    );
  });

  it('are not held up by alarms, scores and notes that came in between', async () => {
    const { harness, client } = await started();
    const seenSequence = sessionOf(harness).sequence;
    const { id } = sessionOf(harness);
    await client.call('score.record', {
      sessionId: id,
      scale: 'nausea',
      draft: { kind: 'value', value: 2 },
      by: 'N',
    });
    await client.call('session.note', { sessionId: id, kind: 'note', text: 'Calm', corrects: null, by: 'N' });
    expect((await rate(harness, client, 27, { seenSequence })).visit.dose?.rateMlPerH).toBe(27);
  });

  it('enter the same score once, and another score, or the same one later, as often as they see it', async () => {
    const { harness, client } = await started();
    const { id } = sessionOf(harness);
    const enter = (value: number, by: string) =>
      client.call('score.record', { sessionId: id, scale: 'nausea', draft: { kind: 'value', value }, by });
    await enter(3, 'Nurse N');
    await expect(enter(3, 'Nurse M')).rejects.toMatchObject(
      refusal('Nausea 3 was entered a moment ago by Nurse N', 'conflict'),
    );
    await enter(4, 'Nurse M');
    await harness.clock.advance(5000);
    await enter(4, 'Nurse M');
    expect(sessionOf(harness).visit.scores.map(({ value }) => value)).toEqual([3, 4, 4]);
  });

  it('note one side effect once', async () => {
    const { harness, client } = await started();
    const { id } = sessionOf(harness);
    const note = (by: string) =>
      client.call('sideEffect.note', { sessionId: id, kind: 'nausea', severity: 'mild', by });
    await note('Nurse N');
    await expect(note('Nurse M')).rejects.toMatchObject(
      refusal('already noted by Nurse N (mild)', 'conflict'),
    );
    expect(sessionOf(harness).visit.sideEffects).toHaveLength(1);
  });

  it('verify a plan that was not changed meanwhile', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openVisit(client);
    await planDose(harness, client);
    const seen = sessionOf(harness).sequence;
    await planDose(harness, client, { draft: { ...DRAFT, durationMs: 50 * MINUTE } });
    const { id } = sessionOf(harness);
    await expect(
      client.call('dose.verify', {
        sessionId: id,
        seenSequence: seen,
        pumpRateMlPerH: 54,
        pumpVolumeMl: 36,
        by: 'Nurse M',
      }),
    ).rejects.toMatchObject(refusal('Meanwhile somebody entered', 'conflict'));
    await expect(verifyDose(harness, client)).rejects.toMatchObject(refusal('one of them is wrong'));
  });
});
