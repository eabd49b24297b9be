import { describe, expect, it } from 'vitest';
import { createBedsideMonitor } from '../../simulators/bedside-monitor.ts';
import { type Outlet, OutletError } from '../../simulators/outlets/outlet.ts';
import { createPatient } from '../../simulators/physiology/create-patient.ts';
import { recordSimulator } from '../../simulators/record.ts';
import { createBedside, monitorAt, type RunClock, runSimulator, TURN_MS } from '../../simulators/run.ts';
import { scenarioOf } from './physiology/states.ts';
import { bytesOf, text, toySimulatorProfile } from './toy-monitor.ts';

/** A clock that goes only when it is told to. */
const fakeClock = () => {
  const actions = new Set<() => void>();
  let nowMs = 5000;
  const clock: RunClock = {
    monoMs: () => nowMs,
    wallMs: () => 1_000_000,
    every: (_, action) => {
      actions.add(action);
      return () => actions.delete(action);
    },
  };
  const pass = (ms: number, stepMs = TURN_MS) => {
    for (let passed = 0; passed < ms; passed += stepMs) {
      nowMs += stepMs;
      for (const action of [...actions]) action();
    }
  };
  return { clock, pass, timers: () => actions.size };
};

const memoryOutlet = () => {
  let written = '';
  let fromHost = '';
  let failed: string | null = null;
  let closed = 0;
  const outlet: Outlet = {
    address: 'memory',
    write: (bytes) => {
      written += text(bytes);
    },
    read: () => {
      const taken = bytesOf(fromHost);
      fromHost = '';
      return taken;
    },
    failure: () => failed,
    close: async () => {
      closed += 1;
    },
  };
  return {
    outlet,
    lines: () => written.split('\n').slice(0, -1),
    say: (what: string) => {
      fromHost += what;
    },
    written: () => written,
    fail: (why: string) => {
      failed = why;
    },
    closed: () => closed,
  };
};

const setUp = ({
  speed = 1,
  line = [] as readonly unknown[],
  durationMs = Number.POSITIVE_INFINITY,
} = {}) => {
  const time = fakeClock();
  const memory = memoryOutlet();
  const bedside = createBedside({ scenario: scenarioOf({ line }), seed: 1, speed, clock: time.clock });
  const simulator = monitorAt(bedside, toySimulatorProfile);
  const run = runSimulator({ simulator, bedside, outlet: memory.outlet, durationMs, clock: time.clock });
  return { ...time, ...memory, bedside, run };
};

const seconds = (lines: readonly string[]) => lines.map((line) => Number(line.split(':')[0]));

describe('the runner', () => {
  it('sends what the monitor sends as the time passes', () => {
    const { pass, lines } = setUp();
    pass(3100);
    expect(seconds(lines())).toEqual([0, 1, 2, 3]);
  });

  it('lets simulated time pass faster at a higher speed', () => {
    const { pass, lines } = setUp({ speed: 60 });
    pass(1000);
    expect(seconds(lines())).toEqual(Array.from({ length: 61 }, (_, second) => second));
  });

  it('hands the host’s bytes to the monitor and its answer to the host', () => {
    const { pass, say, written } = setUp();
    pass(TURN_MS);
    say('??');
    pass(TURN_MS);
    expect(written().endsWith('!!')).toBe(true);
  });

  it('does not send hours of old data after the computer slept', () => {
    const { pass, lines } = setUp();
    pass(1000);
    pass(3_600_000, 3_600_000);
    expect(seconds(lines())).toEqual([0, 1, 2, 3]);
  });

  it('ends after its duration, exactly, and leaves no timer', async () => {
    const { pass, lines, run, timers, closed } = setUp({ durationMs: 2000 });
    pass(10_000);
    await run.ended;
    expect([seconds(lines()), timers(), closed()]).toEqual([[0, 1, 2], 0, 1]);
  });

  it('ends when it is stopped, also twice, and closes the outlet once', async () => {
    const { pass, run, timers, closed } = setUp();
    pass(500);
    await run.stop();
    await run.stop();
    await run.ended;
    expect([timers(), closed()]).toEqual([0, 1]);
  });

  it('says why when the outlet failed', async () => {
    const { pass, run, fail, timers } = setUp();
    fail('/dev/ttyUSB0 was unplugged');
    pass(TURN_MS);
    await expect(run.ended).rejects.toThrow(new OutletError('/dev/ttyUSB0 was unplugged'));
    expect(timers()).toBe(0);
  });

  it('hands on a failure of the simulator and stops', async () => {
    const { clock, pass, timers } = fakeClock();
    const bedside = createBedside({ scenario: scenarioOf({}), seed: 1, clock });
    const broken = {
      advanceTo: () => {
        throw new Error('broken');
      },
      receive: (bytes: Uint8Array) => bytes,
    };
    const run = runSimulator({ simulator: broken, bedside, outlet: memoryOutlet().outlet, clock });
    pass(TURN_MS);
    await expect(run.ended).rejects.toThrow('broken');
    expect(timers()).toBe(0);
  });

  it('pulls the cable as the scenario says', () => {
    const { pass, lines } = setUp({ line: [{ kind: 'cut', atS: 1.5, durationS: 2 }] });
    pass(6000);
    expect(seconds(lines())).toEqual([0, 1, 4, 5, 6]);
  });
});

