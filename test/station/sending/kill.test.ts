import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { at, moved, opened, openSession, SESSION, temporaryFolder } from '../../db/samples.ts';
import { startFhirReceiver } from '../../support/fhir-receiver.ts';
import { startMllpReceiver } from '../../support/mllp-receiver.ts';

const MAIN = fileURLToPath(new URL('./sender-main.ts', import.meta.url));

/** A process that hands on what is queued; killed without warning by `kill`, or once it says that all is sent. */
const sender = (path: string, destinations: readonly object[]) => {
  const child = spawn(process.execPath, [MAIN, path, JSON.stringify(destinations)]);
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (text.includes('sent')) child.kill('SIGKILL');
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return {
    kill: () => child.kill('SIGKILL'),
    ended: once(child, 'close').then(() => words),
  };
};

const queued = (destination: string): string => {
  const path = join(temporaryFolder(), 'chairside.db');
  const db = opened(path);
  openSession(db, SESSION, [moved('intake', 'cancelled')]);
  db.sending.queue({ destination, sessionId: SESSION, formats: ['x'], by: 'N', at: at(0) });
  db.close();
  return path;
};

it('a station that is killed after a FHIR server stored a record and before it heard so has it there once', async () => {
  const server = await startFhirReceiver();
  onTestFinished(server.close);
  const path = queued('fhir');
  const to = [{ id: 'fhir', kind: 'fhir', name: 'F', baseUrl: server.baseUrl, withPdf: false }];
  // It stores and never answers; the power goes meanwhile.
  for (let cut = 0; cut < 2; cut += 1) {
    const process = sender(path, to);
    server.next('store-and-hang');
    server.onStored = () => process.kill();
    expect(await process.ended).toBe('');
    const [before] = reopened(path).ofSession(SESSION);
    expect(before).toMatchObject({ state: 'sending', attempts: cut + 1 });
  }
  server.onStored = null;
  expect(await sender(path, to).ended).toBe('');
  expect(reopened(path).ofSession(SESSION)).toMatchObject([{ state: 'sent', attempts: 3 }]);
  expect(server.requests).toHaveLength(3);
  expect([...server.stored.values()].map((versions) => versions.length)).toEqual([1, 1]);
});

it('a station that is killed after a listener stored a message and before its acknowledgement has it there once', async () => {
  const server = await startMllpReceiver();
  onTestFinished(server.close);
  const path = queued('mllp');
  const to = [{ id: 'mllp', kind: 'mllp', name: 'M', host: '127.0.0.1', port: server.port }];
  const process = sender(path, to);
  server.next('AA', 'store-and-hang');
  server.onStored = () => {
    if (server.stored.size === 2) process.kill();
  };
  expect(await process.ended).toBe('');
  server.onStored = null;
  expect(await sender(path, to).ended).toBe('');
  expect(reopened(path).ofSession(SESSION)).toMatchObject([{ state: 'sent', attempts: 2 }]);
  expect(server.received).toHaveLength(4);
  expect(server.stored.size).toBe(2);
});

/** The queue as the killed process left it. */
const reopened = (path: string) => opened(path).sending;
