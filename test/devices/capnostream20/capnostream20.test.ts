import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CapnostreamMessage,
  capnostreamCodec,
  type Numerics,
} from '../../../devices/capnostream20/codec.ts';
import { createCapnostreamDriver } from '../../../devices/capnostream20/driver.ts';
import type { DriverOutput } from '../../../devices/device.ts';
import frames from '../../fixtures/capnostream20/frames.json' with { type: 'json' };
import numerics from '../../fixtures/capnostream20/numerics.json' with { type: 'json' };
import refused from '../../fixtures/capnostream20/refused.json' with { type: 'json' };
import {
  accountedBytes,
  at,
  chunks,
  conditionsIn,
  drive,
  observationsIn,
  rejectsIn,
  told,
} from '../drive.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const decode = (bytes: Uint8Array, cuts: readonly number[] = [bytes.length]) => {
  const decoder = capnostreamCodec.decoder();
  return [...chunks(bytes, cuts).flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
};
const EXAMPLE = hex(numerics[0]?.hex ?? '');
const [decoded] = decode(EXAMPLE);
if (decoded?.ok !== true || decoded.message.kind !== 'numerics')
  throw new Error('the example is no numerics');
const STEADY: Numerics = decoded.message;

const asked = (outputs: readonly DriverOutput[]): readonly string[] =>
  outputs.flatMap((output) => (output.type === 'request' ? [Buffer.from(output.bytes).toString('hex')] : []));
const ENABLE = '85010100';
const START = '85010405';
const ALIVE = '85010607';

describe('the Capnostream codec', () => {
  it.each(frames)('reads and writes $name', ({ hex: text, message }) => {
    const bytes = hex(text);
    const [only, another] = decode(bytes);
    expect(another).toBeUndefined();
    expect(only).toEqual({ ok: true, message, byteCount: bytes.length });
    if (only?.ok === true) expect(capnostreamCodec.encode(only.message)).toEqual(bytes);
  });

  it('reads back what it writes, in one piece or cut anywhere', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const value = fc.option(fc.integer({ min: 0, max: 254 }));
    const limit = fc.record({ low: value, high: value });
    const message: fc.Arbitrary<CapnostreamMessage> = fc.oneof(
      fc
        .constantFrom('enable' as const, 'start' as const, 'stop' as const, 'alive' as const)
        .map((command): CapnostreamMessage => ({ kind: 'command', command })),
      fc.record({
        kind: fc.constant('wave' as const),
        number: byte,
        raw: fc.integer({ min: 0, max: 0xffff }),
        fast: byte,
      }),
      fc.record({ kind: fc.constant('identity' as const), text: fc.stringMatching(/^[ -~]{1,40}$/) }),
      fc.record({
        kind: fc.constant('numerics' as const),
        timeS: fc.integer({ min: 0, max: 0xffff_ffff }),
        etco2: value,
        fico2: value,
        rate: value,
        spo2: value,
        pulse: value,
        slow: byte,
        co2Alarms: byte,
        spo2Alarms: byte,
        noBreathS: byte,
        limits: fc.record({ etco2: limit, rate: limit, fico2High: value, spo2: limit, pulse: limit }),
        unit: fc.constant('mmHg' as const),
        extended: byte,
      }),
    );
    fc.assert(
      fc.property(
        fc.array(message, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 20 }),
        (sent, cut) => {
          const bytes = new Uint8Array(Buffer.concat(sent.map((one) => capnostreamCodec.encode(one))));
          const got = decode(bytes, [cut]);
          expect(got.map((one) => (one.ok ? one.message : one.reason))).toEqual(sent);
          expect(got.reduce((sum, { byteCount }) => sum + byteCount, 0)).toBe(bytes.length);
        },
      ),
    );
  });

  it('accounts for every byte of anything, with the same results however it is cut', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(EXAMPLE, hex('85 80'), hex('85 FF')),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.integer({ min: 1, max: 9 }), (pieces, cut) => {
        const bytes = new Uint8Array(Buffer.concat(pieces));
        const whole = decode(bytes);
        expect(whole.reduce((sum, { byteCount }) => sum + byteCount, 0)).toBe(bytes.length);
        expect(decode(bytes, [cut])).toEqual(whole);
      }),
    );
  });
});

