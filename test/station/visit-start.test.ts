/** The start of a visit by a protocol: the checklist, who may leave an item out, and what the record keeps of it. */
import { describe, expect, it } from 'vitest';
import { CHAIR, cuff, openSession, startHarness, WELL } from '../support/station-harness.ts';
import {
  answerAll,
  move,
  openVisit,
  PHYSICIAN,
  planDose,
  readyToStart,
  SECOND,
  sessionOf,
  verifyDose,
} from '../support/visit.ts';

const refusal = (words: string) => ({ code: 'not-allowed', message: expect.stringContaining(words) });

describe('a visit by a protocol', () => {
  it('keeps the protocol whole in its record, and that nobody approved it', async () => {
    const harness = await startHarness();
    const session = await openVisit(harness.window());
    expect(session.visit.protocol?.name).toBe('Depression');
    expect(session.visit.protocolApproval).toEqual({ state: 'not-approved' });
  });

  it('starts without a word when everything is in order', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await readyToStart(harness, client);
    expect(harness.station.view().chairs[0]?.visit?.startObjections).toEqual([]);
    const session = await move(harness, client, 'infusing');
    expect(session).toMatchObject({ phase: 'infusing', baseline: { systolic: 124, readings: 2 } });
    expect(session.visit.dose?.segments).toHaveLength(1);
  });

  it('takes no reading into the baseline that a person left out as an artefact, also after a restart', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await readyToStart(harness, client);
    const { id } = sessionOf(harness);
    const proposed = (from = harness) => from.station.view().chairs[0]?.visit?.baseline;
    expect(proposed()).toMatchObject({ agreed: true, baseline: { readings: 2 } });
    const [reading] = harness.databases.live.nibpReadings(id);
    if (reading === undefined) throw new Error('no reading');
    const target = {
      kind: 'reading',
      monitorId: reading.monitorId,
      receivedAt: reading.receivedAt.wall,
    } as const;
    const { exclusions } = await client.call('review.exclude', {
      sessionId: id,
      target,
      reason: 'Moved',
      by: 'N',
    });
    expect(proposed()).toMatchObject({ agreed: false, baseline: { readings: 1 } });
    await expect(move(harness, client, 'infusing')).rejects.toMatchObject(refusal('Baseline pressure'));
    await harness.station.stop();
    await harness.clock.advance(1000);
    const second = await startHarness({ clock: harness.clock, databases: harness.databases });
    expect(proposed(second)).toMatchObject({ agreed: false });
    const excluded = exclusions[0]?.id;
    if (excluded === undefined) throw new Error('not left out');
    await second
      .window()
      .call('review.restore', { sessionId: id, excluded, reason: 'It was right', by: 'N' });
    expect(proposed(second)).toMatchObject({ agreed: true });
  });

  it('is measured every half an hour at least, whichever way the interval is set', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openVisit(client);
    const set = (minutes: number) =>
      client.call('session.nibpInterval', { sessionId: id, intervalMs: minutes * 60_000, by: 'N' });
    await expect(set(31)).rejects.toMatchObject({ code: 'invalid-params' });
    expect((await set(30)).visit.cuffIntervals).toEqual({ baseline: 30 * 60_000 });
  });

  it('does not start in silence on a pressure from a quarter of an hour ago', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await readyToStart(harness, client);
    for (let minute = 0; minute < 16; minute += 1) {
      await harness.clock.advance(60_000);
      harness.say(WELL);
    }
    await expect(move(harness, client, 'infusing')).rejects.toMatchObject(
      refusal('Blood pressure arrives: No valid reading now'),
    );
    harness.say(cuff(124, 78));
    await harness.clock.advance(90_000);
    harness.sayWell();
    await harness.clock.advance(1000);
    await move(harness, client, 'infusing');
  });

  it('names every item that is open, and does not start for a reason alone when one is hard', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await readyToStart(harness, client);
    const { id } = sessionOf(harness);
    await client.call('checklist.answer', {
      sessionId: id,
      itemId: 'driver',
      answer: { kind: 'cleared' },
      by: 'N',
    });
    await client.call('checklist.answer', {
      sessionId: id,
      itemId: 'bell',
      answer: { kind: 'cleared' },
      by: 'N',
    });
    await expect(move(harness, client, 'infusing')).rejects.toMatchObject(
      refusal('Driver arranged: Missing: Name, Phone. Call bell within reach: Not confirmed. Give a reason'),
    );
    await expect(move(harness, client, 'infusing', { reason: 'Daughter comes' })).rejects.toMatchObject(
      refusal('name the physician who agrees'),
    );
    expect(sessionOf(harness).phase).toBe('baseline');
  });

  it('starts against a hard item with a reason and a physician, and the record says both', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openVisit(client);
    await move(harness, client, 'baseline');
    await answerAll(harness, client, ['driver']);
    await planDose(harness, client);
    await verifyDose(harness, client);
    harness.say(cuff(124, 78));
    await harness.clock.advance(90_000);
    harness.sayWell();
    const { id } = await move(harness, client, 'infusing', {
      reason: 'Daughter comes at noon',
      authorisations: [PHYSICIAN],
    });
    const bodies = (await client.call('history.events', { sessionId: id })).map(({ body }) => body);
    expect(bodies).toContainEqual({
      type: 'move-authorised',
      to: 'infusing',
      objections: ['Driver arranged: Missing: Name, Phone.'],
      authorisations: [{ name: 'Dr P', role: 'physician', verified: false }],
    });
    expect(bodies.at(-1)).toMatchObject({ type: 'cuff-interval-in-force' });
    expect(bodies.findLast(({ type }) => type === 'phase-changed')).toMatchObject({
      reason: 'Driver arranged: Missing: Name, Phone. Reason: Daughter comes at noon',
    });
  });

  it('is held above the start limit, with the time to measure again, until two people agree', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openVisit(client);
    await move(harness, client, 'baseline');
    await answerAll(harness, client);
    await planDose(harness, client);
    await verifyDose(harness, client);
    harness.say(cuff(186, 104));
    await harness.clock.advance(90_000);
    const last = harness.clock.now();
    harness.say(`MDC_ECG_HEART_RATE=72;MDC_PULS_OXIM_SAT_O2=98;MDC_RESP_RATE=14;${cuff(184, 102)}`);
    await harness.clock.advance(1000);
    const view = harness.station.view().chairs[0]?.visit;
    expect(view?.gate.level).toBe('blocked');
    expect(view?.remeasureAt?.wall).toBe(last.wall + 300_000);
    expect(view?.next).toContainEqual(
      expect.objectContaining({ kind: 'remeasure', dueAt: last.wall + 300_000 }),
    );
    const reason = 'Known hypertension';
    await expect(
      move(harness, client, 'infusing', { reason, authorisations: [PHYSICIAN] }),
    ).rejects.toMatchObject(refusal('name the physician and the second person who agree'));
    const started = await move(harness, client, 'infusing', { reason, authorisations: [PHYSICIAN, SECOND] });
    expect(started.phase).toBe('infusing');
  });

  it('asks for a vital that stopped arriving', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await readyToStart(harness, client);
    await harness.clock.advance(60_000);
    harness.say('MDC_ECG_HEART_RATE=72;MDC_PULS_OXIM_SAT_O2=?;MDC_RESP_RATE=14');
    await expect(move(harness, client, 'infusing')).rejects.toMatchObject(
      refusal('SpO₂ arrives: No valid reading now.'),
    );
  });
});

