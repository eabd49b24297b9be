/** Which monitor is on a line, found on a clock that the test turns. */
import { expect, it } from 'vitest';
import type { DetectProgress } from '../../../core/api/detect-views.ts';
import { describeSettings } from '../../../core/line/line-settings.ts';
import type { DeviceProfile, DriverOutput, SerialSettings } from '../../../devices/device.ts';
import { exactText } from '../../../devices/framing/transmit.ts';
import { DEVICE_PROFILES } from '../../../devices/index.ts';
import { type MemoryTransport, memoryTransport } from '../../../devices/transport/memory.ts';
import { type DetectDeps, detectMonitor } from '../../../station/detect/detect.ts';
import { DETECT_LIMIT_MS } from '../../../station/detect/plan.ts';
import { type FakeClock, fakeClock } from '../../support/fake-clock.ts';
import { TOY } from '../../support/toy-family.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const request = (text: string): DriverOutput => ({ type: 'request', bytes: bytes(text), purpose: text });

const family = (id: string, part: Partial<DeviceProfile> = {}): DeviceProfile => ({
  ...TOY,
  id,
  title: id,
  ...part,
});
/** Only listens. */
const LISTENS = family('listens', {
  transmits: [],
  createDriver: (options) => ({ ...TOY.createDriver(options), start: () => [] }),
});
const FAST: SerialSettings = { ...TOY.serial, baudRate: 19_200 };
/** Asks `ASK`, at another rate. */
const ASKS = family('asks', {
  serial: FAST,
  transmits: [{ name: 'question', effect: 'asks', matches: exactText('ASK') }],
  createDriver: (options) => ({ ...TOY.createDriver(options), start: () => [request('ASK')] }),
});

const VALUES = 'MDC_ECG_HEART_RATE=72;MDC_PULS_OXIM_SAT_O2=98\n';

interface Opened {
  readonly line: MemoryTransport;
  readonly settings: string;
}

/** Runs detection; `monitor` is called every 500 ms with the line that is open and what was written to it so far. */
const bench = async (
  profiles: readonly DeviceProfile[],
  monitor: (opened: Opened, clock: FakeClock) => void,
  part: Partial<DetectDeps> = {},
) => {
  const clock = fakeClock();
  const opened: Opened[] = [];
  const told: DetectProgress[] = [];
  const stop = new AbortController();
  let isDone = false;
  const running = detectMonitor({
    profiles,
    clock,
    kind: 'serial',
    openLine: (settings) => {
      const line = memoryTransport();
      opened.push({ line, settings: describeSettings(settings) });
      return line;
    },
    progress: (progress) => told.push(progress),
    cancelled: stop.signal,
    ...part,
  }).finally(() => {
    isDone = true;
  });
  const turn = async (ms: number): Promise<void> => {
    for (let past = 0; past < ms && !isDone; past += 500) {
      await clock.advance(500);
      const now = opened.at(-1);
      if (now !== undefined && now.line.phase() === 'open') monitor(now, clock);
    }
  };
  const written = () =>
    opened.flatMap(({ line, settings }) =>
      line.written.map((sent) => `${settings}: ${new TextDecoder().decode(sent)}`),
    );
  return { clock, opened, told, stop, running, turn, written, isDone: () => isDone };
};

it('a monitor that sends by itself is found by listening, and nothing is sent to it', async () => {
  const { running, turn, written, told } = await bench([LISTENS, ASKS], ({ line, settings }, clock) => {
    if (settings === '9600 8N1') line.feed(bytes(VALUES), clock.now());
  });
  await turn(DETECT_LIMIT_MS);
  const view = await running;
  expect(view).toMatchObject({
    outcome: 'found',
    found: {
      family: 'listens',
      settings: '9600 8N1',
      after: 'listening',
      rejectedBytes: 0,
      values: [
        { metric: 'MDC_ECG_HEART_RATE', value: 72 },
        { metric: 'MDC_PULS_OXIM_SAT_O2', value: 98 },
      ],
    },
    sent: [],
    notTried: [],
  });
  expect(view.words).toMatch(
    /^listens at 9600 8N1: sends by itself; \d complete frames .* HR 72, SpO₂ 98\.$/,
  );
  expect(written()).toEqual([]);
  expect(told[0]).toMatchObject({
    phase: 'listening',
    step: 1,
    settings: '9600 8N1',
    families: ['listens', 'asks'],
  });
});

