/** The trend as a table, for those who cannot read the drawing: lowest and highest per interval of the window. */
import { METRICS } from '../../../core/nomenclature/metrics.ts';
import type { TrendFrame } from './frame.ts';
import { metricLabel } from './lanes.ts';

export interface TrendTable {
  /** Column heads after the time, with units. */
  readonly columns: readonly string[];
  /** `intervalsAgo`: 0 for the newest; a row's identity while the window slides. */
  readonly rows: readonly {
    readonly intervalsAgo: number;
    readonly from: number;
    readonly to: number;
    readonly cells: readonly string[];
  }[];
}

const ROWS = 15;

/** Fifteen equal intervals, newest first. A cell is "72–84", "78", cuff readings "162/94", or "--" where nothing came. */
export const trendTable = (frame: TrendFrame): TrendTable => {
  const lines = frame.lanes.flatMap((lane) => lane.lines.map((line) => ({ lane, line })));
  const step = (frame.range.to - frame.range.from) / ROWS;
  const rows = Array.from({ length: ROWS }, (_, intervalsAgo) => {
    const to = frame.range.to - intervalsAgo * step;
    const from = to - step;
    const cuff = frame.readings
      .filter((reading) => reading.at > from && reading.at <= to)
      .map(
        (reading) =>
          `${Math.round(reading.systolic)}/${reading.diastolic === null ? '--' : Math.round(reading.diastolic)}`,
      );
    const cells = lines.map(({ line }) => {
      const inside = line.trace.values.filter((_value, point) => {
        const at = line.trace.times[point] ?? 0;
        return at > from && at <= to;
      });
      if (inside.length === 0) return '--';
      const format = (value: number): string => value.toFixed(METRICS[line.metric].decimals);
      const low = format(Math.min(...inside));
      const high = format(Math.max(...inside));
      return low === high ? low : `${low}–${high}`;
    });
    return { intervalsAgo, from, to, cells: [cuff.length === 0 ? '--' : cuff.join(', '), ...cells] };
  });
  return {
    columns: [
      'NIBP mmHg',
      ...lines.map(({ lane, line }) => `${metricLabel(line.metric)} ${lane.spec.unitLabel}`),
    ],
    rows,
  };
};
