import { beforeEach, describe, expect, it } from 'vitest';
import type { CallError, StationClient } from '../../core/api/client.ts';
import type { ExportView } from '../../core/api/export-commands.ts';
import type { PatientId, SessionId } from '../../core/ids.ts';
import { patientSubject } from '../../core/registry/events.ts';
import { StorageError } from '../../db/open.ts';
import { type Clinic, registered, STAFF, staffed } from '../support/clinic.ts';
import { CHAIR, type Harness, startHarness, WELL } from '../support/station-harness.ts';

let harness: Harness;
let clinic: Clinic;
let nurse: StationClient;
let sessionId: SessionId;
let patientId: PatientId;

/** Open for two minutes with values, and a note full of names. */
beforeEach(async () => {
  harness = await startHarness();
  clinic = await staffed(harness);
  nurse = await clinic.at('nurse');
  const patient = await registered(nurse);
  patientId = patient.id;
  const session = await nurse.call('session.open', {
    chairId: CHAIR,
    patientId,
    indication: 'Depression',
    plannedInfusionMs: 40 * 60_000,
    plannedRecoveryMs: 30 * 60_000,
    by: 'x',
  });
  sessionId = session.id;
  await nurse.call('session.note', { sessionId, kind: 'note', text: 'Noteworthy', corrects: null, by: 'x' });
  for (let second = 0; second < 30; second += 1) {
    harness.say(WELL);
    await harness.clock.advance(1000);
  }
});

const exported = (client: StationClient, format: 'csv' | 'json' = 'json', by = 'x') =>
  client.call('session.export', { sessionId, format, flowsheetMs: null, timeZone: 'UTC', by });
const fetched = async (client: StationClient, { exportId, parts }: ExportView): Promise<string> => {
  const pieces: Buffer[] = [];
  for (let part = 0; part < parts; part += 1) {
    const { base64 } = await client.call('session.exportPart', { exportId, part });
    pieces.push(Buffer.from(base64, 'base64'));
  }
  return Buffer.concat(pieces).toString('utf8');
};
const code = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: CallError) => error.code,
  );
const looks = () =>
  harness.databases.live.registry
    .about(patientSubject(patientId), 20)
    .filter(({ body }) => body.type === 'record-exported');

describe('a session handed on to a window', () => {
  it('is the whole file, also what waited for the next batch, under a name that names nobody', async () => {
    harness.say(WELL);
    const view = await exported(nurse);
    const file = JSON.parse(await fetched(nurse, view));
    expect(view.fileName).toMatch(/^chairside-\d{4}-\d\d-\d\d-[A-Za-z0-9]+\.json$/);
    expect(file.session.patient.name).toBe('Zebrowska, Quintessa');
    expect(file.events).toHaveLength(harness.databases.live.eventsOf(sessionId).length);
    expect(file.frames.length).toBeGreaterThanOrEqual(31);
  });

  it('is written into the record of access with the name of who is signed in', async () => {
    await exported(nurse, 'csv', 'somebody else');
    expect(looks()).toMatchObject([
      { by: STAFF.nurse.name, body: { format: 'csv', withNames: true, sessionId, patientId } },
    ]);
    const physician = await clinic.at('physician');
    const audit = await physician.call('patient.audit', { register: 'live', patientId });
    expect(audit[0]).toMatchObject({ by: STAFF.nurse.name, what: 'Handed on as CSV' });
  });

  it('is not handed on when that cannot be written down', async () => {
    const { registry } = harness.databases.live;
    Object.assign(registry, {
      append: () => {
        throw new StorageError('disk-full', 'the disk is full');
      },
    });
    expect(await code(exported(nurse))).toBe('storage-failed');
  });

  it.each(['csv', 'json'] as const)(
    'has no names and nobody’s words in it for an engineer, as %s',
    async (format) => {
      const engineer = await clinic.at('engineer');
      const view = await exported(engineer, format);
      const text = await fetched(engineer, view);
      expect(view.withNames).toBe(false);
      for (const word of [
        'Zebrowska',
        'Quintessa',
        'Q.Z.',
        '774310',
        '1961-07-09',
        'Penicillin',
        'Noteworthy',
      ]) {
        expect(text).not.toContain(word);
      }
      expect(text).toContain('MDC_PULS_OXIM_SAT_O2');
      expect(text).toContain('were left out for who asked');
      expect(looks()).toMatchObject([{ body: { withNames: false } }]);
    },
  );

  it('is refused where nobody signed in, and in emergency access', async () => {
    const window = harness.window();
    expect(await code(exported(window))).toBe('sign-in-needed');
    await window.call('auth.emergency', { name: 'Somebody' });
    expect(await code(exported(window))).toBe('sign-in-needed');
    expect(looks()).toEqual([]);
  });

  it('is given to nobody else who comes to the window', async () => {
    const view = await exported(nurse);
    await clinic.signIn(nurse, 'engineer');
    expect(await code(fetched(nurse, view))).toBe('not-found');
    const other = await clinic.at('nurse');
    expect(await code(fetched(other, view))).toBe('not-found');
  });

  it('is let go after its last part', async () => {
    const view = await exported(nurse);
    await fetched(nurse, view);
    expect(await code(fetched(nurse, view))).toBe('not-found');
  });

  it('of an unknown session or zone is refused', async () => {
    expect(
      await code(nurse.call('session.export', { sessionId: 'no' as SessionId, format: 'csv', by: 'x' })),
    ).toBe('not-found');
    expect(
      await code(nurse.call('session.export', { sessionId, format: 'csv', timeZone: 'Mars', by: 'x' })),
    ).toBe('invalid-params');
  });
});
