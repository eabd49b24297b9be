import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { StationClient } from '../../../core/api/client.ts';
import type { SendingOverview } from '../../../core/api/sending-views.ts';
import type { SessionId } from '../../../core/ids.ts';
import { sendingId } from '../../../core/sending/sending.ts';
import { parseConfig } from '../../../station/config.ts';
import { type Clinic, registered, STAFF, staffed } from '../../support/clinic.ts';
import { eventually } from '../../support/eventually.ts';
import { CHAIR, type Harness, startHarness } from '../../support/station-harness.ts';
import { plainMaker } from './make.ts';

const PRACTICE = 'practice';
let folder: string;
let harness: Harness;
let clinic: Clinic;
let nurse: StationClient;
let physician: StationClient;
beforeEach(async () => {
  const path = mkdtempSync(join(tmpdir(), 'chairside-station-'));
  folder = path;
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const monitor = { name: 'Toy', family: 'toy', address: { kind: 'tcp', host: 'toy', port: 1 } };
  const config = parseConfig(
    JSON.stringify({
      chairs: [
        { id: CHAIR, name: 'Chair 1', monitors: [{ id: 'toy-1', ...monitor }] },
        {
          id: PRACTICE,
          name: 'Practice',
          monitors: [
            { id: 'toy-2', ...monitor, address: { kind: 'tcp', host: 'toy2', port: 1 }, simulated: true },
          ],
        },
      ],
      destinations: [
        { id: 'archive', kind: 'folder', name: 'Archive', path, formats: ['csv'], send: 'when-signed' },
        { id: 'spare', kind: 'folder', name: 'Spare', path: join(path, 'not-there'), formats: ['csv'] },
      ],
    }),
    'test',
  );
  harness = await startHarness({ config, recordMaker: plainMaker() });
  onTestFinished(() => harness.station.stop());
  clinic = await staffed(harness);
  nurse = await clinic.at('nurse');
  physician = await clinic.at('physician');
});

const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof Error ? error.message : 'bug'),
  );
/** A visit that is over before it began, on the real or the practice chair. */
const visit = async (chairId: typeof CHAIR = CHAIR): Promise<SessionId> => {
  const patient = await registered(
    nurse,
    { mrn: null, birthDate: `19${60 + (Math.floor(harness.clock.now().mono / 1000) % 30)}-01-01` },
    chairId === CHAIR ? 'live' : 'simulated',
  );
  const { id } = await nurse.call('session.open', {
    chairId,
    patientId: patient.id,
    indication: 'Depression',
    plannedInfusionMs: 40 * 60_000,
    plannedRecoveryMs: 30 * 60_000,
    by: 'x',
  });
  await nurse.call('session.move', {
    sessionId: id,
    from: 'intake',
    to: 'cancelled',
    reason: 'test',
    by: 'x',
  });
  return id;
};
const sign = async (sessionId: SessionId): Promise<void> => {
  await nurse.call('record.sign', { sessionId, meaning: 'infusion-nurse', secret: STAFF.nurse.secret });
  await physician.call('record.sign', {
    sessionId,
    meaning: 'reviewed-by-physician',
    secret: STAFF.physician.secret,
  });
};
const rows = async (sessionId: SessionId) => (await nurse.call('sending.list', { sessionId })).sendings;
/** Heartbeats pass until `check` holds. */
const untilBeats = (check: () => Promise<void> | void): Promise<void> =>
  eventually(async () => {
    await harness.clock.advance(1000);
    await check();
  });