describe('an item of the checklist', () => {
  it('is left out with a reason; a hard one only with a physician', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openVisit(client);
    const except = (itemId: string, authorisations: readonly (typeof PHYSICIAN)[] = []) =>
      client.call('checklist.except', {
        sessionId: id,
        itemId,
        reason: 'Not possible today',
        authorisations: [...authorisations],
        by: 'Nurse N',
      });
    expect((await except('bell')).visit.checklist.bell?.exception?.reason).toBe('Not possible today');
    await expect(except('consent')).rejects.toMatchObject(
      refusal('"Consent signed" may not be left out by one person'),
    );
    const session = await except('consent', [PHYSICIAN]);
    expect(session.visit.checklist.consent?.exception?.authorisations).toEqual([
      { name: 'Dr P', role: 'physician', verified: false },
    ]);
  });

  it.each([
    ['ticked where it is computed', 'vital-hr', { kind: 'confirmed' }, 'cannot be ticked'],
    ['answered with another kind of answer', 'food', { kind: 'confirmed' }, 'wants "time"'],
    [
      'given a choice it does not have',
      'pregnancy',
      { kind: 'choice', value: 'perhaps' },
      'cannot be chosen',
    ],
    [
      'given a field it does not have',
      'iv',
      { kind: 'fields', values: { colour: 'x' } },
      'no field "colour"',
    ],
  ] as const)('is not %s', async (_, itemId, answer, words) => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openVisit(client);
    await expect(
      client.call('checklist.answer', { sessionId: id, itemId, answer, by: 'Nurse N' }),
    ).rejects.toMatchObject({ code: 'invalid-params', message: expect.stringContaining(words) });
  });

  it('of the discharge is not ticked before the patient is in recovery', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openVisit(client);
    await expect(
      client.call('checklist.answer', {
        sessionId: id,
        itemId: 'escort',
        answer: { kind: 'confirmed' },
        by: 'N',
      }),
    ).rejects.toMatchObject(refusal('is answered in recovery'));
  });

  it('that time alone puts in order is pushed to the windows when its time has come', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openVisit(client);
    const eaten = harness.clock.now().wall - 6 * 3_600_000 + 60_000;
    await client.call('checklist.answer', {
      sessionId: id,
      itemId: 'food',
      answer: { kind: 'time', at: eaten },
      by: 'N',
    });
    const states: string[] = [];
    client.on('chair', ({ visit }) => {
      const state = visit?.checklist.find(({ item }) => item.id === 'food')?.state;
      if (state !== undefined && states.at(-1) !== state) states.push(state);
    });
    await harness.clock.advance(62_000);
    expect(states.at(-1)).toBe('done');
  });
});

