import { beforeEach, describe, expect, it } from 'vitest';
import type { StationClient } from '../../../core/api/client.ts';
import { eventId, type SessionId } from '../../../core/ids.ts';
import { foldSignOff } from '../../../core/record/sign-off.ts';
import { StorageError } from '../../../db/open.ts';
import { type Clinic, registered, STAFF, staffed } from '../../support/clinic.ts';
import { CHAIR, cuff, type Harness, startHarness, WELL } from '../../support/station-harness.ts';

let harness: Harness;
let clinic: Clinic;
let nurse: StationClient;
let physician: StationClient;
let sessionId: SessionId;
beforeEach(async () => {
  harness = await startHarness();
  clinic = await staffed(harness);
  nurse = await clinic.at('nurse');
  physician = await clinic.at('physician');
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
  const move = (from: 'intake' | 'baseline' | 'infusing', to: 'baseline' | 'infusing' | 'aborted') =>
    nurse.call('session.move', { sessionId, from, to, reason: 'as planned', by: 'x' });
  await move('intake', 'baseline');
  harness.say(`${WELL};${cuff(124, 78)}`);
  await move('baseline', 'infusing');
  for (let seconds = 0; seconds < 20; seconds += 1) {
    harness.say(WELL);
    await harness.clock.advance(1000);
  }
  await move('infusing', 'aborted');
});

const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof Error ? error.message : 'bug'),
  );
const close = (secret: string = STAFF.nurse.secret) =>
  nurse.call('record.sign', { sessionId, meaning: 'infusion-nurse', secret });
const sign = (remark: string | null = null, secret: string = STAFF.physician.secret) =>
  physician.call('record.sign', { sessionId, meaning: 'reviewed-by-physician', secret, remark });
const events = () => harness.databases.live.eventsOf(sessionId);

describe('a record', () => {
  it('is closed by the nurse, then signed by the physician, each with their secret entered anew', async () => {
    expect(await physician.call('record.worklist', {})).toMatchObject([
      { sessionId, waitsFor: 'nurse', patientName: 'Zebrowska, Quintessa' },
    ]);
    expect(await refusal(close('0000'))).toContain('Wrong');
    expect((await close()).state).toBe('waits-for-physician');
    expect(await physician.call('record.worklist', {})).toMatchObject([{ sessionId, waitsFor: 'physician' }]);
    const signed = await sign();
    expect(signed).toMatchObject({
      state: 'signed',
      signatures: [
        { meaning: 'infusion-nurse', signer: { name: STAFF.nurse.name, role: 'nurse' } },
        { meaning: 'reviewed-by-physician', signer: { name: STAFF.physician.name, role: 'physician' } },
      ],
    });
    expect(await physician.call('record.worklist', {})).toEqual([]);
    const [, last] = signed.signatures;
    expect(last?.record).toMatchObject({ frames: 21, readings: 1, sequence: events().length - 1 });
    expect(harness.databases.live.verify()).toMatchObject({ ok: true, signatures: 2 });
  });

  it('is not signed before the visit is over, by the wrong role, twice, or without the nurse unless a reason is given', async () => {
    expect(
      await refusal(physician.call('record.sign', { sessionId, meaning: 'infusion-nurse', secret: '7391' })),
    ).toContain('Only a nurse');
    expect(await refusal(sign())).toContain('has not closed');
    await close();
    expect(await refusal(close())).toContain('closed this record already');
    await sign();
    expect(await refusal(sign())).toContain('signed already');
    const open = await nurse.call('session.open', {
      chairId: CHAIR,
      patientInitials: 'AB',
      indication: 'x',
      plannedInfusionMs: 3_600_000,
      plannedRecoveryMs: 1_800_000,
      by: 'x',
    });
    const early = nurse.call('record.sign', {
      sessionId: open.id,
      meaning: 'infusion-nurse',
      secret: STAFF.nurse.secret,
    });
    expect(await refusal(early)).toContain('not over yet');
  });

  it('that the physician signs alone says why', async () => {
    const { signatures } = await sign('no nurse on duty');
    expect(signatures).toMatchObject([{ meaning: 'reviewed-by-physician', remark: 'no nurse on duty' }]);
  });

  it('that two physicians sign at the same moment is signed once', async () => {
    await close();
    const answers = await Promise.all([refusal(sign()), refusal(sign())]);
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
    expect(foldSignOff(events()).signatures).toHaveLength(2);
  });

  it('takes addenda after the signature, and nothing else, not even from the station itself', async () => {
    await close();
    await sign();
    const head = events().length;
    const state = await nurse.call('record.addendum', {
      sessionId,
      text: 'Called: well.',
      secret: STAFF.nurse.secret,
    });
    expect(state).toMatchObject({ state: 'signed', addenda: 1 });
    expect(events().at(-1)).toMatchObject({
      by: STAFF.nurse.name,
      body: { type: 'addendum-added', text: 'Called: well.', afterSignature: true },
    });
    const note = { sessionId, kind: 'note' as const, text: 'x', corrects: null, by: 'x' };
    expect(await refusal(nurse.call('session.note', note))).not.toBe('done');
    const past = () =>
      harness.databases.live.appendEvents([
        {
          id: eventId('past-the-door'),
          sessionId,
          sequence: head + 2,
          at: harness.clock.now(),
          by: 'station',
          body: { type: 'note-added', kind: 'note', text: 'x', corrects: null },
        },
      ]);
    expect(past).toThrow(StorageError);
    expect(past).toThrow('takes addenda only');
    expect(harness.databases.live.verify().ok).toBe(true);
  });

  it('takes late entries before it is signed, and says that they are', async () => {
    await nurse.call('record.addendum', {
      sessionId,
      text: 'forgot: cuff moved',
      secret: STAFF.nurse.secret,
    });
    expect(events().at(-1)?.body).toMatchObject({ type: 'addendum-added', afterSignature: false });
    await close();
    await sign();
    expect(harness.databases.live.verify().ok).toBe(true);
  });
});