describe('the Capnostream driver', () => {
  it.each(numerics)('reads $name', ({ hex: text, expect: expected, conditions }) => {
    const outputs = drive(createCapnostreamDriver(), hex(text));
    expect(observationsIn(outputs).map(told)).toEqual(expected);
    expect(conditionsIn(outputs)).toEqual(conditions);
    expect(accountedBytes(outputs)).toBe(hex(text).length);
  });

  it.each(refused)('refuses $name', ({ hex: text, reason }) => {
    const outputs = drive(createCapnostreamDriver(), hex(text));
    expect(observationsIn(outputs)).toEqual([]);
    expect(rejectsIn(outputs)[0]).toMatchObject({ reason });
    expect(accountedBytes(outputs)).toBe(hex(text).length);
  });

  it('switches the monitor on, starts it once it says who it is, and keeps it on', () => {
    const driver = createCapnostreamDriver();
    expect(asked(driver.start(at(0)))).toEqual([ENABLE]);
    expect(asked(driver.tick(at(1000)))).toEqual([]);
    expect(asked(driver.tick(at(1500)))).toEqual([ENABLE]);
    const identity = driver.receive(hex(frames[4]?.hex ?? ''), at(1600));
    expect(identity).toContainEqual({
      type: 'identity',
      identity: { model: 'Capnostream 20', serial: 'B355987654', software: 'V45.67' },
    });
    expect(asked(identity)).toEqual([START]);
    expect(asked(driver.tick(at(3100)))).toEqual([START]);
    driver.receive(EXAMPLE, at(3200));
    driver.receive(EXAMPLE, at(8000));
    expect(asked(driver.tick(at(8100)))).toEqual([ALIVE]);
    expect(asked(driver.tick(at(9000)))).toEqual([]);
    // Silence: the monitor was restarted and has forgotten us.
    expect(asked(driver.tick(at(10_000)))).toEqual([ENABLE]);
  });

  it('switches the monitor on anew when it is asked to start three times in vain', () => {
    const driver = createCapnostreamDriver();
    driver.start(at(0));
    driver.receive(hex(frames[4]?.hex ?? ''), at(100));
    const said = [1600, 3100, 4600, 6100].flatMap((ms) => asked(driver.tick(at(ms))));
    expect(said).toEqual([START, START, ENABLE, ENABLE]);
  });

  const later = (seconds: number, change: Partial<Numerics> = {}): Uint8Array =>
    capnostreamCodec.encode({ ...STEADY, timeS: STEADY.timeS + seconds, ...change });
  const run = (steps: readonly (readonly [ms: number, bytes: Uint8Array])[]) => {
    const driver = createCapnostreamDriver();
    driver.start(at(0));
    return steps.map(([ms, bytes]) => driver.receive(bytes, at(ms)));
  };

  it('drops a message in which the SpO2 is the respiration rate of the one before', () => {
    const said = run([
      [0, later(0)],
      [1000, later(1, { spo2: 16, pulse: 98 })],
      [2000, later(2)],
    ]);
    expect(rejectsIn(said[1] ?? [])).toMatchObject([{ reason: 'range' }]);
    expect(said.map((outputs) => observationsIn(outputs).length)).toEqual([4, 0, 4]);
  });

  it('refuses a clock that is suddenly far ahead, until a second message agrees', () => {
    const said = run([
      [0, later(0)],
      [1000, later(4000)],
      [2000, later(2)],
      [3000, later(7203)],
      [4000, later(7204)],
    ]);
    expect(said.map((outputs) => observationsIn(outputs).length)).toEqual([4, 0, 4, 0, 4]);
  });

  it('believes other settings when a second message has them', () => {
    const limits = { ...STEADY.limits, spo2: { low: 90, high: 100 } };
    const said = run([
      [0, later(0)],
      [1000, later(1, { limits })],
      [2000, later(2, { limits })],
    ]);
    expect(said.map((outputs) => observationsIn(outputs).length)).toEqual([4, 0, 4]);
    expect(said[2]).toContainEqual({
      type: 'limits',
      limits: { metric: 'MDC_PULS_OXIM_SAT_O2', low: 90, high: 100 },
    });
  });

  it('tells messages that were held back on the way as that much older', () => {
    const said = run([
      [0, later(0)],
      [21_000, later(1)],
      [21_010, later(21)],
    ]);
    const ages = said.map((outputs) =>
      observationsIn(outputs).map(({ ageAtReceiptMs }) => Math.round(ageAtReceiptMs / 1000)),
    );
    expect(ages).toEqual([
      [0, 0, 0, 0],
      [20, 20, 20, 20],
      [0, 0, 0, 0],
    ]);
  });

  it('gathers the wave into blocks, with what is no sample as a gap, and says where samples are missing', () => {
    const wave = (number: number, mmHg: number, fast = 0): Uint8Array =>
      capnostreamCodec.encode({ kind: 'wave', number, raw: mmHg * 256, fast });
    const driver = createCapnostreamDriver();
    driver.start(at(0));
    expect(driver.receive(wave(1, 5), at(0)).map(({ type }) => type)).toEqual(['frame']);
    driver.receive(EXAMPLE, at(10));
    const blocks = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 20, 21, 22, 23, 24]
      .flatMap((number) => driver.receive(wave(number, number, number === 8 ? 0x01 : 0), at(number * 50)))
      .flatMap((output) => (output.type === 'waveform' ? [output.block] : []));
    expect(blocks.map(({ samples, isAfterGap }) => [samples, isAfterGap])).toEqual([
      [[2, 3, 4, 5, 6], true],
      [[7, null, 9, 10, 11], false],
      [[20, 21, 22, 23, 24], true],
    ]);
    expect(blocks[0]).toMatchObject({ wave: 'MDC_AWAY_CO2', unit: 'mm[Hg]', periodMs: 50 });
  });

  it('reports what the wave says about the FilterLine when it comes and goes', () => {
    const driver = createCapnostreamDriver();
    const wave = (fast: number) =>
      driver.receive(capnostreamCodec.encode({ kind: 'wave', number: 1, raw: 0, fast }), at(0));
    driver.start(at(0));
    expect([0x41, 0x41, 0x00].map((fast) => conditionsIn(wave(fast)))).toEqual([
      ['+sensor-disconnected'],
      [],
      ['-sensor-disconnected'],
    ]);
  });
});