describe('an approval of a protocol', () => {
  it('counts for the version that was seen, and is in the next record', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await expect(
      client.call('protocol.approve', { protocolId: 'depression', protocolVersion: 9, by: 'Dr P' }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await client.call('protocol.approve', { protocolId: 'depression', protocolVersion: 1, by: 'Dr P' });
    const approved = (await client.call('protocol.list', {})).filter(
      ({ approval }) => approval.state === 'approved',
    );
    expect(approved.map(({ protocol }) => protocol.id)).toEqual(['depression']);
    expect((await openVisit(client)).visit.protocolApproval).toMatchObject({ state: 'approved', by: 'Dr P' });
    const again = await startHarness({ clock: harness.clock, databases: harness.databases });
    const known = await again.window().call('protocol.list', {});
    expect(known.find(({ protocol }) => protocol.id === 'depression')?.approval).toMatchObject({
      by: 'Dr P',
    });
  });
});

describe('a visit without a protocol', () => {
  it('starts by the plain guards, with no checklist', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const session = await openSession(harness, client, 'infusing');
    expect(session.visit.protocol).toBeNull();
    expect(harness.station.view().chairs.find(({ id }) => id === CHAIR)?.visit?.checklist).toEqual([]);
    await expect(
      client.call('checklist.answer', {
        sessionId: session.id,
        itemId: 'bell',
        answer: { kind: 'confirmed' },
        by: 'N',
      }),
    ).rejects.toMatchObject(refusal('no protocol'));
  });
});
