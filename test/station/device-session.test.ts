import { describe, expect, it } from 'vitest';
import type { Driver, DriverOptions, DriverOutput } from '../../devices/device.ts';
import { exactText } from '../../devices/framing/transmit.ts';
import { type MemoryTransport, memoryTransport } from '../../devices/transport/memory.ts';
import { type LinkStatus, RETRY_AFTER_MS, startDeviceSession } from '../../station/device-session.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { TOY, TOY_QUIET_MS } from '../support/toy-family.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const LOST = { code: 'lost', message: 'the cable was pulled' } as const;

const setup = async (firstFailure: string | null = null, isCalled = false, family = TOY) => {
  const clock = fakeClock();
  const lines: MemoryTransport[] = [];
  const statuses: LinkStatus[] = [];
  const outputs: DriverOutput[] = [];
  const raw: string[] = [];
  let failure = firstFailure;
  let attempts = 0;
  const session = startDeviceSession(
    family,
    { rate: 1 },
    () => {
      attempts += 1;
      if (failure !== null) throw new Error(failure);
      const line: MemoryTransport = { ...memoryTransport(), isCalled };
      lines.push(line);
      return line;
    },
    clock,
    {
      outputs: (given) => {
        outputs.push(...given);
      },
      status: (status) => {
        statuses.push(status);
      },
      raw: (direction, data) => {
        raw.push(`${direction} ${new TextDecoder().decode(data).trim()}`);
      },
    },
  );
  await clock.advance(0);
  const line = (): MemoryTransport => {
    const last = lines.at(-1);
    if (last === undefined) throw new Error('no line was opened');
    return last;
  };
  return {
    clock,
    session,
    statuses,
    outputs,
    raw,
    line,
    attempts: () => attempts,
    failWith: (why: string | null) => {
      failure = why;
    },
    feed: (text: string) => line().feed(bytes(text), clock.now()),
  };
};

it('a notice of the line is told in its words, and changes nothing else', async () => {
  const test = await setup();
  const before = test.session.status();
  test.line().notify('192.0.2.9 also wanted to connect and was refused: one monitor at a time.');
  expect(test.statuses.at(-1)).toEqual({
    ...before,
    detail: '192.0.2.9 also wanted to connect and was refused: one monitor at a time.',
  });
  await test.session.stop();
});

