/** All lanes and strips that are shown, one under the other on one axis. */
import { memo, type ReactElement, useMemo } from 'react';
import type { TrendView } from '../../../core/api/views.ts';
import { metricRow } from '../../../core/nomenclature/metrics.ts';
import type { Exclusion } from '../../../core/review/exclusions.ts';
import type { LimitSteps } from '../../../core/review/limit-steps.ts';
import { infusionStartedAt, type Session } from '../../../core/session/session.ts';
import type { Mark } from '../../charts/model/marks.ts';
import { type Part, REVIEW_LANES } from '../../view-model/review-lanes.ts';
import type { AlarmSpan, EffectSpan } from '../../view-model/review-strips.ts';
import { DoseLane } from './dose-lane.tsx';
import type { Plot } from './plot.ts';
import { PressureLane } from './pressure-lane.tsx';
import { AlarmStrip, EffectStrip, NoteStrip, PhaseShading, PhaseStrip, TimeAxis } from './strips.tsx';
import { VitalLanes } from './vital-lanes.tsx';

const DOSE_WEIGHT = 0.9;

export interface Drawn {
  readonly session: Session;
  readonly trend: TrendView;
  readonly exclusions: readonly Exclusion[];
  readonly alarms: readonly AlarmSpan[];
  readonly effects: readonly EffectSpan[];
  readonly marks: readonly Mark[];
  /** The limits in force, of all lanes. */
  readonly limits: readonly LimitSteps[];
  /** The end of the visit (ms, wall clock). */
  readonly end: number;
}

export const LaneStack = memo(
  ({
    drawn,
    parts,
    plot,
    lanesHeight,
  }: {
    readonly drawn: Drawn;
    /** Those that are shown. */
    readonly parts: readonly Part[];
    readonly plot: Plot;
    readonly lanesHeight: number;
  }): ReactElement => {
    const { session, trend, exclusions, alarms, effects, marks, limits, end } = drawn;
    const has = (part: Part): boolean => parts.includes(part);
    const { dose } = session.visit;
    const lanes = useMemo(() => REVIEW_LANES.filter(({ id }) => parts.includes(id)), [parts]);
    const vitals = useMemo(() => lanes.filter(({ id }) => id !== 'pressure'), [lanes]);
    const limitsShown = has('limits') ? limits : NONE;
    const weights =
      lanes.reduce((sum, { weight }) => sum + weight, 0) + (has('dose') && dose !== null ? DOSE_WEIGHT : 0);
    // One lane alone is not blown up to the whole height.
    const unit = lanesHeight / Math.max(weights, 3);
    const heightOf = (weight: number): number => Math.round(unit * weight);
    const heights = useMemo(() => vitals.map(({ weight }) => Math.round(unit * weight)), [vitals, unit]);
    const pressures = useMemo(
      () => limitsShown.filter(({ metric }) => metricRow(metric).kind === 'episodic'),
      [limitsShown],
    );
    return (
      <>
        {has('phases') ? <PhaseShading spans={session.spans} end={end} plot={plot} /> : null}
        {has('phases') ? <PhaseStrip spans={session.spans} end={end} plot={plot} /> : null}
        {lanes
          .filter(({ id }) => id === 'pressure')
          .map((lane) => (
            <PressureLane
              key={lane.id}
              lane={lane}
              readings={trend.nibp}
              exclusions={exclusions}
              baseline={session.baseline}
              limits={pressures}
              plot={plot}
              height={heightOf(lane.weight)}
            />
          ))}
        <VitalLanes
          lanes={vitals}
          heights={heights}
          trend={trend}
          exclusions={exclusions}
          limits={limitsShown}
          plot={plot}
        />
        {has('dose') && dose !== null ? (
          <DoseLane dose={dose} end={end} plot={plot} height={heightOf(DOSE_WEIGHT)} />
        ) : null}
        {has('alarms') ? <AlarmStrip spans={alarms} plot={plot} /> : null}
        {has('effects') ? <EffectStrip spans={effects} plot={plot} /> : null}
        {has('notes') ? <NoteStrip marks={marks} plot={plot} /> : null}
        <TimeAxis zero={infusionStartedAt(session)} plot={plot} />
      </>
    );
  },
);
LaneStack.displayName = 'LaneStack';

/** The same list each time: lanes are drawn anew when theirs changes. */
const NONE: readonly LimitSteps[] = [];