it('a monitor that waits to be asked is found by its own question, at its own settings, after all listening', async () => {
  const { running, turn, written, told } = await bench([LISTENS, ASKS], ({ line, settings }, clock) => {
    if (settings === '19200 8N1' && line.written.length > 0) line.feed(bytes(VALUES), clock.now());
  });
  await turn(DETECT_LIMIT_MS);
  expect(await running).toMatchObject({
    outcome: 'found',
    found: { family: 'asks', settings: '19200 8N1', after: 'asking' },
    sent: [{ family: 'asks', name: 'question', count: 1 }],
  });
  expect(written()).toEqual(['19200 8N1: ASK']);
  expect(told.map(({ phase }) => phase)).toEqual(['listening', 'listening', 'asking']);
});

it.each([
  ['is declared as starting a cuff', 'CUFF'],
  ['is not declared at all', 'SET LIMITS'],
  ['is an answer, not a question', 'ACK'],
  ["is declared a question, but is an order in another family's protocol", 'ORDER'],
  ["is a question that holds an order of another family's protocol", 'ASK ORDER NOW'],
])('a request that %s is never sent, and is told as withheld', async (_, text) => {
  const talks = family('talks', {
    transmits: [
      { name: 'question', effect: 'asks', matches: exactText('ASK ORDER NOW') },
      { name: 'short question', effect: 'asks', matches: exactText('ORDER') },
      { name: 'acknowledgement', effect: 'answers', matches: exactText('ACK') },
      { name: 'start the cuff', effect: 'starts-cuff', matches: exactText('CUFF') },
    ],
    createDriver: (options) => ({ ...TOY.createDriver(options), start: () => [request(text)] }),
  });
  const other = family('other', {
    serial: FAST,
    transmits: [{ name: 'start', effect: 'starts-cuff', matches: exactText('ORDER') }],
    createDriver: (options) => ({ ...TOY.createDriver(options), start: () => [] }),
  });
  const { running, turn, written } = await bench([talks, other], () => undefined);
  await turn(DETECT_LIMIT_MS);
  const view = await running;
  expect(written()).toEqual([]);
  expect(view.withheld).toEqual([{ family: 'talks', purpose: text }]);
  expect(view.outcome).toBe('silent');
});

it('bytes that nobody understands are told as such, with the settings they came at', async () => {
  const { running, turn } = await bench([LISTENS, ASKS], ({ line, settings }, clock) => {
    if (settings === '9600 8N1') line.feed(bytes('garbage without end\n'), clock.now());
  });
  await turn(DETECT_LIMIT_MS);
  const view = await running;
  expect(view).toMatchObject({ outcome: 'not-understood', found: null });
  expect(view.words).toMatch(/^Bytes came, but no monitor family understood them: \d+ bytes at 9600 8N1\./);
  expect(view.heard.find(({ settings }) => settings === '19200 8N1')?.bytes).toBe(0);
});

it('one lucky frame in much noise is not believed', async () => {
  let fed = 0;
  const { running, turn } = await bench([LISTENS], ({ line }, clock) => {
    fed += 1;
    line.feed(bytes(fed === 3 ? VALUES : 'noise noise noise noise noise\n'), clock.now());
  });
  await turn(DETECT_LIMIT_MS);
  expect(await running).toMatchObject({
    outcome: 'not-understood',
    others: [{ family: 'listens', frames: 1 }],
  });
});

it('silence ends within the limit, and says so', async () => {
  const { running, turn, clock } = await bench([LISTENS, ASKS], () => undefined);
  const beganAt = clock.now().mono;
  await turn(DETECT_LIMIT_MS);
  const view = await running;
  expect(view.outcome).toBe('silent');
  expect(clock.now().mono - beganAt).toBeLessThanOrEqual(DETECT_LIMIT_MS);
  expect(view.heard.map(({ bytes: count }) => count)).toEqual([0, 0]);
});

it('it can be stopped at any time, which closes the line', async () => {
  const { running, turn, stop, opened } = await bench([LISTENS, ASKS], () => undefined);
  await turn(1000);
  stop.abort();
  expect(await running).toMatchObject({ outcome: 'cancelled', found: null });
  expect(opened.map(({ line }) => line.phase())).toEqual(['closed']);
});

it('a port that cannot be opened ends it at once with the reason', async () => {
  const { running, turn, told } = await bench([LISTENS, ASKS], () => undefined, {
    openLine: () => memoryTransport('x', { code: 'busy', message: 'x is used by another program.' }),
  });
  await turn(1000);
  expect(await running).toMatchObject({
    outcome: 'no-line',
    words: 'x is used by another program.',
    sent: [],
  });
  expect(told).toHaveLength(1);
});

it('a line that is lost in the middle is opened again for the next step', async () => {
  let lost = 0;
  const { running, turn } = await bench([LISTENS, ASKS], ({ line, settings }, clock) => {
    if (settings === '9600 8N1' && lost === 0) {
      lost += 1;
      line.fail({ code: 'lost', message: 'pulled' });
    } else if (line.written.length > 0) line.feed(bytes(VALUES), clock.now());
  });
  await turn(DETECT_LIMIT_MS);
  const view = await running;
  expect(view).toMatchObject({ outcome: 'found', found: { family: 'asks' } });
  expect(view.heard).toContainEqual({ settings: '9600 8N1', bytes: 0, problem: 'pulled' });
});

