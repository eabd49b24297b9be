import type { IpcMainEvent, WebContents } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { hardenAllContents, isOwnSender, mayLoad, webPreferences } from '../../electron/hardening.ts';
import { app, FakeContents, fakeEvent, resetElectron } from './fake-electron.ts';

vi.mock('electron', async () => (await import('./fake-electron.ts')).electronModule);

beforeEach(resetElectron);

describe('a page of the desktop app', () => {
  it('runs isolated, sandboxed and without Node', () => {
    expect(webPreferences('/out/preload.cjs', true)).toMatchObject({
      preload: '/out/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    });
  });

  it('goes on sounding when it is minimised, and sounds without a click', () => {
    expect(webPreferences('/p', true)).toMatchObject({
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    });
  });

  it.each([
    ['app://chairside/index.html', true],
    ['app://chairside/assets/main.js?x=1#y', true],
    ['app://elsewhere/index.html', false],
    ['app://user@chairside/', false],
    ['data:image/svg+xml,<svg/>', true],
    ['blob:app://chairside/0b3f', true],
    ['blob:https://example.org/0b3f', false],
    ['https://example.org/', false],
    ['http://127.0.0.1:7380/', false],
    ['ws://127.0.0.1/', false],
    ['file:///etc/passwd', false],
    ['devtools://devtools/bundled/index.html', false],
    ['no address', false],
  ])('may load %s: %s', (address, expected) => {
    expect(mayLoad(address, true)).toBe(expected);
  });

  it('may show developer tools only where the app is not packaged', () => {
    expect(mayLoad('devtools://devtools/bundled/index.html', false)).toBe(true);
  });

  it('opens no windows, leaves for nowhere and embeds nothing', () => {
    hardenAllContents();
    const contents = new FakeContents();
    app.emit('web-contents-created', {}, contents);
    expect(contents.windowOpen?.({ url: 'app://chairside/' })).toEqual({ action: 'deny' });
    const outcome = (name: string, url: string): boolean => {
      const event = fakeEvent({ url });
      contents.emit(name, event);
      return event.defaultPrevented;
    };
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect([name, outcome(name, 'https://example.org/')]).toEqual([name, true]);
      expect([name, outcome(name, 'app://chairside/?recovered=renderer')]).toEqual([name, false]);
    }
    expect(outcome('will-attach-webview', 'app://chairside/')).toBe(true);
  });
});

describe('a message from a window', () => {
  const contents = { id: 1 } as unknown as WebContents;
  const from = (senderFrame: unknown, sender: unknown = contents): IpcMainEvent =>
    ({ senderFrame, sender }) as unknown as IpcMainEvent;
  const isOurs = (other: WebContents): boolean => other === contents;
  const OWN = { url: 'app://chairside/#/chair/1', parent: null };

  it.each([
    ['our page in our window', from(OWN), true],
    ['a frame inside our page', from({ ...OWN, parent: OWN }), false],
    ['another page in our window', from({ url: 'https://example.org/', parent: null }), false],
    ['our page in a window that is not ours', from(OWN, { id: 2 }), false],
    ['a frame that has gone', from(null), false],
  ])('is heard only from our page in our window: %s', (_who, event, expected) => {
    expect(isOwnSender(event, isOurs)).toBe(expected);
  });
});
