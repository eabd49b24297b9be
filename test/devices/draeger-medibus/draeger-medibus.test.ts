import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Driver, DriverOutput } from '../../../devices/device.ts';
import {
  CODE,
  isEmptyAnswer,
  type MedibusMessage,
  medibusCodec,
} from '../../../devices/draeger-medibus/codec.ts';
import { createMedibusDriver } from '../../../devices/draeger-medibus/driver.ts';
import { draegerMedibus } from '../../../devices/draeger-medibus/index.ts';
import {
  readAlarms,
  readMeasured,
  writeAlarms,
  writeMeasured,
} from '../../../devices/draeger-medibus/texts.ts';
import alarms from '../../fixtures/draeger-medibus/alarms.json' with { type: 'json' };
import frames from '../../fixtures/draeger-medibus/frames.json' with { type: 'json' };
import identities from '../../fixtures/draeger-medibus/identity.json' with { type: 'json' };
import measured from '../../fixtures/draeger-medibus/measured.json' with { type: 'json' };
import refused from '../../fixtures/draeger-medibus/refused.json' with { type: 'json' };
import {
  accountedBytes,
  at,
  bytesOf,
  chunks,
  conditionsIn,
  observationsIn,
  rejectsIn,
  told,
} from '../drive.ts';

const decode = (bytes: Uint8Array, cuts: readonly number[] = [bytes.length]) => {
  const decoder = medibusCodec.decoder();
  return [...chunks(bytes, cuts).flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
};
const asked = (outputs: readonly DriverOutput[]): readonly string[] =>
  outputs.flatMap((output) =>
    output.type === 'request' ? [Buffer.from(output.bytes).toString('latin1')] : [],
  );

const ICC = '\x1bQ6C\r';
const ICC_ANSWER = '\x01Q52\r';
const ID = '\x1bR6D\r';
const MEASURED = '\x1b$3F\r';
const ALARMS = "\x1b'42\r";
const IDENTITY = identities[0]?.text ?? '';
const EXAMPLE = measured[0]?.text ?? '';

/** A driver that has opened the communication at 0 and waits for measured values. */
const opened = (): Driver => {
  const driver = createMedibusDriver();
  expect(asked(driver.start(at(0)))).toEqual([ICC]);
  expect(asked(driver.receive(bytesOf(ICC_ANSWER), at(10)))).toEqual([ID]);
  expect(asked(driver.receive(bytesOf(IDENTITY), at(20)))).toEqual([MEASURED]);
  return driver;
};

describe('the MEDIBUS codec', () => {
  it.each(frames)('reads and writes $name', ({ text, message }) => {
    const [only, another] = decode(bytesOf(text));
    expect(another).toBeUndefined();
    expect(only).toEqual({ ok: true, message, byteCount: text.length });
    if (only?.ok === true)
      expect(Buffer.from(medibusCodec.encode(only.message)).toString('latin1')).toBe(text);
  });

  const message: fc.Arbitrary<MedibusMessage> = fc.record({
    kind: fc.constantFrom('command' as const, 'answer' as const),
    code: fc.integer({ min: 0x20, max: 0x7e }),
    text: fc.stringMatching(/^[ -~]{0,60}$/),
  });

  it('reads back what it writes, cut anywhere, with real-time bytes anywhere in between', () => {
    fc.assert(
      fc.property(
        fc.array(message, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.nat(200), { maxLength: 10 }),
        (sent, cut, places) => {
          const bytes = [...Buffer.concat(sent.map((one) => medibusCodec.encode(one)))];
          // Not before the first frame: there they are noise.
          for (const place of places)
            bytes.splice(1 + (place % (bytes.length - 1)), 0, 0x80 | (place & 0x7f));
          const got = decode(Uint8Array.from(bytes), [cut]);
          const read = got.flatMap((one) => (one.ok ? [one.message] : []));
          expect(read).toEqual(sent);
          expect(got.filter((one) => !one.ok).every((one) => !one.ok && one.reason === 'noise')).toBe(true);
          expect(got.reduce((sum, { byteCount }) => sum + byteCount, 0)).toBe(bytes.length);
        },
      ),
    );
  });

  it('accounts for every byte of anything, with the same results however it is cut', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(...['\x1b', '\x01', '\r', EXAMPLE, ICC].map((text) => bytesOf(text))),
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

  it('reads back lists of values and alarms', () => {
    const code = fc.integer({ min: 0, max: 255 });
    const value = fc.record({ code, text: fc.stringMatching(/^([0-9]{1,4}|[0-9]\.[0-9]|)$/) });
    const alarm = fc.record({
      priority: fc.stringMatching(/^[0-9]?$/),
      code,
      text: fc.stringMatching(/^([!-~]([ -~]{0,10}[!-~])?)?$/),
    });
    fc.assert(
      fc.property(fc.uniqueArray(value, { selector: (one) => one.code }), fc.array(alarm), (values, list) => {
        expect(readMeasured(writeMeasured(values))).toEqual(values);
        expect(readAlarms(writeAlarms(list))).toEqual(list);
      }),
    );
  });
});

describe('the MEDIBUS driver', () => {
  it.each(measured)('reads $name', ({ text, expect: expected, unmapped }) => {
    const outputs = opened().receive(bytesOf(text), at(100));
    expect(observationsIn(outputs).map(told)).toEqual(expected);
    const others = outputs.flatMap((output) =>
      output.type === 'unmapped' ? [`${output.id} ${output.value}`] : [],
    );
    expect(others.toSorted()).toEqual(unmapped);
    expect(accountedBytes(outputs)).toBe(text.length);
  });

  it.each(refused)('refuses $name', ({ text, reason }) => {
    const driver = opened();
    const outputs = [...driver.receive(bytesOf(text), at(100)), ...driver.end(at(200))];
    expect(observationsIn(outputs)).toEqual([]);
    expect(rejectsIn(outputs)).toMatchObject([{ reason }]);
    expect(accountedBytes(outputs)).toBe(text.length);
  });

  it.each(alarms)('tells $name', ({ text, expect: expected }) => {
    const driver = opened();
    expect(asked(driver.receive(bytesOf(EXAMPLE), at(100)))).toEqual([ALARMS]);
    const outputs = driver.receive(bytesOf(text), at(200));
    const texts = outputs.flatMap((output) => (output.type === 'condition' ? [output.condition.text] : []));
    expect(texts).toEqual(expected);
  });

  it.each(identities)('says that it is $name', ({ text, identity }) => {
    const driver = createMedibusDriver();
    driver.start(at(0));
    driver.receive(bytesOf(ICC_ANSWER), at(10));
    expect(driver.receive(bytesOf(text), at(20))).toContainEqual({ type: 'identity', identity });
  });

  it('opens the communication again and again, then asks for one thing at a time', () => {
    const driver = createMedibusDriver();
    driver.start(at(0));
    expect([500, 1000, 1500, 2000].map((ms) => asked(driver.tick(at(ms))))).toEqual([[], [ICC], [], [ICC]]);
    driver.receive(bytesOf(ICC_ANSWER), at(2100));
    driver.receive(bytesOf(IDENTITY), at(2200));
    expect(asked(driver.tick(at(2250)))).toEqual([]);
    expect(asked(driver.receive(bytesOf(EXAMPLE), at(2300)))).toEqual([ALARMS]);
    expect(asked(driver.receive(bytesOf(alarms[1]?.text ?? ''), at(2400)))).toEqual([]);
    expect(asked(driver.tick(at(3000)))).toEqual([]);
    expect(asked(driver.tick(at(3250)))).toEqual([MEASURED]);
    expect(asked(driver.receive(bytesOf(EXAMPLE), at(3300)))).toEqual([]);
  });

  it('asks again after 2 s without an answer, and opens the communication anew after two of them', () => {
    const driver = opened();
    expect([1000, 2000, 2100, 4000, 4100, 5100].map((ms) => asked(driver.tick(at(ms))))).toEqual([
      [],
      [],
      [MEASURED],
      [],
      [ICC],
      [ICC],
    ]);
  });

  it('answers every command of the machine, and begins anew when the machine does', () => {
    const driver = opened();
    expect(asked(driver.receive(bytesOf('\x1b04B\r'), at(100)))).toEqual(['\x01031\r']);
    expect(asked(driver.receive(bytesOf(ICC), at(200)))).toEqual([ICC_ANSWER, ICC]);
  });

  it('takes no answer that it did not ask for: values that another host asked for are refused', () => {
    const driver = createMedibusDriver();
    driver.start(at(0));
    const outputs = driver.receive(bytesOf(EXAMPLE), at(100));
    expect(observationsIn(outputs)).toEqual([]);
    expect(rejectsIn(outputs)).toMatchObject([
      { reason: 'syntax', detail: 'an answer to what we did not ask' },
    ]);
  });

  it('recognises its own words on a looped line, and gives nothing', () => {
    const driver = createMedibusDriver();
    let said = asked(driver.start(at(0)));
    const outputs: DriverOutput[] = [];
    for (let ms = 250; ms < 20_000; ms += 250) {
      const back = driver.receive(bytesOf(said.join('')), at(ms));
      const ticked = driver.tick(at(ms));
      outputs.push(...back, ...ticked);
      said = [...asked(back), ...asked(ticked)];
    }
    expect(observationsIn(outputs)).toEqual([]);
    expect(rejectsIn(outputs).map(({ detail }) => detail)).toContain(
      'a command of ours: is the line looped back?',
    );
  });

  it('asks in its turn when the machine did not understand', () => {
    const driver = opened();
    const nak = Buffer.from(medibusCodec.encode({ kind: 'answer', code: CODE.notUnderstood, text: '' }));
    expect(asked(driver.receive(nak, at(100)))).toEqual([ALARMS]);
    driver.receive(bytesOf(alarms[1]?.text ?? ''), at(200));
    expect(asked(driver.tick(at(1100)))).toEqual([MEASURED]);
  });

  it("tells the machine's alarms when they come and when they go, also by a lost link", () => {
    const driver = opened();
    driver.receive(bytesOf(EXAMPLE), at(100));
    expect(conditionsIn(driver.receive(bytesOf(alarms[0]?.text ?? ''), at(200)))).toEqual([
      '+monitor-alarm',
      '+monitor-alarm',
    ]);
    expect(conditionsIn(driver.start(at(5000)))).toEqual(['-monitor-alarm', '-monitor-alarm']);
  });

  it('may send its four commands and empty answers, nothing else', () => {
    const may = (text: string): boolean =>
      draegerMedibus.transmits.some(({ matches }) => matches(bytesOf(text)));
    expect([ICC, ID, MEASURED, ALARMS, ICC_ANSWER, '\x01031\r'].map(may)).toEqual([
      true,
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(['\x1bU70\r', '\x1b(43\r', EXAMPLE, ICC_ANSWER + ICC_ANSWER].map(may)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(isEmptyAnswer(bytesOf('\x01Q53\r'))).toBe(false);
  });
});

describe('a damaged line', () => {
  const outcome = (damaged: Uint8Array): readonly DriverOutput[] => {
    const driver = opened();
    return [...driver.receive(damaged, at(100)), ...driver.end(at(200))];
  };
  const good = observationsIn(outcome(bytesOf(EXAMPLE))).map(told);

  it('no single flipped bit of an answer gives a number that was not sent', () => {
    const bytes = bytesOf(EXAMPLE);
    expect(bytes.length * 8).toBe(184);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const damaged = Uint8Array.from(bytes);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(observationsIn(outcome(damaged)).map(told), `bit ${bit}`).toEqual([]);
    }
  });

  /** A sum of eight bits does not see what goes up in one digit and down in another. */
  it('of 20 000 answers with 2 to 8 flipped bits, no more than 21 give a number that was not sent', () => {
    let state = 12_345;
    const random = (below: number): number => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % below;
    };
    let wrong = 0;
    for (let turn = 0; turn < 20_000; turn += 1) {
      const damaged = Uint8Array.from(bytesOf(EXAMPLE));
      for (let count = 2 + random(7); count > 0; count -= 1) {
        const bit = random(damaged.length * 8);
        damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      }
      if (observationsIn(outcome(damaged)).some((one) => one.value !== null && !good.includes(told(one))))
        wrong += 1;
    }
    expect(wrong).toBeLessThanOrEqual(21);
  });
});
