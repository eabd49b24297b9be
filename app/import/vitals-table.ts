/** Another program's table of vitals (docs/evaluate.md has its forms), as frames of one monitor that nobody names. */
import { monitorId } from '../../core/ids.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { absent, present } from '../../core/observation/observation.ts';
import type { Phase } from '../../core/session/phase.ts';
import { type EpochMs, epochMs, instant } from '../../core/time.ts';
import { parseVitalsCsv, VitalsCsvError, type VitalsCsvOptions, type VitalsTable } from '../vitals-csv.ts';
import { ImportError, type ImportedTable } from './imported-table.ts';

export interface VitalsTableOptions extends VitalsCsvOptions {
  /** When the first row was; for files that do not say. */
  readonly start: EpochMs | null;
  /** When the drug ran, which such a file does not say; null: nobody said. */
  readonly infusion: { readonly from: EpochMs; readonly to: EpochMs } | null;
}

const MONITOR = monitorId('imported');

/** @throws ImportError. */
export const readVitalsTable = (text: string, options: VitalsTableOptions): ImportedTable => {
  const table = parsed(text, options);
  if (!table.hasWallTime && options.start === null) {
    throw new ImportError(
      'the file does not say on which day it was: give the time of its first row with --start',
    );
  }
  if (table.hasWallTime && options.start !== null) {
    throw new ImportError('the file says itself when it was: leave --start out');
  }
  const first = table.samples[0]?.at.wall ?? 0;
  const from = options.start ?? epochMs(first);
  const frames = table.samples.flatMap((sample) => {
    const at = instant(from + sample.at.mono, sample.at.mono);
    const receipt = { receivedAt: at, deviceTime: null };
    const values = Object.entries(sample.values).map(([name, value]) => {
      const metric = name as MetricId; // a key of `values`
      return value === 'none' ? absent(metric, 'unavailable', receipt) : present(metric, value, receipt);
    });
    return values.length === 0 ? [] : [{ monitorId: MONITOR, at, values }];
  });
  if (frames.length === 0) throw new ImportError('the table has no vital signs');
  const to = epochMs(from + (table.samples.at(-1)?.at.mono ?? 0));
  return {
    kind: 'vitals-table',
    fileOrigin: null,
    from,
    to,
    frames,
    excluded: [],
    phases: phasesOf(options.infusion, from, to),
    rows: table.counts.rows,
    notes: [...table.notes, ...countNotes(table)],
  };
};

const parsed = (text: string, options: VitalsCsvOptions): VitalsTable => {
  try {
    return parseVitalsCsv(text, options);
  } catch (error) {
    if (error instanceof VitalsCsvError) throw new ImportError(error.message);
    throw error;
  }
};

const phasesOf = (
  infusion: VitalsTableOptions['infusion'],
  start: EpochMs,
  end: EpochMs,
): readonly { readonly at: EpochMs; readonly phase: Phase }[] => {
  if (infusion === null) return [];
  const { from, to } = infusion;
  if (from < start || to > end || from >= to) {
    const span = `${new Date(start).toISOString()} to ${new Date(end).toISOString()}`;
    throw new ImportError(`--infusion must lie within the file, which goes from ${span}`);
  }
  return [
    { at: start, phase: 'baseline' },
    { at: from, phase: 'infusing' },
    { at: to, phase: 'recovery' },
  ];
};

const countNotes = ({ counts, hasWallTime }: VitalsTable): readonly string[] => [
  ...(counts.zeros === 0 ? [] : [`${counts.zeros} zeros were taken for no reading`]),
  ...(counts.implausible === 0
    ? []
    : [`${counts.implausible} numbers that no sensor can measure are not used`]),
  ...(counts.repeatedReadings === 0
    ? []
    : [`${counts.repeatedReadings} repeats of a cuff reading were taken once`]),
  ...(hasWallTime
    ? ['times without a zone were read as UTC']
    : ['the day and time of the first row were given by hand']),
];