describe('a damaged line', () => {
  it('no single flipped bit of a numerics message gives a number', () => {
    let flips = 0;
    for (let bit = 0; bit < EXAMPLE.length * 8; bit += 1) {
      const damaged = Uint8Array.from(EXAMPLE);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      flips += 1;
      expect(observationsIn(drive(createCapnostreamDriver(), damaged)), `bit ${bit}`).toEqual([]);
    }
    expect(flips).toBe(248);
  });

  /** Eight bits of check let 1 of 256 heavy damages through; the settings that each message repeats stop most of those. */
  it('of 20 000 heavily damaged messages after a good one, no more than 26 give another number', () => {
    let state = 12_345;
    const random = (below: number): number => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % below;
    };
    let wrong = 0;
    const good = new Set(
      observationsIn(drive(createCapnostreamDriver(), EXAMPLE)).map(
        ({ metric, value }) => `${metric} ${value}`,
      ),
    );
    for (let turn = 0; turn < 20_000; turn += 1) {
      const damaged = Uint8Array.from(EXAMPLE);
      for (let count = 2 + random(7); count > 0; count -= 1) {
        const bit = random(damaged.length * 8);
        damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      }
      const driver = createCapnostreamDriver();
      driver.start(at(0));
      driver.receive(EXAMPLE, at(0));
      const told = observationsIn(driver.receive(damaged, at(1000)));
      if (told.some(({ metric, value }) => value !== null && !good.has(`${metric} ${value}`))) wrong += 1;
    }
    expect(wrong).toBeLessThanOrEqual(26);
  });
});
