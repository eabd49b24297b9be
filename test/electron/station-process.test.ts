import type { WebContents } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { StationState, StationStatus } from '../../electron/station-messages.ts';
import {
  BACK_OFF_MS,
  START_SILENCE_MS,
  STOP_WITHIN_MS,
  startStationProcess,
} from '../../electron/station-process.ts';
import { fakeClock, settle } from '../support/fake-clock.ts';
import { app, FakeContents, journal, last, resetElectron, world } from './fake-electron.ts';

vi.mock('electron', async () => (await import('./fake-electron.ts')).electronModule);

const OPTIONS = { dataDir: '/data', configFile: null, demo: true };

const start = () => {
  const clock = fakeClock();
  const states: StationState[] = [];
  const statuses: StationStatus[] = [];
  const hardKills: number[] = [];
  const station = startStationProcess({
    modulePath: '/out/station-host.js',
    options: OPTIONS,
    clock,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    onState: (state) => states.push(state),
    onStatus: (status) => statuses.push(status),
    killHard: (pid) => hardKills.push(pid),
  });
  /** Lets time pass with a heartbeat each second, as a healthy process has it. */
  const beat = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      last(world.processes).say({ type: 'alive' });
      await clock.advance(1000);
    }
  };
  return { clock, states, statuses, hardKills, station, beat };
};

const ready = (): void => last(world.processes).say({ type: 'ready' });
const kinds = (states: readonly StationState[]) => states.map((state) => state.kind);
const contentsOf = () => {
  const contents = new FakeContents();
  // The fake has what the supervisor uses of a WebContents.
  return { contents, asElectron: contents as unknown as WebContents };
};

beforeEach(async () => {
  resetElectron();
  await app.fireReady();
});

describe('the station’s process', () => {
  it('is started with its options in a first message, under its own name', () => {
    start();
    const child = last(world.processes);
    expect(child.modulePath).toBe('/out/station-host.js');
    expect(child.options).toEqual({ serviceName: 'Chairside station', stdio: 'inherit' });
    expect(child.posted).toEqual([{ message: { type: 'start', ...OPTIONS }, ports: [] }]);
  });

  it('runs for as long as it is heard every second', async () => {
    const { states, beat } = start();
    ready();
    await beat(60);
    expect(states).toEqual([{ kind: 'starting' }, { kind: 'running', restarts: 0 }]);
    expect(world.processes).toHaveLength(1);
  });

  it('is down 3 s after its last word, is ended and started again', async () => {
    const { clock, states } = start();
    ready();
    await clock.advance(2900);
    expect(last(states).kind).toBe('running');
    await clock.advance(600);
    expect(last(states)).toEqual({
      kind: 'down',
      restarts: 0,
      message: 'The station’s process does not answer.',
    });
    expect(world.processes[0]?.kills).toBe(1);
    await clock.advance(BACK_OFF_MS[0]);
    expect(world.processes).toHaveLength(2);
    ready();
    expect(last(states)).toEqual({ kind: 'running', restarts: 1 });
  });

  it('may be silent for longer while it starts, because a database may be brought up to date', async () => {
    const { clock, states } = start();
    await clock.advance(START_SILENCE_MS - 1000);
    expect(kinds(states)).toEqual(['starting']);
    await clock.advance(1500);
    expect(last(states).kind).toBe('down');
  });

  it('is killed outright when it does not end by itself', async () => {
    const { clock, hardKills } = start();
    ready();
    const hung = last(world.processes);
    hung.isHung = true;
    await clock.advance(3500);
    expect(hardKills).toEqual([]);
    await clock.advance(2500);
    expect(hardKills).toEqual([hung.pid]);
  });

  it('is started again after 0.5, 1, 2, 5, 5 … s when it ends again and again', async () => {
    const { clock, states } = start();
    ready();
    const pauses: number[] = [];
    for (let failure = 0; failure < 6; failure += 1) {
      const before = world.processes.length;
      last(world.processes).end(1);
      expect(last(states).kind).toBe('down');
      let waitedMs = 0;
      while (world.processes.length === before) {
        await clock.advance(100);
        waitedMs += 100;
      }
      pauses.push(waitedMs);
    }
    expect(pauses).toEqual([500, 1000, 2000, 5000, 5000, 5000]);
  });

  it('counts a failure after half a minute of running as a first one', async () => {
    const { clock, beat } = start();
    ready();
    last(world.processes).end(1);
    await clock.advance(500);
    last(world.processes).end(1);
    await clock.advance(1000);
    ready();
    await beat(31);
    last(world.processes).end(1);
    const before = world.processes.length;
    await clock.advance(500);
    expect(world.processes).toHaveLength(before + 1);
  });

  it('refuses at its first start with the host’s one line, and is not started again', async () => {
    const { clock, states } = start();
    last(world.processes).say({ type: 'fatal', message: 'chairside.json: chairs[0].id: missing' });
    await clock.advance(20_000);
    expect(last(states)).toEqual({ kind: 'refused', message: 'chairside.json: chairs[0].id: missing' });
    expect(world.processes).toHaveLength(1);
  });

  it('is tried again when it is refused after it had been running: patients rely on it', async () => {
    const { clock, states } = start();
    ready();
    last(world.processes).end(1);
    await clock.advance(500);
    last(world.processes).say({ type: 'fatal', message: 'the data folder is in use' });
    expect(last(states)).toEqual({ kind: 'down', restarts: 1, message: 'the data folder is in use' });
    await clock.advance(1000);
    expect(world.processes).toHaveLength(3);
  });

  it('hands on what the station says about itself, and nothing that is malformed', () => {
    const { statuses } = start();
    const child = last(world.processes);
    child.say({ type: 'status', sounding: 'high', unheard: null, underTreatment: true, sessionOpen: true });
    child.say({ type: 'status', sounding: 'loud', unheard: null, underTreatment: 'yes', sessionOpen: true });
    child.say('noise');
    expect(statuses).toEqual([
      { type: 'status', sounding: 'high', unheard: null, underTreatment: true, sessionOpen: true },
    ]);
  });

  it('ignores the last words of a process that was given up', async () => {
    const { clock, states } = start();
    ready();
    const old = last(world.processes);
    old.isHung = true;
    await clock.advance(3500);
    old.say({ type: 'ready' });
    expect(last(states).kind).toBe('down');
  });
});

