/** The whole visit on one axis: lanes and strips that can be hidden, zoom, a cursor, leaving artefacts out, a table. */
import { type ReactElement, useCallback, useMemo, useState } from 'react';
import { foldAlarmLog } from '../../../core/alarm/log-fold.ts';
import { judgedMetrics } from '../../../core/alarm/source.ts';
import type { TrendView } from '../../../core/api/views.ts';
import { type MetricId, metricRow } from '../../../core/nomenclature/metrics.ts';
import type { Exclusion } from '../../../core/review/exclusions.ts';
import { limitSteps } from '../../../core/review/limit-steps.ts';
import type { SessionEvent } from '../../../core/session/events.ts';
import { PHASE_LABELS } from '../../../core/session/phase.ts';
import { infusionStartedAt, type Session } from '../../../core/session/session.ts';
import { epochMs } from '../../../core/time.ts';
import { type Mark, marksOf } from '../../charts/model/marks.ts';
import { FailureLine } from '../../parts/dialog.tsx';
import { ORIGIN_WORDS } from '../../view-model/origin.ts';
import { type OutDraft, readingNear, spanDraft } from '../../view-model/review-exclusions.ts';
import { type Part, partsOf, REVIEW_LANES } from '../../view-model/review-lanes.ts';
import { limitWords } from '../../view-model/review-limits.ts';
import { readoutAt } from '../../view-model/review-readout.ts';
import { alarmSpans, effectSpans, spansAt } from '../../view-model/review-strips.ts';
import { isWhole, type Stretch, selected, zoomAt } from '../../view-model/review-window.ts';
import { ageText } from '../../view-model/time-text.ts';
import { CursorScope } from './cursor-scope.tsx';
import { type Drawn, LaneStack } from './lane-stack.tsx';
import { LeaveOutDialog } from './leave-out.tsx';
import { type Plot, plotWidth } from './plot.ts';
import { type Readout, ReadoutPanel, spokenReadout } from './readout-panel.tsx';
import { ReviewTable } from './review-table.tsx';
import { ReviewToolbar, type Tool } from './review-toolbar.tsx';
import { TEXT } from './text.ts';
import { NARROW, useBoardSize } from './use-board-size.ts';
import { useFinerTrend } from './use-finer-trend.ts';

/** Room on the right for what is read at the cursor, where the screen is wide enough (CSS pixels; as in the style). */
const READOUT_WIDTH = 268;
/** Marks within so many pixels of the cursor are told. */
const NEAR_PX = 12;
const MOST_MARKS = 5;
const LANE_METRICS = REVIEW_LANES.flatMap(({ metrics }) => metrics);

/** What has limits to draw: no line for a quantity that nobody measured. */
const judgedIn = ({ series, nibp }: TrendView): readonly MetricId[] =>
  LANE_METRICS.filter((metric) =>
    metricRow(metric).kind === 'episodic'
      ? nibp.length > 0
      : judgedMetrics(metric).some((judged) => series.some((one) => one.metric === judged)),
  );

