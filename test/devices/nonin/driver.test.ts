import { describe, expect, it } from 'vitest';
import type { DriverOutput } from '../../../devices/device.ts';
import { createNoninDriver } from '../../../devices/nonin/driver.ts';
import { nonin } from '../../../devices/nonin/index.ts';
import { resolveOptions } from '../../../station/driver-options.ts';
import format8 from '../../fixtures/nonin/format8.json' with { type: 'json' };
import format13 from '../../fixtures/nonin/format13.json' with { type: 'json' };
import lines from '../../fixtures/nonin/lines.json' with { type: 'json' };
import packets from '../../fixtures/nonin/packets.json' with { type: 'json' };
import { accountedBytes, at, conditionsIn, observationsIn, rejectsIn } from '../drive.ts';
import { hex, lineBytes } from './support.ts';

const told = (outputs: readonly DriverOutput[]): readonly string[] =>
  observationsIn(outputs).map(({ metric, value, validity }) => `${metric} ${value} ${validity}`);
const started = (format: 'auto' | '8' | '13') => {
  const driver = createNoninDriver(format);
  driver.start(at(0));
  return driver;
};
const PACKET = hex(packets[0]?.hex ?? '');

describe('the Nonin driver', () => {
  it.each(lines)('tells $name, said twice', ({ line, told: expected }) => {
    const driver = started('auto');
    const said = [1000, 2000].map((ms) => driver.receive(lineBytes(line), at(ms)));
    expect(told(said[0] ?? [])).toEqual(expected.filter((one) => one.includes(' null ')));
    expect(told(said[1] ?? [])).toEqual(expected);
    expect(accountedBytes(said.flat())).toBe(2 * lineBytes(line).length);
  });

  it.each(packets)(
    'tells $name with the second packet, and its pleth at once (format $format)',
    (fixture) => {
      const driver = started('auto');
      const [outputs = [], second = []] = [1000, 1333].map((ms) => driver.receive(hex(fixture.hex), at(ms)));
      expect(told(outputs)).toEqual(fixture.told.filter((one) => one.endsWith(' null unavailable')));
      expect([...told(outputs), ...told(second)]).toEqual(fixture.told);
      expect(conditionsIn(outputs)).toEqual(fixture.conditions);
      const block = outputs.find(({ type }) => type === 'waveform');
      if (block?.type !== 'waveform') throw new Error('no wave');
      expect(block.block).toMatchObject({ wave: 'MDC_PULS_OXIM_PLETH', unit: '1', isAfterGap: true });
      expect(block.block.samples).toHaveLength(25);
      const sample = block.block.samples[0] ?? null;
      if (fixture.conditions.includes('+sensor-off')) expect(sample).toBeNull();
      else expect(sample).toBeCloseTo(fixture.pleth, 6);
    },
  );

  it.each(format8)('tells format 8, $name, after three frames in a row and one that agrees', (fixture) => {
    const driver = started('8');
    const said = [1, 2, 3, 4].map((second) => driver.receive(hex(fixture.hex), at(second * 1000)));
    expect(said.slice(0, 2).flatMap(told)).toEqual([]);
    expect(told(said[3] ?? [])).toEqual(fixture.told);
    expect(said.flatMap(conditionsIn)).toEqual(fixture.conditions);
  });

  it('tells a spot check once: a unit that sends it again has not measured again', () => {
    const bytes = hex(format13[0]?.hex ?? '');
    const driver = started('13');
    const said = [1000, 2000].map((ms) => told(driver.receive(bytes, at(ms))).length);
    driver.start(at(60_000));
    said.push(told(driver.receive(bytes, at(61_000))).length);
    expect(said).toEqual([2, 0, 0]);
  });

  it.each(format13)('format 13: $name', ({ hex: text, told: expected, conditions, reason }) => {
    const outputs = started('13').receive(hex(text), at(1000));
    expect(told(outputs)).toEqual(expected);
    expect(conditionsIn(outputs)).toEqual(conditions);
    expect(rejectsIn(outputs).map((one) => one.reason)).toEqual(reason === null ? [] : [reason]);
  });

  it('begins anew with format 8 when a byte is lost or added between frames', () => {
    const driver = started('8');
    const good = hex('80 48 62 00');
    const said = [good, good, good, good, hex('80 48 62'), good, good, good, good].map((bytes, index) =>
      told(driver.receive(bytes, at(index * 1000))),
    );
    // The cut frame is noticed with the first byte of the next one, which is then the first of a new run.
    expect(said.map(({ length }) => length)).toEqual([0, 0, 0, 2, 0, 0, 0, 2, 2]);
  });

  it('sends nothing, in any format', () => {
    expect(nonin.transmits).toEqual([]);
    for (const { value } of [{ value: 'auto' }, { value: '8' }, { value: '13' }]) {
      const driver = nonin.createDriver(resolveOptions(nonin, { format: value }));
      const said = [...driver.start(at(0)), ...driver.receive(PACKET, at(1000)), ...driver.tick(at(60_000))];
      expect(said.filter(({ type }) => type === 'request')).toEqual([]);
    }
  });

  it('keeps a line’s number that leaps back until the next line says so too', () => {
    const driver = started('auto');
    const said = ['098', '098', '068', '098', '098', '068', '068'].map((spo2, index) =>
      told(driver.receive(lineBytes(`SPO2=${spo2} HR=072`), at(index * 1000)))
        .filter((one) => one.includes('SAT'))
        .map((one) => one.split(' ')[1]),
    );
    expect(said).toEqual([[], ['98'], [], [], ['98'], [], ['68']]);
  });

  it('tells packets’ numbers once a second, and a change with the packet that confirms it', () => {
    const driver = started('auto');
    const high = hex(packets[2]?.hex ?? '');
    const said = [PACKET, PACKET, PACKET, PACKET, PACKET, high, high, high].map((bytes, index) =>
      told(driver.receive(bytes, at(1000 + index * 333))).map((one) => one.split(' ')[1]),
    );
    expect(said).toEqual([[], ['98', '72'], [], [], ['98', '72'], [], ['200'], ['98']]);
  });

  it('lets no sign flicker that stands in the frames of a beat only, and judges each number by its own packet', () => {
    const driver = started('auto');
    const artefact = hex(packets.find(({ name }) => name.startsWith('artefact'))?.hex ?? '');
    const said = [artefact, PACKET, PACKET, artefact, PACKET, PACKET, PACKET].map((bytes, index) =>
      driver.receive(bytes, at(1000 + index * 333)),
    );
    expect(said.map(conditionsIn)).toEqual([
      ['+signal-questionable'],
      [],
      [],
      [],
      [],
      [],
      ['-signal-questionable'],
    ]);
    expect(told(said[1] ?? [])).toContain('MDC_PULS_OXIM_SAT_O2 98 valid');
  });

  it('keeps what was said of the perfusion until something else is said', () => {
    const driver = started('auto');
    const named = (word: string) => hex(packets.find(({ name }) => name.startsWith(word))?.hex ?? '');
    const said = [named('low perfusion'), PACKET, PACKET, PACKET, PACKET, named('good')].map((bytes, index) =>
      conditionsIn(driver.receive(bytes, at(1000 + index * 333))),
    );
    expect(said).toEqual([['+low-perfusion'], [], [], [], [], ['-low-perfusion']]);
  });

  it('says in the wave where a packet is missing or damaged', () => {
    const driver = started('auto');
    const gaps = (bytes: Uint8Array, ms: number) =>
      driver
        .receive(bytes, at(ms))
        .flatMap((output) => (output.type === 'waveform' ? [output.block.isAfterGap] : []));
    expect(gaps(PACKET, 333)).toEqual([true]);
    expect(gaps(PACKET, 666)).toEqual([false]);
    expect(gaps(PACKET.with(70, 0), 1000)).toEqual([]);
    expect(gaps(PACKET, 1333)).toEqual([true]);
    expect(gaps(PACKET, 2333)).toEqual([true]);
  });

  it('names the firmware once, and shows what a line says beside its numbers', () => {
    const driver = started('auto');
    const first = driver.receive(PACKET, at(333));
    expect(first).toContainEqual({
      type: 'identity',
      identity: { model: 'Nonin (format 2)', serial: null, software: '31' },
    });
    expect(driver.receive(PACKET, at(666)).filter(({ type }) => type === 'identity')).toEqual([]);
    const line = driver.receive(lineBytes('SPO2=098 HR=072 F B *'), at(1000));
    expect(
      line.flatMap((output) => (output.type === 'unmapped' ? [`${output.id}: ${output.value}`] : [])),
    ).toEqual(['averaging: fast', 'breath in the last interval: yes', 'event mark: yes']);
  });

  it('takes its conditions back when the unit has been silent for 4 s', () => {
    const driver = started('auto');
    driver.receive(hex(packets.find(({ name }) => name === 'sensor alarm')?.hex ?? ''), at(1000));
    expect(conditionsIn(driver.tick(at(5000)))).toEqual([]);
    expect(conditionsIn(driver.tick(at(5250)))).toEqual(['-sensor-off']);
  });
});

