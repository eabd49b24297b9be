/**
 * A device family for tests of the verbs: lines `HH:MM:SS SPO2=97*5F` (clock optional), where the two hex digits
 * are the sum of the bytes before the star. The monitor has to be asked with `?` at the start and every second.
 */

import { absent, present } from '../../core/observation/observation.ts';
import { epochMs, type Instant } from '../../core/time.ts';
import type { DeviceProfile, Driver, DriverOutput, RejectReason } from '../../devices/device.ts';
import { exactly } from '../../devices/framing/transmit.ts';

const sum = (text: string): string =>
  ([...text].reduce((total, character) => total + character.charCodeAt(0), 0) & 0xff)
    .toString(16)
    .padStart(2, '0')
    .toUpperCase();

/** A line of the toy monitor; `value` null: no reading. */
export const toyLine = (value: number | null, clock?: string): string => {
  const body = `${clock === undefined ? '' : `${clock} `}SPO2=${value ?? '--'}`;
  return `${body}*${sum(body)}\r\n`;
};

const toyDriver = (): Driver => {
  let rest = '';
  let askAgainAt = 0;

  const ask = (now: Instant): readonly DriverOutput[] => {
    askAgainAt = now.mono + 1_000;
    return [{ type: 'request', bytes: Uint8Array.of(0x3f), purpose: 'ask for a line' }];
  };
  const refuse = (reason: RejectReason, line: string): readonly DriverOutput[] => [
    { type: 'rejected', reason, detail: line, byteCount: line.length },
  ];
  const take = (line: string, now: Instant): readonly DriverOutput[] => {
    const match = /^((?:(\d\d:\d\d:\d\d) )?SPO2=(\d+|--))\*(..)\r\n$/.exec(line);
    if (match === null) return refuse('syntax', line);
    const [, body = '', clock, value, check] = match;
    if (sum(body) !== check) return refuse('checksum', line);
    const deviceTime = clock === undefined ? null : epochMs(Date.parse(`2026-03-01T${clock}Z`));
    const receipt = { receivedAt: now, deviceTime };
    const observation =
      value === '--'
        ? absent('MDC_PULS_OXIM_SAT_O2', 'unavailable', receipt)
        : present('MDC_PULS_OXIM_SAT_O2', Number(value), receipt);
    return [
      { type: 'frame', byteCount: line.length },
      { type: 'observation', observation },
    ];
  };

  return {
    start(now) {
      rest = '';
      return ask(now);
    },
    receive(chunk, now) {
      const lines = (rest + Buffer.from(chunk).toString('latin1')).split(/(?<=\n)/);
      rest = lines.at(-1)?.endsWith('\n') ? '' : (lines.pop() ?? '');
      return lines.flatMap((line) => take(line, now));
    },
    tick: (now) => (now.mono >= askAgainAt ? ask(now) : []),
    end() {
      const tail = rest;
      rest = '';
      return tail === '' ? [] : refuse('truncated', tail);
    },
  };
};

export const TOY: DeviceProfile = {
  id: 'toy',
  manufacturer: 'Nobody',
  models: ['Toy 1'],
  title: 'Toy oximeter',
  serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
  framing: { kind: 'lines', delimiter: '\r\n', maxLineBytes: 64 },
  maxQuietMs: () => 3_000,
  metrics: ['MDC_PULS_OXIM_SAT_O2'],
  transmits: [{ name: 'ask', effect: 'asks', matches: exactly(0x3f) }],
  options: [],
  canStartNibp: false,
  bedside: {
    switchOn: { known: 'Nothing.' },
    plug: { unknown: 'a toy has none.' },
    cable: { unknown: 'a toy has none.' },
    line: [],
    unsure: [],
    triedOn: 'Tests.',
  },
  anonymity: { kind: 'refuses', why: 'a toy says nothing of anybody' },
  evidence: 'facts-only',
  createDriver: toyDriver,
};
