/** What a reader of a session's record must know is not there, one line each. No clock times: a zone is the reader's. */
import { type MetricId, metricRow } from '../nomenclature/metrics.ts';
import { VITAL_ROWS, VITALS, type Vital, vitalNames } from '../nomenclature/vitals.ts';
import type { SignOff } from '../record/sign-off.ts';
import type { SessionEvent } from '../session/events.ts';
import { isClosed } from '../session/phase.ts';
import { infusionStartedAt, type PhaseSpan, type Session } from '../session/session.ts';
import { epochMs } from '../time.ts';
import { LONG_GAP_MS } from './coverage.ts';
import type { Exclusion } from './exclusions.ts';
import type { Completeness, Gap, SessionFigures } from './figures.ts';
import type { DocumentMonitor } from './session-document.ts';

export interface MissingInput {
  readonly session: Session;
  readonly events: readonly SessionEvent[];
  readonly signOff: SignOff;
  readonly monitors: readonly DocumentMonitor[];
  readonly exclusions: readonly Exclusion[];
  readonly figures: SessionFigures;
}

/** Everything that is missing or left out, in words; empty: nothing is. */
export const missingWords = (input: MissingInput): readonly string[] => [
  ...aboutState(input),
  ...aboutNumbers(input),
  ...aboutDose(input),
  ...aboutEquipment(input),
];

const aboutState = ({ session, signOff }: MissingInput): readonly string[] => [
  ...(isClosed(session.phase)
    ? []
    : ['The visit is not over: everything here is as it stood at the writing.']),
  ...(signOff.state === 'waits-for-nurse' ? ['Not signed: neither by the nurse nor by a physician.'] : []),
  ...(signOff.state === 'waits-for-physician' ? ['Not signed by a physician.'] : []),
  ...(session.patient === null ? ['Initials only: the patient is not named in this record.'] : []),
];

const aboutNumbers = ({ session, exclusions, figures }: MissingInput): readonly string[] => {
  const started = infusionStartedAt(session);
  if (started === null) return ['No infusion: figures that begin with it are empty.'];
  const waived = session.withoutVitals;
  return [
    ...(figures.baseline === null ? ['No baseline: no rise can be told.'] : []),
    ...VITALS.filter((vital) => isWithout(vital, figures.completeness)).map(
      (vital) => `No ${VITAL_ROWS[vital].label} was recorded under treatment.`,
    ),
    ...(waived.length === 0 ? [] : [`Knowingly begun without: ${vitalNames(waived)}.`]),
    ...figures.completeness.flatMap((row) => gapWords(row, session, started, figures)),
    ...doubtWords(figures),
    ...exclusionWords(exclusions, figures),
  ];
};

const isWithout = (vital: Vital, rows: readonly Completeness[]): boolean => {
  const metrics: readonly MetricId[] = VITAL_ROWS[vital].metrics;
  return !rows.some(({ metric, coveredMs }) => coveredMs > 0 && metrics.includes(metric));
};

/** So many gaps of one metric are told one by one. */
const GAPS_TOLD = 5;

/** The long gaps while the drug ran or was paused. */
const gapWords = (
  { metric, longGaps, coveredMs }: Completeness,
  { spans }: Session,
  started: number,
  { to }: SessionFigures,
): readonly string[] => {
  if (coveredMs === 0) return [];
  const gaps = longGaps.flatMap((gap) => whileInfusing(gap, spans, to));
  if (gaps.length === 0) return [];
  const told = gaps
    .slice(0, GAPS_TOLD)
    .map(({ from, to: end }) => `${lengthWords(end - from)} from ${minuteWords(from - started)}`);
  const more = gaps.length > told.length ? `, and ${gaps.length - told.length} more` : '';
  return [`${nameOf(metric)}: no number for ${told.join(', ')}${more}.`];
};

/** The cuff's pressures come together. */
const nameOf = (metric: MetricId): string =>
  metric === 'MDC_PRESS_BLD_NONINV_SYS' ? 'Blood pressure (cuff)' : metricRow(metric).name;

const whileInfusing = (gap: Gap, spans: readonly PhaseSpan[], end: number): readonly Gap[] => {
  const drug = spans.filter(({ phase }) => phase === 'infusing' || phase === 'paused');
  const [first] = drug;
  const last = drug.at(-1);
  if (first === undefined || last === undefined) return [];
  const from = Math.max(gap.from, first.startedAt);
  const to = Math.min(gap.to, last.endedAt ?? end);
  return to - from > LONG_GAP_MS ? [{ from: epochMs(from), to: epochMs(to) }] : [];
};

const doubtWords = ({ doubtful }: SessionFigures): readonly string[] =>
  doubtful.map(({ metric, values, lowest, highest }) => {
    const { label, decimals } = metricRow(metric);
    const range =
      lowest === highest
        ? lowest.toFixed(decimals)
        : `${lowest.toFixed(decimals)} to ${highest.toFixed(decimals)}`;
    return `${label}: ${count(values, 'doubtful value')} (${range}) not counted in the figures.`;
  });

const exclusionWords = (
  exclusions: readonly Exclusion[],
  { excluded: { readings, values } }: SessionFigures,
): readonly string[] => {
  if (exclusions.length === 0) return [];
  const what = [
    ...(readings === 0 ? [] : [count(readings, 'cuff reading')]),
    ...(values === 0 ? [] : [count(values, 'value')]),
  ];
  return [
    `Left out of the figures as artefacts by a person: ${what.join(' and ') || 'times without a value'}.`,
  ];
};

const aboutDose = ({ session }: MissingInput): readonly string[] => {
  if (infusionStartedAt(session) === null) return [];
  const { dose } = session.visit;
  if (dose === null) return ['No dose was entered.'];
  return [
    ...(dose.isPartial
      ? ['The dose plan was entered after the start: what was given before it is not counted.']
      : []),
    ...(dose.verified === null && dose.plan.kind === 'infusion'
      ? ['Nobody checked the dose at the pump.']
      : []),
  ];
};

const aboutEquipment = ({ events, monitors }: MissingInput): readonly string[] => [
  ...(monitors.length === 0 ? ['No monitor gave a value.'] : []),
  ...monitors.flatMap((monitor) => {
    const absent = [
      ...(monitor.model === null ? ['model'] : []),
      ...(monitor.serialNumber === null ? ['serial number'] : []),
    ];
    return absent.length === 0
      ? []
      : [`Monitor ${monitor.name ?? monitor.id}: ${absent.join(' and ')} not on record.`];
  }),
  ...events.flatMap(({ body }): readonly string[] => {
    if (body.type === 'station-restarted') {
      return body.downForMs === null
        ? ['The station was restarted: not monitored for a time that is not known.']
        : [`The station was restarted: not monitored for ${lengthWords(body.downForMs)}.`];
    }
    return body.type === 'clock-jumped'
      ? [`The computer's clock was moved by ${lengthWords(Math.abs(body.byMs))}.`]
      : [];
  }),
];

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

const minuteWords = (ms: number): string => `minute ${Math.floor(ms / 60_000)}`;

/** "35 s", "4 min 20 s", "1 h 5 min"; rounded up: never shorter than it was. */
const lengthWords = (ms: number): string => {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const whole = Math.ceil(seconds / 60);
  return whole % 60 === 0 ? `${whole / 60} h` : `${Math.floor(whole / 60)} h ${whole % 60} min`;
};
