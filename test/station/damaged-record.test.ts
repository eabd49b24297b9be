/** One damaged record must not take the others with it: not the list, not the worklist, not the start of the station. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SessionId } from '../../core/ids.ts';
import { openDatabase } from '../../db/open.ts';
import type { Log } from '../../station/ports.ts';
import { temporaryFolder } from '../db/samples.ts';
import { tamper } from '../db/tamper.ts';
import { asInput, draft, registered, staffed } from '../support/clinic.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { CHAIR, openSession, startHarness } from '../support/station-harness.ts';

/** A station on files, so that they can be damaged while it is down. */
const onFiles = async (folder: string, clock: FakeClock, log?: Log) => {
  const open = (kind: 'live' | 'simulated') =>
    openDatabase(join(folder, `${kind}.db`), { kind, readClockWall: () => clock.now().wall });
  const databases = { live: open('live'), synthetic: open('simulated') };
  const harness = await startHarness({ clock, databases, ...(log === undefined ? {} : { log }) });
  return {
    ...harness,
    stop: async () => {
      await harness.station.stop();
      databases.live.close();
      databases.synthetic.close();
    },
  };
};

/** What may happen to an entry of the record. */
const DAMAGE = [
  [
    'an opening that says nothing',
    (id: SessionId) => `UPDATE session_event SET body = '{}' WHERE session_id = '${id}' AND sequence = 1`,
  ],
  [
    'a phase that is no JSON',
    (id: SessionId) =>
      `UPDATE session_event SET body = 'x' WHERE session_id = '${id}' AND type = 'phase-changed'`,
  ],
  [
    'an entry that is gone',
    (id: SessionId) => `DELETE FROM session_event WHERE session_id = '${id}' AND sequence = 2`,
  ],
] as const;

describe.each(DAMAGE)('%s', (_, sql) => {
  it('of a closed visit hides no other from lists and worklist, and is named', async () => {
    const folder = temporaryFolder();
    const clock = fakeClock();
    const first = await onFiles(folder, clock);
    const closed: SessionId[] = [];
    for (let each = 0; each < 2; each += 1) {
      const client = first.window();
      const { id } = await openSession(first, client, 'baseline');
      await client.call('session.move', {
        sessionId: id,
        from: 'baseline',
        to: 'cancelled',
        reason: 'Ill',
        by: 'N',
      });
      closed.push(id);
    }
    await first.stop();
    const [bad, good] = closed;
    if (bad === undefined || good === undefined) throw new Error('two sessions');
    tamper(join(folder, 'live.db'), sql(bad));

    await clock.advance(60_000);
    const second = await onFiles(folder, clock);
    const clinic = await staffed(second);
    const nurse = await clinic.at('nurse');
    const list = await nurse.call('sessions.list', {});
    expect(list.sessions.map(({ id }) => id)).toContain(good);
    if (!list.sessions.some(({ id }) => id === bad)) expect(list.damaged).toEqual([bad]);
    expect((await nurse.call('record.worklist', {})).map(({ sessionId }) => sessionId)).toContain(good);
    const registered = await nurse.call('patient.register', {
      register: 'live',
      draft: asInput(draft()),
      by: 'x',
    });
    if (registered.kind !== 'registered') throw new Error('not registered');
    const { patient } = registered;
    expect(await nurse.call('patient.get', { register: 'live', patientId: patient.id })).toMatchObject({
      otherVisits: [],
    });
    await second.stop();
  });

  it('of an open visit does not keep the station from its start; every window is told', async () => {
    const folder = temporaryFolder();
    const clock = fakeClock();
    const first = await onFiles(folder, clock);
    const { id } = await openSession(first, first.window(), 'baseline');
    await first.stop();
    tamper(join(folder, 'live.db'), sql(id));

    await clock.advance(60_000);
    const second = await onFiles(folder, clock);
    expect(second.station.view().strandedSessions).toEqual([
      expect.objectContaining({ sessionId: id, reason: expect.stringContaining('damaged') }),
    ]);
    // The chair is free for the patient who sits there.
    const client = second.window();
    await openSession(second, client, 'baseline');
    expect(second.station.view().chairs.find((chair) => chair.id === CHAIR)?.session?.phase).toBe('baseline');
    await second.stop();
  });
});

it('the log and the answer to a window quote nothing of a damaged entry: it may hold a name', async () => {
  const folder = temporaryFolder();
  const clock = fakeClock();
  const first = await onFiles(folder, clock);
  const { id } = await openSession(first, first.window(), 'baseline');
  await first.stop();
  tamper(
    join(folder, 'live.db'),
    `UPDATE session_event SET body = '{"text":Zebrowska}' WHERE session_id = '${id}' AND sequence = 3`,
  );
  await clock.advance(60_000);
  const lines: string[] = [];
  const keep = (message: string, facts?: object): void => {
    lines.push(JSON.stringify([message, facts]));
  };
  const second = await onFiles(folder, clock, { info: keep, warn: keep, error: keep });
  const asked = second.window().call('history.events', { sessionId: id });
  await expect(asked).rejects.toMatchObject({ message: expect.stringContaining('damaged') });
  await second.window().call('sessions.find', {});
  expect(lines.join()).toContain(id);
  expect(lines.join()).not.toContain('Zebrowska');
  await second.stop();
});

it('a patient with a damaged visit can still be looked up, and told what is missing; no course counts without it', async () => {
  const folder = temporaryFolder();
  const clock = fakeClock();
  const first = await onFiles(folder, clock);
  const client = first.window();
  const patient = await registered(client);
  const ref = { register: 'live', patientId: patient.id } as const;
  const { course } = await client.call('course.open', {
    ...ref,
    templateId: 'depression',
    plannedVisits: 6,
    note: null,
    by: 'N',
  });
  const whose = {
    chairId: CHAIR,
    indication: 'Depression',
    plannedInfusionMs: 40 * 60_000,
    plannedRecoveryMs: 30 * 60_000,
    patientId: patient.id,
    by: 'N',
  };
  const { id } = await client.call('session.open', { ...whose, courseId: course.id });
  await client.call('session.move', {
    sessionId: id,
    from: 'intake',
    to: 'cancelled',
    reason: 'Ill',
    by: 'N',
  });
  await first.stop();
  tamper(join(folder, 'live.db'), `DELETE FROM session_event WHERE session_id = '${id}' AND sequence = 2`);
  await clock.advance(60_000);
  const second = await onFiles(folder, clock);
  const window = second.window();
  expect(await window.call('patient.get', ref)).toMatchObject({
    patient: { allergies: ['Penicillin'] },
    unreadable: [id],
  });
  await expect(window.call('session.open', { ...whose, courseId: course.id })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('without its course'),
  });
  expect(await window.call('session.open', whose)).toMatchObject({ phase: 'intake' });
  // What was written is answered as written.
  const changed = { register: 'live', courseId: course.id, plannedVisits: 5, note: null, by: 'N' } as const;
  expect(await window.call('course.change', changed)).toMatchObject({ course: { plannedVisits: 5 } });
  await second.stop();
});
