import { beforeEach, expect, it, vi } from 'vitest';
import { type FakeDownload, resetElectron, world } from './fake-electron.ts';

vi.mock('electron', async () => (await import('./fake-electron.ts')).electronModule);

const { session } = await import('electron');
const { allowOwnDownloads } = await import('../../electron/downloads.ts');

const told: string[] = [];
const say = (message: string): void => void told.push(message);
const log = { info: say, warn: say, error: say };

interface Asked extends FakeDownload {
  readonly dialogs: object[];
  finish(state: string): void;
}

const download = (address: string): Asked => {
  const listeners: ((event: unknown, state: string) => void)[] = [];
  const dialogs: object[] = [];
  return {
    dialogs,
    getURL: () => address,
    getFilename: () => 'session.csv',
    setSaveDialogOptions: (options) => void dialogs.push(options),
    once: (_name, listener) => void listeners.push(listener),
    finish: (state) => {
      for (const listener of listeners) listener({}, state);
    },
  };
};

/** Whether it was refused. */
const ask = (item: Asked): boolean => {
  const preventDefault = vi.fn();
  world.session.willDownload?.({ preventDefault }, item);
  return preventDefault.mock.calls.length > 0;
};

beforeEach(() => {
  resetElectron();
  told.length = 0;
  allowOwnDownloads(session.defaultSession, log);
});

it('a file that the page made is saved where a person says', () => {
  const own = download('blob:app://chairside/6f0a');
  expect(ask(own)).toBe(false);
  expect(own.dialogs).toEqual([{ title: 'Save', defaultPath: 'session.csv' }]);
});

it.each([
  'https://example.org/a.csv',
  'blob:https://example.org/6f0a',
  'data:text/csv,a',
  'app://chairside/index.html',
])('a download of %s is refused and written down', (address) => {
  const foreign = download(address);
  expect(ask(foreign)).toBe(true);
  expect(foreign.dialogs).toEqual([]);
  expect(told).toEqual(['a download that is not the app’s own was refused']);
});

it('a file that could not be saved is written down, one that was called off is not', () => {
  for (const state of ['completed', 'cancelled', 'interrupted']) {
    const own = download('blob:app://chairside/6f0a');
    ask(own);
    own.finish(state);
  }
  expect(told).toEqual(['a file could not be saved']);
});
