/**
 * The bytes of one simulated line, both ways, with what the family's own decoder makes of them. The decoder only listens:
 * what its driver would ask goes nowhere. Bounded: the last rows are kept, and of a long row its first bytes.
 */
import type { BytesRow, DecodedPart, LineCounts } from '../../core/lab/views.ts';
import { METRICS } from '../../core/nomenclature/metrics.ts';
import { instant } from '../../core/time.ts';
import type { DeviceProfile, DriverOutput } from '../../devices/device.ts';
import { resolveOptions } from '../../station/driver-options.ts';

/** Rows kept for whoever looks later. */
export const ROWS_KEPT = 400;
/** Bytes of one row that are shown; more come only at great speed. */
const BYTES_SHOWN = 1024;
/** Parts of one row that are shown. */
const PARTS_SHOWN = 24;

/** The trace of one line. */
export interface ByteTrace {
  toHost(bytes: Uint8Array, atMs: number): void;
  toMonitor(bytes: Uint8Array, atMs: number): void;
  /** Rows after that number, oldest first, as far as they are kept. */
  rowsAfter(number: number): readonly BytesRow[];
  counts(): LineCounts;
}

/** An empty trace. `startEpochMs`: wall time of simulated time 0; `onRow` hears of every row. */
export const createByteTrace = (
  profile: DeviceProfile,
  startEpochMs: number,
  onRow: (row: BytesRow) => void,
): ByteTrace => {
  const at = (ms: number) => instant(startEpochMs + ms, ms);
  const driver = profile.createDriver(resolveOptions(profile, {}));
  const refused: Record<string, number> = {};
  const counted = { bytesToHost: 0, bytesToMonitor: 0, frames: 0, refusedBytes: 0 };
  let rows: BytesRow[] = [];
  let lastNumber = 0;
  let isStarted = false;

  const count = (outputs: readonly DriverOutput[]): void => {
    for (const output of outputs) {
      if (output.type === 'frame') counted.frames += 1;
      if (output.type !== 'rejected') continue;
      counted.refusedBytes += output.byteCount;
      refused[output.reason] = (refused[output.reason] ?? 0) + 1;
    }
  };
  const add = (
    direction: BytesRow['direction'],
    bytes: Uint8Array,
    atMs: number,
    decoded: readonly DecodedPart[],
  ): void => {
    lastNumber += 1;
    const row: BytesRow = {
      number: lastNumber,
      direction,
      atS: Math.round(atMs) / 1000,
      byteCount: bytes.length,
      hex: Buffer.from(bytes.subarray(0, BYTES_SHOWN)).toString('hex'),
      decoded: decoded.slice(0, PARTS_SHOWN),
    };
    rows.push(row);
    if (rows.length > 2 * ROWS_KEPT) rows = rows.slice(-ROWS_KEPT);
    onRow(row);
  };

  return {
    toHost: (bytes, atMs) => {
      counted.bytesToHost += bytes.length;
      const now = at(atMs);
      const before = isStarted ? driver.tick(now) : driver.start(now);
      isStarted = true;
      const outputs = [...before, ...driver.receive(bytes, now)];
      count(outputs);
      add('to-host', bytes, atMs, outputs.flatMap(partOf));
    },
    toMonitor: (bytes, atMs) => {
      counted.bytesToMonitor += bytes.length;
      const kind = profile.transmits.find((transmit) => transmit.matches(bytes));
      const part: DecodedPart =
        kind === undefined
          ? { kind: 'other', text: 'nothing that Chairside’s driver sends as one request' }
          : { kind: 'asked', text: `${kind.name} (${kind.effect})` };
      add('to-monitor', bytes, atMs, [part]);
    },
    rowsAfter: (number) => rows.filter((row) => row.number > number).slice(-ROWS_KEPT),
    counts: () => ({ ...counted, refused: { ...refused } }),
  };
};

const partOf = (output: DriverOutput): readonly DecodedPart[] => {
  switch (output.type) {
    case 'observation': {
      const { metric, value, unit, validity } = output.observation;
      const number = value === null ? '--' : `${value} ${unit}`;
      const doubt = validity === 'valid' ? '' : ` ${validity}`;
      return [{ kind: 'value', text: `${METRICS[metric].label} ${number}${doubt}` }];
    }
    case 'condition': {
      const { code, present, text } = output.condition;
      return [{ kind: 'condition', text: `${code} ${present ? 'has come' : 'has gone'}: ${text}` }];
    }
    case 'rejected':
      return [{ kind: 'refused', text: `${output.reason}: ${output.byteCount} bytes (${output.detail})` }];
    case 'unmapped':
      return [{ kind: 'other', text: `${output.id} = ${output.value}` }];
    case 'frame':
    case 'limits':
    case 'identity':
    case 'admission':
    case 'waveform':
    case 'request':
      return [];
    default:
      return output satisfies never;
  }
};
