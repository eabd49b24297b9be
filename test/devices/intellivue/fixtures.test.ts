import { describe, expect, it } from 'vitest';
import { intellivueCodec } from '../../../devices/intellivue/codec.ts';
import { parseFloat32 } from '../../../devices/intellivue/float.ts';
import { frameCheck, wrap } from '../../../devices/intellivue/framing.ts';
import { fixture, hexToBytes, plain } from './support.ts';

interface MessageFixture {
  readonly name: string;
  readonly bytes: string;
  readonly message: Record<string, unknown>;
}

describe('messages written from the facts, and real ones', () => {
  const messages = fixture<MessageFixture>('messages');

  it.each(messages.map((one) => [one.name, one] as const))('%s: decodes', (_name, { bytes, message }) => {
    const wireBytes = hexToBytes(bytes);
    const decoded = intellivueCodec.decoder().push(wireBytes);
    expect(decoded).toHaveLength(1);
    expect(decoded[0]).toMatchObject({ ok: true, byteCount: wireBytes.length });
    expect(plain(decoded[0]?.ok === true ? decoded[0].message : null)).toMatchObject(message);
  });

  it.each(messages.map((one) => [one.name, one] as const))(
    '%s: is encoded to the same bytes',
    (_name, { bytes }) => {
      const [decoded] = intellivueCodec.decoder().push(hexToBytes(bytes));
      if (decoded?.ok !== true) throw new Error('not decoded');
      expect(Buffer.from(intellivueCodec.encode(decoded.message)).toString('hex')).toBe(bytes);
    },
  );
});

describe('numbers', () => {
  it.each(
    fixture<{ name: string; bytes: string; value: number | string }>('floats').map(
      (one) => [one.name, one] as const,
    ),
  )('%s', (_name, { bytes, value }) => {
    const expected = typeof value === 'number' ? { value } : { special: value };
    expect(parseFloat32(Number.parseInt(bytes, 16))).toEqual(expected);
  });
});

describe('frame checks', () => {
  it.each(
    fixture<{ name: string; data: string; frame: string }>('frame-checks').map(
      (one) => [one.name, one] as const,
    ),
  )('%s', (_name, { data, frame }) => {
    expect(Buffer.from(wrap([...hexToBytes(data)])).toString('hex')).toBe(frame);
  });

  it('of nothing is the check value of X.25', () => {
    expect(frameCheck(Buffer.from('123456789'))).toBe(0x906e);
  });
});
