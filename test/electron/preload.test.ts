import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const bridge = { exposed: new Map<string, Record<string, unknown>>(), sent: [] as string[] };
const ipcRenderer = Object.assign(new EventEmitter(), {
  send: (channel: string) => bridge.sent.push(channel),
});

vi.mock('electron', () => ({
  ipcRenderer,
  contextBridge: {
    exposeInMainWorld: (name: string, api: Record<string, unknown>) => bridge.exposed.set(name, api),
  },
}));

interface Posted {
  readonly message: unknown;
  readonly origin: string;
  readonly ports: unknown;
}

const runPreloadOn = async (href: string): Promise<readonly Posted[]> => {
  const posted: Posted[] = [];
  vi.stubGlobal('window', {
    location: { href },
    postMessage: (message: unknown, origin: string, ports: unknown) =>
      posted.push({ message, origin, ports }),
  });
  vi.stubGlobal('CHAIRSIDE_VERSION', '1.2.3');
  await import('../../electron/preload.ts');
  return posted;
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  bridge.exposed.clear();
  bridge.sent.length = 0;
  ipcRenderer.removeAllListeners();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the preload script', () => {
  it('gives the page one object with its kind, the version and a way to ask for a port', async () => {
    await runPreloadOn('app://chairside/');
    expect([...bridge.exposed.keys()]).toEqual(['chairsideHost']);
    const host = bridge.exposed.get('chairsideHost');
    expect(host).toEqual({ kind: 'desktop', version: '1.2.3', requestPort: expect.any(Function) });
    bridge.sent.length = 0;
    const ask = host?.requestPort;
    if (typeof ask === 'function') ask();
    expect(bridge.sent).toEqual(['chairside-request-port']);
  });

  it('hands each port on to the page', async () => {
    const posted = await runPreloadOn('app://chairside/');
    const port = { name: 'a port' };
    ipcRenderer.emit('chairside-port', { ports: [port] });
    expect(posted).toEqual([{ message: { type: 'chairside-port' }, origin: '*', ports: [port] }]);
  });

  it('hands on what became of the station', async () => {
    const posted = await runPreloadOn('app://chairside/');
    const state = { kind: 'down', restarts: 2, message: 'ended' };
    ipcRenderer.emit('chairside-station-state', { ports: [] }, state);
    expect(posted.map((item) => item.message)).toEqual([{ type: 'chairside-station-state', state }]);
  });

  it('says at once and then every second that the renderer process lives', async () => {
    await runPreloadOn('app://chairside/');
    vi.advanceTimersByTime(3000);
    expect(bridge.sent).toEqual(Array(4).fill('chairside-window-alive'));
  });

  it('does nothing at all on a page that is not ours', async () => {
    await runPreloadOn('https://example.org/');
    vi.advanceTimersByTime(3000);
    expect([bridge.exposed.size, bridge.sent, ipcRenderer.eventNames()]).toEqual([0, [], []]);
  });
});