describe('a damaged line of a Nonin', () => {
  const flips = (clean: Uint8Array): readonly Uint8Array[] =>
    Array.from({ length: clean.length * 8 }, (_, bit) =>
      clean.with(bit >> 3, (clean[bit >> 3] ?? 0) ^ (1 << (bit & 7))),
    );

  it.each([
    [2, 0],
    [7, 1],
  ])('no single flipped bit of a packet of format %i gives a number', (_format, index) => {
    const clean = hex(packets[index]?.hex ?? '');
    const all = flips(clean);
    expect(all).toHaveLength(1000);
    // The same damage twice in a row: nothing but the checks stands against it.
    for (const damaged of all) {
      const driver = started('auto');
      expect([1000, 1333].flatMap((ms) => told(driver.receive(damaged, at(ms))))).toEqual([]);
    }
  });

  it('of the 136 flipped bits of a line between others, 5 tell a number that was not sent, none further off than 10', () => {
    const clean = lineBytes('SPO2=098 HR=072');
    let wrong = 0;
    let worst = 0;
    for (const damaged of flips(clean)) {
      const driver = started('auto');
      const others = [clean, clean, damaged, clean, clean]
        .flatMap((bytes, index) => observationsIn(driver.receive(bytes, at(index * 1000))))
        .filter(({ value }) => value !== null && value !== 98 && value !== 72);
      if (others.length > 0) wrong += 1;
      for (const { metric, value } of others)
        worst = Math.max(worst, Math.abs((value ?? 0) - (metric.includes('SAT') ? 98 : 72)));
    }
    expect([wrong, worst]).toEqual([5, 10]);
  });

  it('of the 32 flipped bits of a frame of format 8 between others, 5 tell a number that was not sent, none further off than 4', () => {
    const clean = hex('80 48 62 00');
    let wrong = 0;
    let worst = 0;
    for (const damaged of flips(clean)) {
      const driver = started('8');
      const others = [clean, clean, clean, clean, damaged, clean, clean, clean, clean]
        .flatMap((bytes, index) => observationsIn(driver.receive(bytes, at(index * 1000))))
        .filter(({ value }) => value !== null && value !== 98 && value !== 72);
      if (others.length > 0) wrong += 1;
      for (const { metric, value } of others)
        worst = Math.max(worst, Math.abs((value ?? 0) - (metric.includes('SAT') ? 98 : 72)));
    }
    expect([wrong, worst]).toEqual([5, 4]);
  });

  it('65 536 random bytes give no number in format 8, which has no check', () => {
    let state = 7;
    const noise = Uint8Array.from({ length: 65_536 }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state & 0xff;
    });
    const driver = started('8');
    const said: string[] = [];
    for (let start = 0; start < noise.length; start += 97)
      said.push(...told(driver.receive(noise.subarray(start, start + 97), at(start))));
    expect(said.filter((one) => !one.includes(' null '))).toEqual([]);
  });
});
