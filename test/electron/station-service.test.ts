/** The station's process from the inside, with the real station on the demonstration's simulated monitors. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runStation } from '../../app/compose.ts';
import { RECORD_WORKER_SOURCE } from '../../app/record-worker-place.ts';
import { connect } from '../../core/api/client.ts';
import type { StationView } from '../../core/api/views.ts';
import { messagePortChannel, type StationPort } from '../../electron/port-channel.ts';
import { parseFromStation } from '../../electron/station-messages.ts';
import { type ParentMessage, serveStation, statusOf } from '../../electron/station-service.ts';
import { systemClock } from '../../station/clock.ts';
import { alarm } from '../renderer/support.ts';
import { eventually } from '../support/eventually.ts';
import { type FakePort, portPair } from './fake-electron.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'chairside-host-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

// The fake has the part of a port that the channel uses.
const asPort = (port: FakePort): StationPort => port as unknown as StationPort;

const serve = () => {
  const said: unknown[] = [];
  const exits: number[] = [];
  let hear: (event: ParentMessage) => void = () => undefined;
  serveStation({
    parent: {
      on: (_event, listener) => {
        hear = listener;
      },
      postMessage: (message) => said.push(structuredClone(message)),
    },
    run: (options) => runStation({ ...options, recordWorker: RECORD_WORKER_SOURCE }),
    clock: systemClock(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    version: '0.0.0-test',
    exit: (code) => exits.push(code),
  });
  const tell = (data: unknown, ports: readonly FakePort[] = []): void =>
    hear({ data, ports: ports.map(asPort) });
  const start = (options: object = {}): void =>
    tell({ type: 'start', dataDir, configFile: null, demo: true, ...options });
  const types = () => said.map((message) => parseFromStation(message)?.type);
  return { said, exits, tell, start, types };
};

describe('the station’s process', () => {
  it('starts on the first message, says how things stand, serves a window by its port, and stops', async () => {
    const host = serve();
    host.start();
    await eventually(() => expect(host.types()).toContain('ready'));
    expect(host.types().slice(0, 2)).toEqual(['status', 'ready']);
    expect(host.said[0]).toEqual({
      type: 'status',
      sounding: null,
      unheard: null,
      underTreatment: false,
      sessionOpen: false,
    });

    const [stationEnd, windowEnd] = portPair();
    const client = connect(messagePortChannel(asPort(windowEnd)));
    const views: StationView[] = [];
    client.on('snapshot', (view) => views.push(view));
    host.tell({ type: 'window' }, [stationEnd]);
    const view = await client.call('station.snapshot', {});
    expect(view.product).toEqual({ name: 'Chairside', version: '0.0.0-test' });
    expect(view.chairs.map((chair) => chair.origin)).toEqual(['simulated']);
    expect(views).toHaveLength(1);
    await expect(client.call('station.snapshot', [] as never)).rejects.toThrow('station.snapshot');

    const closed = vi.fn();
    client.onClosed(closed);
    host.tell({ type: 'stop' });
    await eventually(() => expect(host.exits).toEqual([0]));
    expect(closed).toHaveBeenCalledOnce();
  });

  it('says in one line why it cannot start, then ends', async () => {
    writeFileSync(join(dataDir, 'broken.json'), '{ "chairs": 3 }');
    const host = serve();
    host.start({ demo: false, configFile: join(dataDir, 'broken.json') });
    await eventually(() => expect(host.types()).toContain('fatal'));
    const fatal = host.said.find((message) => parseFromStation(message)?.type === 'fatal');
    expect(fatal).toMatchObject({ type: 'fatal', message: expect.stringMatching(/broken\.json.*chairs/) });
    await eventually(() => expect(host.exits).toEqual([1]));
  });

  it('names the other station when the data folder is in use', async () => {
    const first = serve();
    first.start();
    await eventually(() => expect(first.types()).toContain('ready'));
    const second = serve();
    second.start();
    await eventually(() => expect(second.types()).toContain('fatal'));
    expect(second.said.at(-1)).toMatchObject({ message: expect.stringContaining('another station') });
    first.tell({ type: 'stop' });
    await eventually(() => expect(first.exits).toEqual([0]));
  });

  it('closes the port of a window that comes before the station runs', () => {
    const host = serve();
    const [stationEnd, windowEnd] = portPair();
    host.tell({ type: 'window' }, [stationEnd]);
    expect(windowEnd.isClosed).toBe(true);
  });
});

describe('the status for the main process', () => {
  const chair = (sounding: 'high' | 'medium' | 'low' | null, session: object | null) => ({
    alarms: { sounding, alarms: [] },
    session,
  });
  it.each([
    ['no chairs', [], null, false],
    ['silent chairs without sessions', [chair(null, null), chair(null, null)], null, false],
    ['the highest of several', [chair('low', {}), chair('high', null), chair('medium', null)], 'high', true],
  ])('%s', (_case, chairs, sounding, sessionOpen) => {
    // Only what the status reads.
    const view = { chairs } as unknown as StationView;
    expect(statusOf(view, true)).toEqual({
      sounding,
      unheard: null,
      underTreatment: true,
      sessionOpen,
    });
  });
  it('says when no window can sound, and does not count that alarm as one that must be heard', () => {
    const noSound = alarm('no-sound', 'medium', { category: 'technical' });
    const of = (...alarms: (typeof noSound)[]) =>
      ({ chairs: [{ alarms: { sounding: 'medium', alarms }, session: {} }] }) as unknown as StationView;
    expect(statusOf(of(noSound), true)).toMatchObject({ sounding: null, unheard: 'quiet' });
    expect(statusOf(of({ ...noSound, priority: 'high' }, alarm('spo2-low', 'medium')), true)).toMatchObject({
      sounding: 'medium',
      unheard: 'alarm',
    });
  });
});

describe('the channel over a port', () => {
  it('carries envelopes both ways, also those sent before anybody listened', () => {
    const [one, two] = portPair();
    const [left, right] = [messagePortChannel(asPort(one)), messagePortChannel(asPort(two))];
    left.post({ kind: 'call', id: 1, command: 'station.snapshot', params: {} });
    const heard: unknown[] = [];
    const stop = right.listen((envelope) => heard.push(envelope));
    left.post({ kind: 'ok', id: 2, result: null });
    stop();
    left.post({ kind: 'ok', id: 3, result: null });
    expect(heard).toEqual([
      { kind: 'call', id: 1, command: 'station.snapshot', params: {} },
      { kind: 'ok', id: 2, result: null },
    ]);
  });

  it('says once that the other end has gone, and does not post to nobody', () => {
    const [one, two] = portPair();
    const channel = messagePortChannel(asPort(one));
    const closed = vi.fn();
    channel.onClosed(closed);
    two.close();
    expect(closed).toHaveBeenCalledOnce();
    expect(() => channel.post({ kind: 'ok', id: 1, result: null })).not.toThrow();
  });
});
