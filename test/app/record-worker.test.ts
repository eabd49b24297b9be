import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { recordMakerHere, recordMakerInWorker } from '../../app/record-makers.ts';
import { RECORD_WORKER_SOURCE } from '../../app/record-worker-place.ts';
import { sessionId } from '../../core/ids.ts';
import { EXPORT_FORMATS } from '../../exports/exporter.ts';
import type { FileWanted, MakingJob, RecordMaker } from '../../station/making/job.ts';
import { event, note, opened, openSession, SESSION, temporaryFolder } from '../db/samples.ts';
import { EXAMPLE_NOW, richInput } from '../support/example-document.ts';
import { fakeClock } from '../support/fake-clock.ts';

const VERSION = '0.0.0-test';

/** Locks of any process on this file, as Linux lists them (proc_locks(5): the inode is the last part of the id). */
const locksOn = (path: string): readonly string[] => {
  const inode = `:${statSync(path).ino} `;
  return readFileSync('/proc/locks', 'utf8')
    .split('\n')
    .filter((line) => line.includes(inode))
    .map((line) => line.replace(/^\d+: /, ''));
};

const inWorker = (): RecordMaker => {
  const silent = () => undefined;
  const maker = recordMakerInWorker(VERSION, RECORD_WORKER_SOURCE, {
    clock: fakeClock(),
    log: { info: silent, warn: silent, error: silent },
  });
  onTestFinished(maker.stop);
  return maker;
};

const job = (part: Partial<MakingJob> = {}): MakingJob => ({
  sessionId: SESSION,
  writtenAt: EXAMPLE_NOW,
  withNames: true,
  options: { flowsheetMs: 60_000, timeZone: 'Europe/Berlin' },
  files: [{ kind: 'file', format: 'json' }],
  ...part,
});

it('makes in its own thread the same bytes as in this one, of every format, with names and without', async () => {
  const db = opened(join(temporaryFolder(), 'simulated.db'), 'simulated');
  const { events, frames } = richInput();
  const [first] = events;
  if (first === undefined) throw new Error('the example is empty');
  const { sessionId: id } = first;
  db.importSession(
    events,
    frames.map(({ monitorId, at, observations }) => ({ sessionId: id, monitorId, at, values: observations })),
  );
  const files: FileWanted[] = [
    ...EXPORT_FORMATS.map((format) => ({ kind: 'file', format }) as const),
    { kind: 'fhir-transaction', mrnSystem: 'urn:mrn', withPdf: true },
  ];
  const [here, there] = [recordMakerHere(VERSION), inWorker()];
  for (const withNames of [true, false]) {
    const wanted = job({ sessionId: id, withNames, files });
    const [one, other] = [await here.make(db, wanted), await there.make(db, wanted)];
    expect(other.headHash).toBe(db.headOf(id)?.hash);
    expect(other.files.map(({ sha256 }) => sha256)).toEqual(one.files.map(({ sha256 }) => sha256));
    expect(other.files.map(({ bytes }) => bytes.length)).toEqual(one.files.map(({ bytes }) => bytes.length));
    expect(other).toMatchObject({ ...one, files: one.files.map(({ bytes: _bytes, ...facts }) => facts) });
    expect(other.files.at(-1)?.entries).toBeGreaterThan(10);
  }
});

it('reads what the station has just written', async () => {
  const db = opened(join(temporaryFolder(), 'chairside.db'));
  openSession(db, SESSION, []);
  const maker = inWorker();
  const before = await maker.make(db, job());
  db.appendEvents([event(2, note('later'))]);
  expect((await maker.make(db, job())).headHash).toBe(db.headOf(SESSION)?.hash);
  expect(before.headHash).not.toBe(db.headOf(SESSION)?.hash);
});

it.skipIf(process.platform !== 'linux')('leaves the station the locks of its database', async () => {
  const path = join(temporaryFolder(), 'chairside.db');
  const db = opened(path);
  openSession(db, SESSION, []);
  const before = locksOn(path);
  expect(before).toHaveLength(1);
  await inWorker().make(db, job());
  expect(locksOn(path)).toEqual(before);
});

it('says of an unknown session and of a database that is not there what is wrong', async () => {
  const db = opened(join(temporaryFolder(), 'chairside.db'));
  const maker = inWorker();
  await expect(maker.make(db, job({ sessionId: sessionId('none') }))).rejects.toMatchObject({
    code: 'failed',
  });
  await expect(maker.make({ ...db, path: `${db.path}.not` }, job())).rejects.toMatchObject({
    name: 'StorageError',
    code: 'io',
  });
});