describe('two monitors on one patient', () => {
  it('see the same heart at the same time, the later one from its own zero', () => {
    const { clock, pass } = fakeClock();
    const bedside = createBedside({ scenario: scenarioOf({}), seed: 9, clock });
    const first = memoryOutlet();
    const second = memoryOutlet();
    const start = (outlet: Outlet) =>
      runSimulator({ simulator: monitorAt(bedside, toySimulatorProfile), bedside, outlet, clock });
    start(first.outlet);
    pass(10_000);
    start(second.outlet);
    pass(5_000);
    const rateAndClock = (line: string) => line.split(':')[1];
    expect(seconds(second.lines())).toEqual([0, 1, 2, 3, 4, 5]);
    expect(second.lines().map(rateAndClock)).toEqual(first.lines().slice(10).map(rateAndClock));
  });
});

describe('a monitor that is switched off and on', () => {
  it('is silent, then starts from its own zero, with its clock gone on and no memory of old readings', () => {
    const scenario = scenarioOf({
      cuff: { firstAtS: 0, intervalS: 600 },
      line: [{ kind: 'restart', atS: 60, durationS: 15 }],
    });
    const patient = createPatient(scenario, 1);
    const seen: unknown[] = [];
    const monitor = createBedsideMonitor({
      profile: {
        profileId: 'toy',
        create: (own, options) => {
          const simulator = toySimulatorProfile.create(own, options);
          return {
            ...simulator,
            advanceTo: (elapsedMs) => {
              seen.push(own.stateAt(elapsedMs).cuff.last?.number ?? null);
              return simulator.advanceTo(elapsedMs);
            },
          };
        },
      },
      patient,
      startEpochMs: 100_000,
      seed: 1,
      line: scenario.line,
      poweredOnAtMs: 0,
    });
    expect(text(monitor.advanceTo(60_000)).trimEnd().split('\n')).toHaveLength(61);
    expect(text(monitor.advanceTo(74_900))).toBe('');
    expect(text(monitor.receive(bytesOf('?')))).toBe('');
    expect(text(monitor.advanceTo(76_000)).replaceAll(/:\d+/g, '')).toBe('0@175\n1@176\n');
    expect(text(monitor.receive(bytesOf('?')))).toBe('!');
    expect(seen).toEqual([1, null]);
  });
});

describe('a recording', () => {
  it('is the same for the same simulator, and holds the answers to the host', () => {
    const record = () => {
      const patient = createPatient(scenarioOf({}), 1);
      const simulator = toySimulatorProfile.create(patient, { startEpochMs: 0, seed: 1 });
      const host = {
        start: () => bytesOf('?'),
        // Answers every answer at once: must not run for ever.
        receive: (bytes: Uint8Array) => (text(bytes).includes('!') ? bytesOf('?') : new Uint8Array(0)),
        tick: () => new Uint8Array(0),
      };
      const steps = [...recordSimulator({ simulator, durationMs: 2000, host })];
      return { bytes: text(Buffer.concat(steps.map((step) => step.bytes))), last: steps.at(-1)?.atMs };
    };
    expect(record()).toEqual(record());
    const { bytes, last } = record();
    expect(last).toBe(2000);
    expect(seconds(bytes.replaceAll('!', '').trimEnd().split('\n'))).toEqual([0, 1, 2]);
    expect([...bytes].filter((letter) => letter === '!')).toHaveLength(40);
  });
});
