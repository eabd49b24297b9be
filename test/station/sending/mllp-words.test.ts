import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FRAME_MOST,
  frame,
  frameReader,
  parseAcknowledgement,
} from '../../../station/sending/mllp-answer.ts';
import { controlIdBase, outgoingMessages } from '../../../station/sending/mllp-message.ts';
import { isTlsCode, theirWords } from '../../../station/sending/outcome.ts';
import { bytes, messages, parcel } from './make.ts';

describe('the words of HL7', () => {
  it('frames any text and reads it back however it is cut, with anything in between', () => {
    const text = fc
      .array(fc.constantFrom(...'aé王🙂|^~\\&\r\n'), { maxLength: 30 })
      .map((all) => all.join(''));
    const noise = fc.uint8Array({ maxLength: 9 }).map((raw) => raw.filter((byte) => byte !== 0x0b));
    const parts = fc.array(fc.tuple(noise, text), { maxLength: 4 });
    fc.assert(
      fc.property(parts, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (parts, cuts) => {
        const wire = Buffer.concat(parts.flatMap(([before, message]) => [before, frame(message)]));
        const reader = frameReader();
        const found: string[] = [];
        for (let at = 0, turn = 0; at < wire.length; turn += 1) {
          const step = cuts[turn % cuts.length] ?? 1;
          found.push(...reader.push(wire.subarray(at, at + step)));
          at += step;
        }
        expect(found).toEqual(parts.map(([, message]) => message));
      }),
    );
  });

  it('never hold more than a bounded frame, and never take garbage for an acknowledgement', () => {
    const reader = frameReader();
    reader.push(bytes(`\x0b${'x'.repeat(FRAME_MOST + 1)}`));
    expect(reader.isOverrun()).toBe(true);
    fc.assert(
      fc.property(fc.string(), (text) => {
        const ack = parseAcknowledgement(text);
        if (ack !== null) expect(text).toContain(`${ack.code}`);
      }),
    );
    const good = 'MSH|^~\\&|A|B|C|D|1||ACK|2|P|2.6\rMSA|AA|ID1\r';
    expect(parseAcknowledgement(good)).toEqual({
      code: 'AA',
      controlId: 'ID1',
      words: '',
      acceptAs: null,
    });
    for (let cut = 1; cut < good.indexOf('ID1'); cut += 1)
      expect(parseAcknowledgement(good.slice(cut))).toBeNull();
    expect(parseAcknowledgement(good.replace('|AA|', '|XX|'))).toBeNull();
    expect(parseAcknowledgement('MSH#^~\\&#A#B\rMSA#AE#9#why')).toEqual({
      code: 'AE',
      controlId: '9',
      words: 'why',
      acceptAs: null,
    });
  });

  it('carry control ids of 20 characters that differ for every record, state and destination', () => {
    const base = controlIdBase('a', parcel([]));
    const others = [controlIdBase('b', parcel([])), controlIdBase('a', parcel([], { headHash: 'b' }))];
    expect(new Set([base, ...others]).size).toBe(3);
    const addresses = {
      sendingApplication: '',
      sendingFacility: '',
      receivingApplication: '',
      receivingFacility: '',
      acknowledgement: 'accept',
    } as const;
    const [first] = outgoingMessages(messages('s', 'x'), addresses, base, true);
    expect(first?.controlId).toHaveLength(20);
    expect(first?.text.split('|')[9]).toBe(first?.controlId);
    expect(() => outgoingMessages(bytes('PID|1'), addresses, base, true)).toThrow('begin with MSH');
  });
});

it('what others say is one line without anything that acts on a screen', () => {
  expect(theirWords('a\r\n\u001b[31mb\u202ec  ')).toBe('a [31mb c');
  expect(theirWords('x'.repeat(400))).toHaveLength(301);
  expect(
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED'].every(isTlsCode),
  ).toBe(true);
  expect(['ECONNREFUSED', 'ETIMEDOUT', 'ENOTFOUND'].some(isTlsCode)).toBe(false);
});
