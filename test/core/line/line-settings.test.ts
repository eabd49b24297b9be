import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  BAUD_BOUNDS,
  DATA_BITS,
  describeSettings,
  differences,
  FLOW_CONTROLS,
  onlyDifferent,
  PARITIES,
  parseLine,
  type SerialSettings,
  STOP_BITS,
  withOverride,
} from '../../../core/line/line-settings.ts';

const settings: fc.Arbitrary<SerialSettings> = fc.record({
  baudRate: fc.integer({ min: BAUD_BOUNDS.least, max: BAUD_BOUNDS.most }),
  dataBits: fc.constantFrom(...DATA_BITS),
  parity: fc.constantFrom(...PARITIES),
  stopBits: fc.constantFrom(...STOP_BITS),
  flowControl: fc.constantFrom(...FLOW_CONTROLS),
});
const FAMILY: SerialSettings = {
  baudRate: 9600,
  dataBits: 8,
  parity: 'none',
  stopBits: 1,
  flowControl: 'none',
};

it('what is written about a line is read back as the same line', () => {
  fc.assert(
    fc.property(settings, (line) => {
      const read = parseLine(describeSettings(line));
      expect(read.ok && withOverride(FAMILY, read.line)).toEqual(line);
    }),
  );
});

it('only what differs is kept, and it is enough', () => {
  fc.assert(
    fc.property(settings, settings, (family, line) => {
      const kept = onlyDifferent(family, line);
      expect(withOverride(family, kept)).toEqual(line);
      expect(Object.keys(kept)).toEqual([...differences(family, line)]);
      expect(differences(family, family)).toEqual([]);
    }),
  );
});

it.each([
  ['4800', { baudRate: 4800 }],
  ['7e1', { dataBits: 7, parity: 'even', stopBits: 1 }],
  ['rts/cts 115200', { baudRate: 115_200, flowControl: 'rtscts' }],
  ['noflow', { flowControl: 'none' }],
])('parts are enough, in any order and case: %s', (text, line) => {
  expect(parseLine(text)).toEqual({ ok: true, line });
});

it.each([
  ['', '"" is no baud rate'],
  ['9600 9N1', '"9N1" is no baud rate'],
  ['9600 4800', '"4800" is said a second time'],
  ['8N1 7E1', '"7E1" is said a second time'],
  ['10', '"10" is not from 50'],
  ['9999999', '"9999999" is not from 50'],
])('%j is refused with the word that is wrong', (text, message) => {
  expect(parseLine(text)).toMatchObject({ ok: false, message: expect.stringContaining(message) });
});
