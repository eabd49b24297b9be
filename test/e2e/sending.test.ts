import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chairId, type SessionId } from '../../core/ids.ts';
import { type FhirReceiver, startFhirReceiver } from '../support/fhir-receiver.ts';
import { confirm, until } from './acts.ts';
import { createStage, type Win } from './stage.ts';
import { type Serving, verb } from './support.ts';

const stage = createStage();
const data = stage.folder();
const archive = stage.folder();
const taken = stage.folder();
let server: FhirReceiver;
let config: string;
let station: Serving;
let win: Win;
let page: Page;
let session: SessionId;
beforeAll(async () => {
  server = await startFhirReceiver();
  const monitor = {
    id: 'm',
    name: 'Simulated',
    family: 'ge-s5-dri',
    address: { kind: 'simulator', scenario: 'typical-infusion' },
  };
  config = join(stage.folder(), 'config.json');
  writeFileSync(
    config,
    JSON.stringify({
      chairs: [{ id: 'chair-1', name: 'Chair 1', monitors: [monitor] }],
      destinations: [
        { id: 'archive', kind: 'folder', name: 'File room', path: archive, formats: ['pdf', 'csv'] },
        {
          id: 'hospital',
          kind: 'fhir',
          name: 'Hospital record',
          baseUrl: server.baseUrl,
          send: 'when-signed',
        },
        { id: 'taken', kind: 'folder', name: 'Shared folder', path: taken, formats: ['csv'] },
      ],
    }),
  );
  station = await stage.serve(['--config', config, '--data', data]);
  const client = await stage.client(station);
  const by = 'Nurse N';
  const opened = await client.call('session.open', {
    chairId: chairId('chair-1'),
    patientInitials: 'AB',
    indication: 'Depression',
    plannedInfusionMs: 2_400_000,
    plannedRecoveryMs: 1_800_000,
    by,
  });
  session = opened.id;
  await client.call('session.move', {
    sessionId: session,
    from: 'intake',
    to: 'cancelled',
    reason: 'test',
    by,
  });
  win = await stage.open(station.url);
  page = win.page;
});
afterAll(async () => {
  await stage.end();
  await server.close();
});

/** Longer than the waits between a few attempts (ms). */
const PATIENT_MS = 120_000;

const go = (hash: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);
const state = (destination: string): Promise<string | null> =>
  page.getByTestId(`sending-${destination}`).getAttribute('data-state');
/** Presses *Hand on* and answers the second question; the first time the window also asks who it is. */
const handOn = async (destination: string): Promise<void> => {
  await page.getByTestId(`send-${destination}`).click();
  const dialog = page.getByTestId('send-dialog');
  await until(() => dialog.innerText()).toContain('SIMULATED');
  await until(() => dialog.getByTestId('confirm').isDisabled()).toBe(true);
  await dialog.getByTestId('send-sure').check();
  await look(`dialog-${destination}`);
  await dialog.getByTestId('confirm').click();
};
/** Pictures for people, where somebody asked for them. */
const look = async (name: string): Promise<void> => {
  const folder = process.env.CHAIRSIDE_SHOTS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  for (const [width, height] of [
    [1920, 1080],
    [1366, 768],
    [1024, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(folder, `${name}-${width}.png`) });
  }
};

it('a session’s review says for each destination that nothing was handed on, and hands it on after a second question', async () => {
  await go(`#/sessions/${session}`);
  await until(() => state('archive')).toBe('none');
  await look('before');
  await handOn('archive');
  await page.getByTestId('who-input').fill('Nora');
  await confirm(page.getByTestId('who-dialog'));
  await until(() => state('archive')).toBe('sent');
  expect(readdirSync(archive).sort()).toEqual([
    `NOT-LIVE-chairside-${session}.csv`,
    `NOT-LIVE-chairside-${session}.pdf`,
  ]);
});

it('a FHIR server that fails at first gets it all the same, once', async () => {
  server.next('drop-after');
  server.always({ status: 500 });
  await handOn('hospital');
  await until(() => page.getByTestId('sending-hospital').innerText()).toContain('HTTP 500');
  server.always('take');
  // By itself, after its wait.
  await until(() => state('hospital'), PATIENT_MS).toBe('sent');
  expect([...server.stored.values()].every((versions) => versions.length === 1)).toBe(true);
});

it('what is given up is seen without searching, in words, and goes away when a person stops it', async () => {
  const theirs = `NOT-LIVE-chairside-${session}.csv`;
  writeFileSync(join(taken, theirs), 'somebody else’s');
  await handOn('taken');
  await until(() => state('taken')).toBe('failed');
  await until(() => page.getByTestId('sending-taken').innerText()).toContain('was not replaced');
  await until(() => page.getByTestId('sending-badge').innerText()).toBe('1 not handed on');
  rmSync(join(taken, theirs));
  mkdirSync(join(taken, theirs));
  await page.getByTestId('retry-taken').click();
  await until(() => page.getByTestId('sending-taken').innerText()).toContain('a folder of the name');
  await look('review');
  await go('#/sessions');
  await until(() => page.getByTestId('sending-overview').innerText()).toContain('0 wait, 1 given up');
  await look('overview');
  const listed = await verb('sending', '--json', '--data', data);
  expect(listed.code).toBe(1);
  expect(JSON.parse(listed.stdout)).toMatchObject([
    { destination: 'taken', state: 'failed' },
    { state: 'sent' },
    { state: 'sent' },
  ]);
  await page.getByTestId('sending-overview').getByTestId('stop-taken').click();
  await until(() => page.getByTestId('sending-badge').count()).toBe(0);
});

it('the command line queues for the running station, asks the same question, and nothing twice', async () => {
  const send = (...more: readonly string[]) =>
    verb('send', '--session', session, '--data', data, '--config', config, ...more);
  const unsure = await send('--to', 'taken');
  expect([unsure.code, unsure.stdout]).toEqual([1, '']);
  expect(unsure.stderr).toContain('SIMULATED');
  expect((await send('--to', 'nowhere', '--yes')).stderr).toContain('known: archive, hospital, taken');
  const again = await send('--to', 'File room', '--yes');
  expect(JSON.parse(again.stdout)).toMatchObject({ state: 'sent', isNew: false });
  rmSync(join(taken, `NOT-LIVE-chairside-${session}.csv`), { recursive: true });
  expect((await send('--to', 'taken', '--yes')).code).toBe(0);
  await until(() => existsSync(join(taken, `NOT-LIVE-chairside-${session}.csv`))).toBe(true);
  expect((await verb('verify', '--data', data)).code).toBe(0);
  expect(win.faults).toEqual([]);
});
