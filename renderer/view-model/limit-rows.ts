/**
 * The rows of the limits dialog: each limit in force beside what the preset says, in the units people read. The
 * rules about loosening are the core's; a change is measured against the preset, so that coming back to it after
 * tightening asks for nothing.
 */
import { allLimits, isBeyondBound, isLooser, type LimitChange } from '../../core/alarm/change-limits.ts';
import type { AlarmLimit, LimitSet, RelativeBasis, RelativeLimit } from '../../core/alarm/limits.ts';
import type { AlarmPriority } from '../../core/alarm/types.ts';
import type { PresetView } from '../../core/api/views.ts';
import { metricRow } from '../../core/nomenclature/metrics.ts';
import { NO_LIMIT } from './limits.ts';

/** One limit as it can be edited. Thresholds are in shown units: shares in percent. */
export interface LimitRow {
  readonly id: string;
  /** The limit in force. */
  readonly limit: AlarmLimit | RelativeLimit;
  /** "SYS". */
  readonly label: string;
  /** "▲ upper", "▲ rise over baseline". */
  readonly what: string;
  readonly unit: string;
  readonly priority: AlarmPriority;
  readonly delayMs: number;
  /** Null: there is no such limit in this preset. */
  readonly inForce: number | null;
  /** Undefined: the preset, in the version in force, is not known here. */
  readonly preset: number | null | undefined;
  /** From shown to stored units. */
  readonly scale: number;
  readonly low: number;
  readonly high: number;
  readonly step: number | 'any';
}

/** New thresholds by limit, in shown units; NaN while the field is empty. */
export type Edits = Readonly<Record<string, number>>;

const BASIS_WORDS: Readonly<Record<RelativeBasis, string>> = {
  rise: '▲ rise over baseline',
  'rise-ratio': '▲ rise over baseline',
  'fall-ratio': '▼ fall below baseline',
  step: '▲ step since the last reading',
};

/** All limits of `set`, absolute ones first; `preset` is what it began as, or null when that is not known. */
export const limitRows = (set: LimitSet, preset: LimitSet | null): readonly LimitRow[] => {
  const standard = preset === null ? [] : allLimits(preset);
  return allLimits(set).map((limit) => {
    const shape = 'side' in limit ? absoluteShape(limit) : relativeShape(limit);
    const of = standard.find(({ id }) => id === limit.id);
    const { id, priority, delayMs } = limit;
    return {
      ...shape,
      id,
      limit,
      label: metricRow(limit.metric).label,
      priority,
      delayMs,
      inForce: shown(limit.threshold, shape.scale),
      preset: of === undefined ? undefined : shown(of.threshold, shape.scale),
    };
  });
};

const absoluteShape = ({ metric, side }: AlarmLimit) => {
  const row = metricRow(metric);
  return {
    what: side === 'high' ? '▲ upper' : '▼ lower',
    unit: row.unitLabel,
    scale: 1,
    low: row.plausible.low,
    high: row.plausible.high,
    step: row.decimals === 0 ? 1 : ('any' as const),
  };
};

const relativeShape = ({ metric, basis }: RelativeLimit) => {
  const isShare = basis === 'rise-ratio' || basis === 'fall-ratio';
  return {
    what: BASIS_WORDS[basis],
    unit: isShare ? '%' : metricRow(metric).unitLabel,
    scale: isShare ? 0.01 : 1,
    low: 1,
    high: isShare ? 100 : 150,
    step: 1,
  };
};

const round = (value: number): number => Math.round(value * 1e4) / 1e4;
const shown = (threshold: number | null, scale: number): number | null =>
  threshold === null ? null : round(threshold / scale);

/** A threshold in shown units as the station keeps it. */
export const storedThreshold = ({ scale }: Pick<LimitRow, 'scale'>, threshold: number): number =>
  round(threshold * scale);

/** True when the shown threshold is looser than the preset; where the preset is not known, than what is in force. */
export const isLooserThanPreset = (row: LimitRow, threshold: number | null): boolean =>
  isLooser(row.limit, row.preset === undefined ? row.inForce : row.preset, threshold);

/** What a shown threshold is, against the preset and the hard bounds. */
export const verdictOn = (row: LimitRow, threshold: number): 'preset' | 'tighter' | 'looser' | 'beyond' => {
  if (threshold === row.preset) return 'preset';
  if (!isLooserThanPreset(row, threshold)) return 'tighter';
  return isBeyondBound(row.limit, storedThreshold(row, threshold)) ? 'beyond' : 'looser';
};

/** The edits that change something, as the station takes them; an empty field is no number and changes nothing yet. */
export const changesOf = (rows: readonly LimitRow[], edits: Edits): readonly LimitChange[] =>
  rows.flatMap((row) => {
    const edit = edits[row.id];
    return edit === undefined || edit === row.inForce
      ? []
      : [{ limitId: row.id, threshold: storedThreshold(row, edit) }];
  });

/** "120", "none". */
export const thresholdText = (threshold: number | null): string =>
  threshold === null ? NO_LIMIT : String(threshold);

/** The preset that a set of limits began as, in the same version; null when it is not listed (any more). */
export const presetOf = (set: LimitSet, presets: readonly PresetView[]): LimitSet | null =>
  presets.find(({ preset }) => preset.presetId === set.presetId && preset.presetVersion === set.presetVersion)
    ?.preset ?? null;

/** How many limits differ from the preset. */
export const editedCount = (rows: readonly LimitRow[]): number =>
  rows.filter(({ inForce, preset }) => preset !== undefined && preset !== inForce).length;
