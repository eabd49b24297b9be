/** A scripted Efficia CM for tests: it answers each query with the panes of the moment. */
import type { EfficiaMessage, Item, Query } from '../../../devices/philips-efficia/codec.ts';
import { efficiaCodec } from '../../../devices/philips-efficia/codec.ts';
import type { Script } from '../converse.ts';
import { at, bytesOf } from '../drive.ts';

/** A pane with a number, or `?`. */
export const pane = (
  code: string,
  label: string,
  unit: string,
  value: number | null,
  more: Partial<Item> = {},
): Item => ({
  code,
  label,
  value,
  unit,
  unitText: 'unit',
  isValid: value !== null,
  measuredAtMs: null,
  source: '',
  ...more,
});
export const spo2 = (value: number | null): Item => pane('0002-4bb8', 'SpO2', '0004-0220', value);
export const pulse = (value: number | null, source = 'SpO2', measuredAtMs: number | null = null): Item =>
  pane('0002-480a', 'Pulse', '0004-0aa0', value, { source, measuredAtMs });
export const nbp = (
  systolic: number,
  diastolic: number,
  mean: number,
  measuredAtMs: number | null,
): readonly Item[] =>
  [systolic, diastolic, mean].map((value, index) =>
    pane(`0002-4a0${5 + index}`, `NBP${index}`, '0004-0f20', value, { measuredAtMs }),
  );
/** The monitor's clock at this time of the test: five minutes ahead of the host's. */
export const clockMs = (ms: number): number => Math.floor((at(ms).wall + 300_000) / 1000) * 1000;

export const queryIn = (said: string): Query | null => {
  for (const one of efficiaCodec.decoder().push(bytesOf(said)))
    if (one.ok && one.message.kind === 'query') return one.message;
  return null;
};

export const reportFor = (query: Query, ms: number, items: readonly Item[]): EfficiaMessage => ({
  kind: 'report',
  application: '^EfficiaCM',
  timeMs: clockMs(ms),
  controlId: `MONITORABC${String(ms).padStart(10, '0')}`,
  answers: query.controlId,
  queryTimeMs: query.timeMs,
  queryId: query.queryId,
  patient: null,
  items,
  alerts: [],
});

export const textOf = (message: EfficiaMessage): string =>
  Buffer.from(efficiaCodec.encode(message)).toString('latin1');

/** `panes` by the time of the query (ms); null: no answer. */
export const efficia =
  (panes: (ms: number) => readonly Item[] | null): Script =>
  (said, ms) => {
    const query = queryIn(said);
    const items = query === null ? null : panes(ms);
    return query === null || items === null ? null : textOf(reportFor(query, ms, items));
  };