describe('ports for windows', () => {
  it('go to the station first, then to the window, as two ends of one channel', () => {
    const { station } = start();
    ready();
    const { asElectron } = contentsOf();
    journal.length = 0;
    station.connectWindow(asElectron);
    expect(journal.map((entry) => [entry.to, entry.message])).toEqual([
      ['station', { type: 'window' }],
      ['window', 'chairside-port'],
    ]);
    const [stationEnd, windowEnd] = journal.map((entry) => entry.ports[0]);
    expect(stationEnd).toBeDefined();
    expect(stationEnd?.peer).toBe(windowEnd);
  });

  it('wait until the station is ready', () => {
    const { station } = start();
    const { contents, asElectron } = contentsOf();
    station.connectWindow(asElectron);
    expect(contents.sent).toEqual([]);
    ready();
    expect(contents.sent.map((item) => item.channel)).toEqual(['chairside-port']);
  });

  it('are sent anew, unasked, after the station was started again', async () => {
    const { station, clock } = start();
    ready();
    const { contents, asElectron } = contentsOf();
    station.connectWindow(asElectron);
    last(world.processes).end(1);
    await clock.advance(500);
    expect(contents.sent).toHaveLength(1);
    ready();
    expect(contents.sent).toHaveLength(2);
    expect(last(world.processes).posted.at(-1)?.message).toEqual({ type: 'window' });
  });

  it('are not sent to a window that has gone', async () => {
    const { station, clock } = start();
    ready();
    const { contents, asElectron } = contentsOf();
    station.connectWindow(asElectron);
    contents.isGone = true;
    contents.emit('destroyed');
    last(world.processes).end(1);
    await clock.advance(500);
    ready();
    expect(contents.sent).toHaveLength(1);
  });
});

describe('stopping', () => {
  it('asks the process to stop, waits for its end and starts no other', async () => {
    const { station, clock, states } = start();
    ready();
    const child = last(world.processes);
    await station.stop();
    expect(child.posted.at(-1)?.message).toEqual({ type: 'stop' });
    expect(child.kills).toBe(0);
    await clock.advance(60_000);
    expect(world.processes).toHaveLength(1);
    expect(last(states).kind).toBe('stopped');
  });

  it('ends a process that does not stop within its time', async () => {
    const { station, clock } = start();
    ready();
    const child = last(world.processes);
    child.isHung = true;
    let isDone = false;
    const stopped = station.stop().then(() => {
      isDone = true;
    });
    await clock.advance(STOP_WITHIN_MS - 100);
    expect([child.kills, isDone]).toEqual([0, false]);
    await clock.advance(200);
    await stopped;
    expect([child.kills, isDone]).toEqual([1, true]);
  });

  it('while the station is down cancels the next start', async () => {
    const { station, clock } = start();
    ready();
    last(world.processes).end(1);
    await station.stop();
    await clock.advance(60_000);
    await settle();
    expect(world.processes).toHaveLength(1);
  });
});