export const ReviewBoard = ({
  session,
  events,
  trend: coarse,
  whole,
  exclusions,
  mayLeaveOut,
  onChanged,
}: {
  readonly session: Session;
  readonly events: readonly SessionEvent[];
  /** Of the whole visit. */
  readonly trend: TrendView;
  readonly whole: Stretch;
  readonly exclusions: readonly Exclusion[];
  readonly mayLeaveOut: boolean;
  /** Something was left out. */
  readonly onChanged: () => void;
}): ReactElement => {
  // Null: the whole visit, which grows while it is open: what was entered late is not left outside of the view.
  const [zoomed, setZoomed] = useState<Stretch | null>(null);
  const shown = zoomed ?? whole;
  const setShown = useCallback((next: Stretch) => setZoomed(isWhole(whole, next) ? null : next), [whole]);
  const [hidden, setHidden] = useState<ReadonlySet<Part>>(new Set());
  const [tool, setTool] = useState<Tool>('zoom');
  const [isTable, setTable] = useState(false);
  const [draft, setDraft] = useState<OutDraft | null>(null);
  const size = useBoardSize();
  const { trend, isReading, failure } = useFinerTrend(coarse, whole, shown);

  const zero = infusionStartedAt(session);
  const origin = ORIGIN_WORDS[session.origin];
  const alarms = useMemo(
    () => alarmSpans(foldAlarmLog(events, epochMs(whole.to)), whole.to),
    [events, whole],
  );
  const effects = useMemo(() => effectSpans(session.visit.sideEffects, whole.to), [session, whole]);
  const marks = useMemo(
    () =>
      marksOf(events.filter(isNoted), session.visit, ({ at }) => at.wall).filter(
        ({ kind }) => kind !== 'alarm',
      ),
    [events, session.visit],
  );
  const limits = useMemo(() => limitSteps(events, judgedIn(coarse), whole), [events, coarse, whole]);
  const drawn = useMemo(
    (): Drawn => ({ session, trend, exclusions, alarms, effects, marks, limits, end: whole.to }),
    [session, trend, exclusions, alarms, effects, marks, limits, whole],
  );
  const available = useMemo(() => partsOf(coarse, session.visit.dose), [coarse, session]);
  const parts = useMemo(() => available.filter((part) => !hidden.has(part)), [available, hidden]);
  const width = size.width >= NARROW ? size.width - READOUT_WIDTH : size.width;
  const plot = useMemo((): Plot => ({ shown, width }), [shown, width]);

  const readAt = (at: number): Readout => {
    const within = (NEAR_PX / plotWidth(plot)) * (shown.to - shown.from);
    const phase = session.spans.findLast(({ startedAt }) => startedAt <= at);
    return {
      at,
      lines: readoutAt(trend, exclusions, session.visit.dose, at),
      also: [
        ...(phase === undefined
          ? []
          : [{ id: 'phase', text: `${TEXT.phase}: ${PHASE_LABELS[phase.phase]}` }]),
        ...spansAt(alarms, at, within),
        ...spansAt(effects, at, within),
        ...atMost(marks.filter((mark) => Math.abs(mark.at - at) <= 2 * within)),
        ...(hidden.has('limits')
          ? []
          : limitWords(limits, at).map((text) => ({ id: text, text: `${TEXT.limit} ${text}` }))),
      ],
    };
  };
  const toggle = (part: Part) =>
    setHidden(
      (before) => new Set(before.has(part) ? [...before].filter((each) => each !== part) : [...before, part]),
    );
  const select = useCallback(
    (stretch: Stretch, lane: string | null) => {
      if (tool === 'leave-out') setDraft(spanDraft(coarse, stretch, lane));
      else setShown(selected(whole, stretch.from, stretch.to));
    },
    [tool, coarse, whole, setShown],
  );
  const press = (at: number, withinMs: number, lane: string | null) => {
    if (tool !== 'leave-out' || lane !== 'pressure') return;
    const reading = readingNear(trend.nibp, at, withinMs);
    if (reading !== null) setDraft({ kind: 'reading', reading });
  };
  const middle = (shown.from + shown.to) / 2;

  return (
    <figure className="review-board" aria-label={TEXT.chart} data-testid="review-chart" ref={size.ref}>
      <ReviewToolbar
        parts={available}
        hidden={hidden}
        onToggle={toggle}
        tool={tool}
        onTool={setTool}
        mayLeaveOut={mayLeaveOut}
        isTable={isTable}
        onTable={() => setTable(!isTable)}
        isWhole={isWhole(whole, shown)}
        onZoom={(factor) => setShown(zoomAt(whole, shown, middle, factor))}
        onWhole={() => setShown(whole)}
      />
      <FailureLine message={failure} />
      {isTable ? (
        <ReviewTable drawn={drawn} whole={whole} />
      ) : size.width === 0 ? null : (
        <CursorScope
          plot={plot}
          whole={whole}
          tool={tool}
          lanes={<LaneStack drawn={drawn} parts={parts} plot={plot} lanesHeight={size.lanesHeight} />}
          readout={(at) => (
            <ReadoutPanel readout={at === null ? null : readAt(at)} zero={zero} origin={origin} />
          )}
          spoken={(at) => spokenReadout(readAt(at), zero)}
          onShown={setShown}
          onSelect={(stretch, { lane }) => select(stretch, lane)}
          onPress={(at, withinMs, { lane }) => press(at, withinMs, lane)}
        />
      )}
      <figcaption>
        {origin === null ? null : <span className="origin-word">{origin}</span>} {TEXT.step}{' '}
        <span data-testid="review-step">{ageText(trend.bucketMs)}</span>: {TEXT.stepHelp}.{' '}
        {isReading ? TEXT.finer : tool === 'zoom' ? TEXT.zoomHelp : TEXT.leaveOutHelp}
      </figcaption>
      {draft === null ? null : (
        <LeaveOutDialog
          sessionId={session.id}
          draft={draft}
          onClose={() => setDraft(null)}
          onDone={() => {
            setDraft(null);
            onChanged();
          }}
        />
      )}
    </figure>
  );
};

/** The first few, and how many more there are: the list of entries has them all. */
const atMost = (marks: readonly Mark[]): Readout['also'] =>
  marks.length <= MOST_MARKS
    ? marks
    : [
        ...marks.slice(0, MOST_MARKS),
        { id: 'more', text: `${TEXT.and} ${marks.length - MOST_MARKS} ${TEXT.more}` },
      ];

/** Phases and side effects have strips of their own. */
const isNoted = ({ body }: SessionEvent): boolean =>
  body.type !== 'phase-changed' &&
  body.type !== 'side-effect-noted' &&
  body.type !== 'side-effect-changed' &&
  body.type !== 'side-effect-ended';