describe('a station with destinations', () => {
  it('hands a record on by itself once it is signed, and again after an addendum, and says so to every window', async () => {
    const told: SendingOverview[] = [];
    nurse.on('sending', (overview) => told.push(overview));
    await harness.clock.advance(2000);
    const id = await visit();
    await harness.clock.advance(3000);
    expect(await rows(id)).toEqual([]);
    await sign(id);
    await untilBeats(async () =>
      expect(await rows(id)).toMatchObject([{ destination: 'archive', state: 'sent', isNewest: true }]),
    );
    expect(readFileSync(join(folder, `chairside-${id}.csv`), 'utf8')).toContain(', live, ');
    await nurse.call('record.addendum', { sessionId: id, text: 'Called: well.', secret: STAFF.nurse.secret });
    await untilBeats(async () =>
      expect(await rows(id)).toMatchObject([
        { state: 'sent', isNewest: true },
        { state: 'sent', isNewest: false },
      ]),
    );
    expect(readdirSync(folder)).toEqual([`chairside-${id}.csv`]);
    expect(told.at(-1)).toMatchObject({ isConfigured: true, waiting: 0, failed: 0 });
    expect((await nurse.call('station.snapshot', {})).sending).toMatchObject({ waiting: 0 });
    const patientId = harness.databases.live.sending.opening(id)?.patientId;
    if (typeof patientId !== 'string') throw new Error('no patient of the register');
    const lines = await physician.call('patient.audit', { register: 'live', patientId });
    expect(lines.filter(({ what }) => what.includes('handed on to Archive'))).toMatchObject([
      { by: 'station' },
      { by: 'station' },
    ]);
    const steps = harness.databases.live
      .stationEvents(50)
      .flatMap(({ body, by }) => (body.type === 'sending' ? [[body.step, by]] : []));
    expect(steps).toEqual([
      ['sent', 'station'],
      ['queued', 'station'],
      ['sent', 'station'],
      ['queued', 'station'],
    ]);
  });

  it('asks a second time before what is simulated or not signed leaves, and marks it', async () => {
    await harness.clock.advance(2000);
    const id = await visit(PRACTICE as typeof CHAIR);
    const { doubts } = await nurse.call('sending.list', { sessionId: id });
    expect(doubts).toMatchObject([
      expect.stringContaining('SIMULATED'),
      expect.stringContaining('No physician'),
    ]);
    const asked = { sessionId: id, destination: 'archive', by: 'x' };
    expect(await refusal(nurse.call('sending.send', asked))).toContain('Say a second time');
    await sign(id);
    await harness.clock.advance(5000);
    expect(await rows(id)).toEqual([]);
    expect(await refusal(nurse.call('sending.send', asked))).toContain('SIMULATED');
    expect(await nurse.call('sending.send', { ...asked, confirmed: true })).toMatchObject({
      state: 'queued',
      queuedBy: STAFF.nurse.name,
      origin: 'simulated',
    });
    await untilBeats(() => expect(readdirSync(folder)).toEqual([`NOT-LIVE-chairside-${id}.csv`]));
    expect(harness.databases.live.sending.ofSession(id)).toEqual([]);
  });

  it('does not hand on an open visit, to a place it does not know, or the same record twice', async () => {
    await harness.clock.advance(2000);
    const open = await nurse.call('session.open', {
      chairId: CHAIR,
      patientInitials: 'AB',
      indication: 'x',
      plannedInfusionMs: 3_600_000,
      plannedRecoveryMs: 1_800_000,
      by: 'x',
    });
    const send = (sessionId: SessionId, destination = 'archive') =>
      refusal(nurse.call('sending.send', { sessionId, destination, confirmed: true, by: 'x' }));
    expect(await send(open.id)).toContain('not over yet');
    expect((await nurse.call('sending.list', { sessionId: open.id })).objection).toContain('not over yet');
    await nurse.call('session.move', {
      sessionId: open.id,
      from: 'intake',
      to: 'cancelled',
      reason: 'x',
      by: 'x',
    });
    expect(await send(open.id, 'nowhere')).toContain('no destination "nowhere"');
    expect(await send(open.id)).toBe('done');
    await untilBeats(async () => expect(await rows(open.id)).toMatchObject([{ state: 'sent' }]));
    expect(await send(open.id)).toContain('handed on already');
    expect(
      await refusal(nurse.call('sending.cancel', { sendingId: sendingId('live-1'), by: 'x' })),
    ).toContain('already');
    expect(await refusal(nurse.call('sending.retry', { sendingId: sendingId('live-9'), by: 'x' }))).toContain(
      'no such',
    );
  });

  it('says why nothing leaves, tries again on a person’s word, and stops on it', async () => {
    await harness.clock.advance(2000);
    const id = await visit();
    const sent = await nurse.call('sending.send', {
      sessionId: id,
      destination: 'spare',
      confirmed: true,
      by: 'x',
    });
    await untilBeats(async () => {
      const { destinations } = await nurse.call('sending.list', {});
      expect(destinations[1]?.held?.problem).toContain('mount or create');
    });
    await untilBeats(async () => expect((await rows(id))[0]?.attempts).toBeGreaterThanOrEqual(1));
    const [before] = await rows(id);
    await nurse.call('sending.retry', { sendingId: sent.id, by: 'x' });
    await untilBeats(async () =>
      expect((await rows(id))[0]?.attempts).toBeGreaterThan(before?.attempts ?? 0),
    );
    await nurse.call('sending.cancel', { sendingId: sent.id, by: 'x' });
    expect(await rows(id)).toMatchObject([
      { state: 'cancelled', problem: expect.stringContaining(`Stopped by ${STAFF.nurse.name}`) },
    ]);
    await harness.clock.advance(3_600_000);
    expect(harness.databases.live.sending.ofSession(id)).toMatchObject([{ state: 'cancelled' }]);
  });

  it('tells an engineer how sending stands and never whose record it is', async () => {
    await harness.clock.advance(2000);
    const id = await visit();
    writeFileSync(join(folder, `chairside-${id}.csv`), 'somebody else’s');
    await sign(id);
    await untilBeats(async () => expect(await rows(id)).toMatchObject([{ state: 'failed' }]));
    const engineer = await clinic.at('engineer');
    const seen = await engineer.call('sending.list', {});
    expect(seen.sendings).toMatchObject([{ state: 'failed', patientInitials: '•••', problem: '•••' }]);
    const before = harness.station.view().sending;
    expect(before).toMatchObject({ failed: 1 });
    expect(
      await refusal(
        engineer.call('sending.send', { sessionId: id, destination: 'spare', confirmed: true, by: 'x' }),
      ),
    ).toContain('Only a nurse');
  });
});
