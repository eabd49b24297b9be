import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallError, StationClient } from '../../core/api/client.ts';
import { flagsOf, type SessionFlag } from '../../core/finding/session-facts.ts';
import { sessionId as asSessionId, eventId, type SessionId } from '../../core/ids.ts';
import { HIDDEN } from '../../core/people/mask-words.ts';
import { type Clinic, registered, STAFF, staffed } from '../support/clinic.ts';
import { CHAIR, cuff, type Harness, startHarness, WELL } from '../support/station-harness.ts';

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
const flagged = (flag: SessionFlag) => nurse.call('sessions.find', { flags: [flag] });
const flags = async () => (await nurse.call('sessions.find', {})).found.map(flagsOf);
/** Asks until nothing is behind, as a window does. */
const lookedThrough = async (flag: SessionFlag) =>
  vi.waitFor(async () => {
    const answer = await flagged(flag);
    expect(answer.pending).toBe(0);
    return answer;
  });

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
});

describe('finding sessions at the station', () => {
  it('knows an open session up to its last entry, without its numbers', async () => {
    await move('baseline', 'infusing');
    const { found, total, pending, unreadable } = await nurse.call('sessions.find', {});
    expect({ total, pending, unreadable }).toEqual({ total: 1, pending: 0, unreadable: 0 });
    expect(found).toMatchObject([{ id: sessionId, phase: 'infusing', numbers: null, initials: 'Q.Z.' }]);
    expect(found[0]?.sequence).toBe(harness.databases.live.headOf(sessionId)?.sequence);
  });

  it('finds a blood-pressure spike as soon as its alarm was raised', async () => {
    await move('baseline', 'infusing');
    expect((await flagged('bp-spike')).total).toBe(0);
    harness.say(`${WELL};${cuff(216, 124)}`);
    await seconds(5, WELL);
    expect(await flags()).toEqual([['bp-spike']]);
    expect((await flagged('bp-spike')).found.map(({ id }) => id)).toEqual([sessionId]);
  });

  it('finds an infusion that was begun without a vital', async () => {
    // 70 s without respiration: its last number is too old to count.
    await seconds(70, 'MDC_ECG_HEART_RATE=72;MDC_PULS_OXIM_SAT_O2=98');
    await move('baseline', 'infusing');
    expect((await flagged('override')).total).toBe(1);
  });

  it('finds what is not signed until the physician has signed', async () => {
    await move('baseline', 'infusing');
    await seconds(5, WELL);
    expect((await flagged('unsigned')).total).toBe(0);
    await move('infusing', 'aborted');
    expect((await flagged('unsigned')).total).toBe(1);
    await nurse.call('record.sign', { sessionId, meaning: 'infusion-nurse', secret: STAFF.nurse.secret });
    expect((await flagged('unsigned')).total).toBe(1);
    const physician = await clinic.at('physician');
    await physician.call('record.sign', {
      sessionId,
      meaning: 'reviewed-by-physician',
      secret: STAFF.physician.secret,
    });
    expect((await flagged('unsigned')).total).toBe(0);
  });

  it('says that a closed session is still to be looked through, and then knows its gap and its peak', async () => {
    await move('baseline', 'infusing');
    await seconds(5, WELL);
    harness.say(cuff(151, 90));
    await seconds(90, 'MDC_ECG_HEART_RATE=72;MDC_RESP_RATE=14');
    await move('infusing', 'aborted');
    const first = await flagged('data-gap');
    expect(first).toMatchObject({ pending: 1, total: 0 });
    const { found } = await lookedThrough('data-gap');
    expect(found).toMatchObject([
      { id: sessionId, numbers: { hasGap: true, peakSystolic: 151, peakRise: 27 } },
    ]);
  });

  it('looks through the numbers again after a person left some out', async () => {
    await move('baseline', 'infusing');
    await seconds(5, WELL);
    harness.say(cuff(151, 90));
    await seconds(5, WELL);
    await move('infusing', 'aborted');
    await lookedThrough('unsigned');
    const { readings } = await nurse.call('review.session', { sessionId });
    const high = readings.find(({ systolic }) => systolic === 151);
    const target = {
      kind: 'reading',
      monitorId: high?.monitorId ?? 'none',
      receivedAt: high?.receivedAt.wall ?? 0,
    } as const;
    await nurse.call('review.exclude', { sessionId, target, reason: 'arm moved', by: 'x' });
    const behind = await flagged('unsigned');
    expect(behind).toMatchObject({ pending: 1, found: [{ numbers: null }] });
    expect((await lookedThrough('unsigned')).found[0]?.numbers?.peakSystolic).not.toBe(151);
  });

  it('finds by name, MRN and time for those who may see names', async () => {
    const find = async (text: string) => (await nurse.call('sessions.findPatient', { text })).total;
    expect(await find('zebr quint')).toBe(1);
    expect(await find('mx 774310')).toBe(1);
    expect(await find('nobody')).toBe(0);
    const { openedAt } = (await nurse.call('sessions.find', {})).found[0] ?? { openedAt: 0 };
    expect((await nurse.call('sessions.find', { from: openedAt })).total).toBe(1);
    expect((await nurse.call('sessions.find', { to: openedAt })).total).toBe(0);
    expect((await nurse.call('sessions.find', { chairId: 'chair-2' })).total).toBe(0);
    expect((await nurse.call('sessions.find', { origin: 'imported' })).total).toBe(0);
  });

  it('shows an engineer what happened and nobody’s name, nor lets one look for it', async () => {
    const engineer = await clinic.at('engineer');
    const answer = await engineer.call('sessions.find', {});
    expect(answer.found).toMatchObject([{ id: sessionId, initials: HIDDEN, patient: null }]);
    expect(JSON.stringify(answer)).not.toMatch(/Zebrowska|Quintessa|774310|1961/);
    const refused = engineer.call('sessions.findPatient', { text: 'zebr' }).then(
      () => 'done',
      (error: CallError) => error.code,
    );
    expect(await refused).toBe('not-allowed');
  });

  it('tells of a record that cannot be read, and still finds the others', async () => {
    const real = harness.databases.live.eventsOf;
    const broken = asSessionId('broken');
    const opening = real(sessionId)[0];
    if (opening === undefined) throw new Error('the record is empty');
    harness.databases.live.appendEvents([{ ...opening, id: eventId('broken-1'), sessionId: broken }]);
    const spy = vi.spyOn(harness.databases.live, 'eventsOf').mockImplementation((id) => {
      if (id === broken) throw new Error('entry 1 is no entry');
      return real(id);
    });
    const answer = await nurse.call('sessions.find', {});
    expect(answer).toMatchObject({ unreadable: 1, pending: 0, found: [{ id: sessionId }] });
    spy.mockRestore();
  });
});
