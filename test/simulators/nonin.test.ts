import { describe, expect, it } from 'vitest';
import { type NoninFormat, type NoninMessage, noninCodec } from '../../devices/nonin/codec.ts';
import { createNonin, noninSimulator, type SimulatedFormat } from '../../simulators/nonin.ts';
import { type OximeterState, oximeterPatient } from './oximeter-patient.ts';

const messagesIn = (format: NoninFormat, bytes: Uint8Array): readonly NoninMessage[] => {
  const decoder = noninCodec(format).decoder();
  return [...decoder.push(bytes), ...decoder.end()].map((decoded) => {
    if (!decoded.ok) throw new Error(decoded.detail);
    return decoded.message;
  });
};
const LISTEN: Readonly<Record<string, NoninFormat>> = {
  ascii: 'auto',
  2: 'auto',
  7: 'auto',
  8: '8',
  13: '13',
};
const run = (format: SimulatedFormat, untilMs: number, change: Partial<OximeterState> = {}) =>
  messagesIn(
    LISTEN[format] ?? 'auto',
    createNonin(
      oximeterPatient(() => change),
      format,
    ).advanceTo(untilMs),
  );

describe('the simulated Nonin', () => {
  it('is an OEM III on format 2 at the bedside: three packets a second, the same however time is cut', () => {
    const patient = oximeterPatient(() => ({}));
    const once = noninSimulator.create(patient, { startEpochMs: 0, seed: 1 }).advanceTo(5000);
    const often = noninSimulator.create(patient, { startEpochMs: 0, seed: 1 });
    const pieces = Array.from({ length: 50 }, (_, index) => [...often.advanceTo((index + 1) * 100)]);
    expect(Uint8Array.from(pieces.flat())).toEqual(once);
    const packets = messagesIn('auto', once);
    expect(packets).toHaveLength(15);
    expect(packets.every((one) => one.kind === 'packet' && one.format === 2)).toBe(true);
    expect(often.receive(Uint8Array.of(2, 0x70, 2))).toHaveLength(0);
  });

  it.each([
    ['ascii', 5],
    [7, 15],
    [8, 5],
    [13, 0],
  ] as const)('speaks format %s too', (format, count) => {
    expect(run(format, 5000)).toHaveLength(count);
  });

  it('prints lines as the manuals show them', () => {
    const bytes = createNonin(
      oximeterPatient((ms) => (ms > 1500 ? { probe: 'off' } : {})),
      'ascii',
    ).advanceTo(2000);
    expect(Buffer.from(bytes).toString('latin1')).toBe('SPO2=097 HR=066\r\nSPO2=--- HR=---\r\n');
  });

  it('puts a rate above 127 and a saturation where the table has them', () => {
    const [packet] = run(2, 400, { pulseRate: 200, spo2: 91 });
    if (packet?.kind !== 'packet') throw new Error('no packet');
    expect([0, 1, 2, 3].map((slot) => packet.frames[slot]?.value)).toEqual([1, 72, 91, 31]);
    expect([19, 20].map((slot) => packet.frames[slot]?.value)).toEqual([1, 72]);
    expect(packet.frames.map(({ status }) => status & 1)).toEqual([1, ...new Array<number>(24).fill(0)]);
  });

  it.each([
    [{ probe: 'off' }, 0x18],
    [{ probe: 'disconnected' }, 0x18],
    [{ searching: true }, 0x10],
    [{ motion: true }, 0x20],
  ] as const)('says in every frame what is wrong with the sensor: %j', (change, bits) => {
    const [packet] = run(2, 400, change);
    if (packet?.kind !== 'packet') throw new Error('no packet');
    expect(packet.frames.every(({ status }) => (status & 0x38) === bits)).toBe(true);
  });

  it.each([
    [0.2, 0x04],
    [0.5, 0x06],
    [3, 0x02],
  ])('shows a perfusion of %d %% in the frames of a beat', (perfusionIndex, bits) => {
    const statuses = run(2, 2000, { perfusionIndex }).flatMap((one) =>
      one.kind === 'packet' ? one.frames.map(({ status }) => status & 0x06) : [],
    );
    expect(new Set(statuses)).toEqual(new Set([0, bits]));
  });

  it('has no numbers in format 8 and no measurement in format 13 while it searches', () => {
    expect(run(8, 1000, { searching: true })).toMatchObject([{ pulse: 511, spo2: 127, status: 0xa3 }]);
    expect(run(13, 10_000, { searching: true })).toMatchObject([{ pulse: 511, spo2: 127, status: 0x0100 }]);
  });
});