describe('a device session', () => {
  it('asks the driver to start when the line opens and writes what it requests', async () => {
    const { line, raw } = await setup();
    expect(new TextDecoder().decode(line().written[0])).toBe('GO\n');
    expect(raw).toEqual(['sent GO']);
  });

  it('is associated only after a complete frame, not because the port is open', async () => {
    const { session, feed } = await setup();
    expect(session.status().state).toBe('negotiating');
    feed('MDC_ECG_HEART_RATE=7');
    expect(session.status().state).toBe('negotiating');
    feed('2\n');
    expect(session.status().state).toBe('associated');
  });

  it('calls a monitor quiet after more silence than its family allows, and associated again when it speaks', async () => {
    const { clock, session, feed } = await setup();
    feed('MDC_ECG_HEART_RATE=72\n');
    await clock.advance(TOY_QUIET_MS - 250);
    expect(session.status().state).toBe('associated');
    await clock.advance(500);
    expect(session.status().state).toBe('quiet');
    feed('MDC_ECG_HEART_RATE=73\n');
    expect(session.status().state).toBe('associated');
  });

  it('lets go of a silent caller when another one wants the line, so that the monitor itself can connect', async () => {
    const { clock, session, feed, line, attempts } = await setup(null, true);
    const stranger = line();
    await clock.advance(TOY_QUIET_MS + 500);
    // Nobody else wants it: one that speaks seldom is left alone.
    expect([session.status().state, stranger.phase()]).toEqual(['negotiating', 'open']);
    stranger.notify('192.0.2.9 also wanted to connect and was refused: one monitor at a time.');
    await clock.advance(250);
    expect([session.status().state, stranger.phase()]).toEqual(['failed', 'closed']);
    await clock.advance(1000);
    expect([session.status().state, attempts()]).toEqual(['negotiating', 2]);
    const monitor = line();
    monitor.notify('192.0.2.9 also wanted to connect and was refused: one monitor at a time.');
    for (let second = 0; second < 10; second += 1) {
      feed('MDC_ECG_HEART_RATE=72\n');
      await clock.advance(1000);
    }
    await clock.advance(TOY_QUIET_MS + 500);
    // It was wanted while the monitor spoke, and by nobody since.
    expect([session.status().state, monitor.phase()]).toEqual(['quiet', 'open']);
  });

  it('says that the cuff was asked for only when something was sent', async () => {
    const withCuff = (bytesToSend: string | null) => ({
      ...TOY,
      transmits: [{ name: 'cuff', effect: 'starts-cuff' as const, matches: exactText('CUFF') }],
      createDriver: (options: DriverOptions): Driver => ({
        ...TOY.createDriver(options),
        cuff: () =>
          bytesToSend === null ? [] : [{ type: 'request', bytes: bytes(bytesToSend), purpose: 'the cuff' }],
      }),
    });
    for (const [sent, isAsked] of [
      ['CUFF', true],
      ['something else', false],
      [null, false],
    ] as const) {
      const { session } = await setup(null, false, withCuff(sent));
      expect(session.cuff('start')).toBe(isAsked);
    }
  });

  it('opens a lost line again by itself, waiting longer each time it fails, for ever', async () => {
    const { clock, session, line, attempts, failWith } = await setup();
    failWith('nothing there');
    line().fail(LOST);
    expect(session.status()).toMatchObject({ state: 'failed', detail: LOST.message });
    const waits: number[] = [];
    for (let turn = 0; turn < 7; turn += 1) {
      const before = attempts();
      let waited = 0;
      while (attempts() === before) {
        await clock.advance(100);
        waited += 100;
      }
      waits.push(waited);
    }
    const longest = RETRY_AFTER_MS.at(-1);
    expect(waits).toEqual([...RETRY_AFTER_MS, longest, longest]);
    failWith(null);
    await clock.advance(5000);
    expect(session.status().state).toBe('negotiating');
    expect(session.counters().reconnects).toBeGreaterThanOrEqual(7);
  });

  it('never glues the head of a frame from before a loss to the tail that comes after it', async () => {
    const { clock, session, line, feed, outputs } = await setup();
    feed('MDC_ECG_HEART_RATE=1');
    line().fail(LOST);
    await clock.advance(1000);
    feed('99\n');
    expect(outputs.filter((output) => output.type === 'observation')).toEqual([]);
    expect(session.counters().rejected).toEqual({ truncated: 1, syntax: 1 });
  });

  it('counts bytes, frames, observations and refusals by reason', async () => {
    const { session, line, clock, feed } = await setup();
    const good = 'MDC_ECG_HEART_RATE=72;MDC_PULS_OXIM_SAT_O2=98\n';
    feed(good);
    feed('garbage\n');
    line().drop(4096, clock.now());
    expect(session.counters()).toEqual({
      bytes: good.length + 8 + 4096,
      frames: 1,
      observations: 2,
      rejectedBytes: 8 + 4096,
      rejected: { syntax: 1, overrun: 1 },
      reconnects: 0,
    });
  });

  it('says what is wrong when the line cannot even be made, and tries again', async () => {
    const { session, clock, failWith } = await setup('USB adapter 0403:6001 is not plugged in');
    expect(session.status()).toMatchObject({
      state: 'failed',
      detail: 'USB adapter 0403:6001 is not plugged in',
    });
    failWith(null);
    await clock.advance(600);
    expect(session.status().state).toBe('negotiating');
  });

  it('does not open a recording again that came to its end', async () => {
    const { session, line, clock, attempts } = await setup();
    line().finish();
    await clock.advance(60_000);
    expect(session.status()).toMatchObject({ state: 'closed', detail: 'The recording has ended.' });
    expect(attempts()).toBe(1);
  });

  it('opens and says nothing any more once it was stopped', async () => {
    const { session, statuses, clock, line } = await setup();
    line().fail(LOST);
    await session.stop();
    const said = statuses.length;
    await clock.advance(60_000);
    expect(statuses.length).toBe(said);
  });
});