it('a monitor that was set to another rate of its menu is found at that rate, which comes with the answer', async () => {
  const variable = family('variable', {
    createDriver: LISTENS.createDriver,
    otherSettings: [{ baudRate: 4800 }, { baudRate: 2400 }],
  });
  const { running, turn, written } = await bench([variable], ({ line, settings }, clock) => {
    // At a wrong rate its bytes are noise.
    line.feed(bytes(settings === '2400 8N1' ? VALUES : '\x00\xff\x80'), clock.now());
  });
  await turn(DETECT_LIMIT_MS);
  const view = await running;
  expect(view).toMatchObject({
    outcome: 'found',
    found: { family: 'variable', settings: '2400 8N1', line: { baudRate: 2400 } },
  });
  expect(view.tried.map(({ phase, settings }) => `${phase} at ${settings}`)).toEqual([
    'listening at 9600 8N1',
    'listening at 4800 8N1',
    'listening at 2400 8N1',
  ]);
  expect(written()).toEqual([]);
});

it('every family judges what comes at every setting, also where it is another family’s', async () => {
  const { running, turn } = await bench([LISTENS, ASKS], ({ line, settings }, clock) => {
    if (settings === '19200 8N1' && line.written.length === 0) line.feed(bytes(VALUES), clock.now());
  });
  await turn(DETECT_LIMIT_MS);
  expect(await running).toMatchObject({
    outcome: 'found',
    found: { settings: '19200 8N1', after: 'listening' },
    sent: [],
  });
});

it('a silent line leaves time to ask all families at their usual settings and most at others, within the limit', async () => {
  const { running, turn, clock, written } = await bench(DEVICE_PROFILES, () => undefined);
  const beganAt = clock.now().mono;
  await turn(DETECT_LIMIT_MS + 1000);
  const { outcome, tried, sent, notTried, withheld } = await running;
  expect(outcome).toBe('silent');
  expect(clock.now().mono - beganAt).toBeLessThanOrEqual(DETECT_LIMIT_MS);
  const askers = DEVICE_PROFILES.filter(
    ({ callsIn, transmits }) => callsIn !== true && transmits.some(({ effect }) => effect === 'asks'),
  );
  const asked = (id: string) =>
    tried.flatMap(({ phase, families, settings }) =>
      phase === 'asking' && families[0] === id ? [settings] : [],
    );
  for (const { id, serial } of askers) expect(asked(id)).toContain(describeSettings(serial));
  const others = askers.flatMap(({ otherSettings }) => otherSettings ?? []);
  expect(tried.filter(({ phase }) => phase === 'asking').length - askers.length).toBeGreaterThan(3);
  expect(notTried.length).toBeLessThan(others.length / 2);
  // All but Nellcor, whose only question is for a line that was held up.
  expect(
    new Set(sent.map(({ family: id }) => id)).size + new Set(withheld.map(({ family: id }) => id)).size,
  ).toBe(askers.length - 1);
  expect(written().length).toBeGreaterThan(0);
});

it('a driver that fails on a stranger’s bytes does not end the search', async () => {
  const breaks = family('breaks', {
    transmits: [],
    createDriver: () => ({
      start: () => [],
      receive: () => {
        throw new Error('no such table');
      },
      tick: () => [],
      end: () => [],
    }),
  });
  const { running, turn } = await bench([breaks, LISTENS], ({ line }, clock) =>
    line.feed(bytes(VALUES), clock.now()),
  );
  await turn(DETECT_LIMIT_MS);
  expect(await running).toMatchObject({ outcome: 'found', found: { family: 'listens' } });
});

it('on a network line every family hears the same connection, whatever its settings', async () => {
  const { running, turn, opened } = await bench(
    [LISTENS, ASKS],
    ({ line }, clock) => {
      if (line.written.length > 0) line.feed(bytes(VALUES), clock.now());
    },
    { kind: 'network' },
  );
  await turn(DETECT_LIMIT_MS);
  expect(await running).toMatchObject({
    outcome: 'found',
    found: { settings: null },
    heard: [{ settings: null }],
  });
  expect(opened).toHaveLength(1);
});

it('families whose monitors connect to this computer are not looked for', async () => {
  const calls = family('calls', { callsIn: true });
  const { running, turn, told } = await bench([calls, LISTENS], () => undefined);
  await turn(DETECT_LIMIT_MS);
  await running;
  expect(told.flatMap(({ families }) => families)).not.toContain('calls');
});
