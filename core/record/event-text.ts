/**
 * One line for each entry of a session's record: the same words on the screen, in the tables and on paper. The time of
 * day within a line is read in the reader's own zone, so its form is an argument.
 */
import type { LimitSet } from '../alarm/limits.ts';
import { type AlarmParameter, PARAMETER_ROWS } from '../alarm/parameters.ts';
import { relativeLimitsOf } from '../alarm/presets.ts';
import type { AlarmPriority, ConditionEvent } from '../alarm/types.ts';
import type { MonitorId } from '../ids.ts';
import { metricRow } from '../nomenclature/metrics.ts';
import { ROLE_LABELS } from '../people/person.ts';
import type { ArtefactTarget } from '../review/exclusions.ts';
import type { MonitorNames, NoteKind, SessionEvent, SessionEventBody } from '../session/events.ts';
import { ORIGIN_WORDS } from '../session/origin.ts';
import { PHASE_LABELS } from '../session/phase.ts';
import type { EpochMs } from '../time.ts';
import { intervalWords } from '../visit/cuff-timetable.ts';
import { visitEventText } from '../visit/event-text.ts';
import type { VisitState } from '../visit/visit-state.ts';
import { MEANING_LABELS, type Signer } from './sign-off.ts';

export const NOTE_LABELS: Readonly<Record<NoteKind, string>> = {
  note: 'Note',
  'side-effect': 'Side effect',
  medication: 'Medication',
  'dose-change': 'Dose change',
  'position-change': 'Position change',
  artefact: 'Artefact',
};

const ALARM_WORDS: Readonly<Record<ConditionEvent['type'], string>> = {
  raised: 'raised',
  confirmed: 'confirmed',
  'not-confirmed': 'not confirmed',
  escalated: 'escalated',
  deescalated: 'less urgent now',
  cleared: 'cleared',
  latched: 'resolved, not acknowledged',
  reopened: 'came back',
  acknowledged: 'ACKNOWLEDGED',
  realarmed: 'sounds again',
};

/** How urgent an alarm is: colour is never the only sign of it (alarm rules V-6). */
export const PRIORITY_MARKS: Readonly<Record<AlarmPriority, string>> = {
  high: '***',
  medium: '**',
  low: '*',
};

/** Where a preset has no such limit. */
export const NO_LIMIT = 'none';

/** The time of day as the reader of a line reads it. */
export type ClockWords = (at: EpochMs) => string;

/** What happened, in words, without time and person. `visit` gives the labels of its protocol's items. */
export const eventText = (
  { body }: SessionEvent,
  clockText: ClockWords,
  visit: VisitState | null = null,
): string => {
  switch (body.type) {
    case 'session-opened':
      return openedText(body);
    case 'record-signed':
      return `Signed: “${MEANING_LABELS[body.meaning]}”, ${signerText(body.signer)}; record ${body.record.hash.slice(0, 16)}…${reasonText(body.remark)}`;
    case 'addendum-added':
      return `${body.afterSignature ? 'Addendum' : 'Late entry'}: ${body.text}`;
    case 'phase-changed':
      return `${PHASE_LABELS[body.from]} → ${PHASE_LABELS[body.to]}${reasonText(body.reason)}`;
    case 'baseline-frozen': {
      const { systolic, diastolic, heartRate, readings } = body.baseline;
      const rate = heartRate === null ? '' : `, HR ${heartRate.toFixed(0)}`;
      return `Baseline ${systolic.toFixed(0)}/${diastolic.toFixed(0)}${rate} from ${readings} reading${readings === 1 ? '' : 's'}`;
    }
    case 'note-added':
      return `${body.corrects === null ? '' : 'Correction. '}${NOTE_LABELS[body.kind]}: ${body.text}`;
    case 'limits-changed':
      return limitChanges(body);
    case 'nibp-interval-set':
      return `Cuff interval ${intervalWords(body.intervalMs)}`;
    case 'recovery-extended':
      return `Recovery planned ${Math.round(body.plannedRecoveryMs / 60_000)} min${reasonText(body.reason)}`;
    case 'alarm':
      return alarmText(body, clockText);
    case 'link-changed':
      return `${monitorText(body)} ${body.state}: ${body.text}`;
    case 'source-changed':
      return sourceText(body);
    case 'monitor-identified':
      return identityText(body);
    case 'cuff-requested':
      return `${body.command === 'start' ? 'Cuff asked for' : 'Cuff asked to stop'}${ofMonitor(body)}`;
    case 'monitor-confirmed':
      return `Right monitor${ofMonitor(body)}, confirmed although: ${body.doubt}`;
    case 'monitor-changed':
      return `Monitor set up anew: ${body.before} → ${body.after}`;
    case 'source-order-changed':
      return sourceOrderText(body);
    case 'station-restarted':
      return body.downForMs === null
        ? 'Station restarted; the gap is not monitored'
        : `Station restarted; not monitored for ${ageText(body.downForMs)}`;
    case 'clock-jumped':
      return `The computer's clock was moved by ${body.byMs > 0 ? '+' : '−'}${ageText(Math.abs(body.byMs))}`;
    case 'preset-approval':
      return body.approval.state === 'approved'
        ? `Preset ${body.presetId} approved by ${body.approval.by}`
        : `Preset ${body.presetId}: approval withdrawn`;
    case 'artefact-excluded':
      return `Left out as an artefact: ${targetText(body.target, clockText)}${reasonText(body.reason)}`;
    case 'artefact-restored':
      return `Taken back into the figures${reasonText(body.reason)}`;
    default:
      return visitEventText(body, visit);
  }
};

/** An age, rounded down: "8 s", "4 min 05 s", "1 h 20 min". A negative age (ms) reads as "0 s". */
export const ageText = (ms: number): string => {
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
};

const targetText = (target: ArtefactTarget, clockText: ClockWords): string =>
  target.kind === 'reading'
    ? `cuff reading of ${clockText(target.receivedAt)}`
    : `${target.metrics.map((metric) => metricRow(metric).label).join(', ')} from ${clockText(target.from)} to ${clockText(target.to)}`;

const SOURCE_WHY = {
  silent: 'which gave nothing for 10 s',
  'no-number': 'which has no number',
  preferred: 'which comes after it',
} as const;

/** A monitor as it was called then; else by its identifier. */
const nameOf = (names: MonitorNames | undefined, id: MonitorId): string => names?.[id] ?? id;

interface OfOneMonitor {
  readonly monitorId: MonitorId;
  readonly names?: MonitorNames;
}
const monitorText = ({ monitorId, names }: OfOneMonitor): string =>
  names?.[monitorId] === undefined ? 'Monitor' : `Monitor “${names[monitorId]}”`;
const ofMonitor = ({ monitorId, names }: OfOneMonitor): string =>
  names?.[monitorId] === undefined ? '' : ` (${names[monitorId]})`;

const sourceText = (body: SessionEventBody & { type: 'source-changed' }): string => {
  const { metrics, from, to, why, names } = body;
  const labels = metrics.map((metric) => metricRow(metric).label).join(', ');
  return `${labels} now from ${nameOf(names, to)}, no longer from ${nameOf(names, from)}, ${SOURCE_WHY[why]}`;
};

const identityText = (body: SessionEventBody & { type: 'monitor-identified' }): string => {
  const { name, manufacturer, model, serialNumber, software } = body;
  const device = [manufacturer, model].filter((part) => part !== null).join(' ');
  const parts = [
    ...(device === '' ? [body.family] : [device]),
    ...(serialNumber === null ? [] : [`serial ${serialNumber}`]),
    ...(software === null ? [] : [`software ${software}`]),
  ];
  return `Values from ${name}: ${parts.join(', ')}`;
};

const sourceOrderText = (body: SessionEventBody & { type: 'source-order-changed' }): string => {
  const what = body.metric === null ? 'numbers' : metricRow(body.metric).label;
  if (body.order.length === 0) return `Source of ${what}: the order of the chair again`;
  const named = (order: readonly MonitorId[]): string =>
    order.map((id) => nameOf(body.names, id)).join(', then ');
  return `Source of ${what}: ${named(body.order)} (before: ${named(body.before)})`;
};

const openedText = (body: SessionEventBody & { type: 'session-opened' }): string => {
  const { patient, course } = body;
  const who =
    patient === undefined ? '' : `, ${patient.name}, born ${patient.birthDate}, MRN ${patient.mrn ?? 'none'}`;
  const visit =
    course === undefined
      ? ''
      : `, visit ${course.position.number} of ${course.position.planned}: ${course.title}`;
  return `Session opened: ${body.patientInitials}, ${body.indication}${who}${visit}${importedText(body)}`;
};

const importedText = ({ imported }: SessionEventBody & { type: 'session-opened' }): string => {
  if (imported === undefined) return '';
  const { fileName, fileOrigin, rows, values, notes } = imported;
  const marked = fileOrigin === null ? null : ORIGIN_WORDS[fileOrigin];
  const numbers = marked === null ? '' : `, whose numbers are ${marked}`;
  const more = notes.map((note) => `; ${note}`).join('');
  return `. IMPORTED from ${fileName}${numbers}: ${rows} rows, ${values} values${more}`;
};

const signerText = ({ name, role }: Signer): string => `${name} (${ROLE_LABELS[role].toLowerCase()})`;

const reasonText = (reason: string | null): string => (reason === null ? '' : ` (${reason})`);

const thresholdsOf = (
  set: LimitSet,
): readonly { readonly id: string; readonly threshold: number | null }[] => [
  ...set.limits,
  ...relativeLimitsOf(set),
];

const limitChanges = (body: SessionEventBody & { type: 'limits-changed' }): string => {
  const { override, reason } = body;
  const before = new Map(thresholdsOf(body.before).map((limit) => [limit.id, limit.threshold]));
  const changed = thresholdsOf(body.after).filter((limit) => before.get(limit.id) !== limit.threshold);
  const shown = (threshold: number | null | undefined) => threshold ?? NO_LIMIT;
  const words = changed.map(
    (limit) => `${limit.id} ${shown(before.get(limit.id))} → ${shown(limit.threshold)}`,
  );
  const isPreset = changed.length === 0 || body.before.presetId !== body.after.presetId;
  const preset = isPreset ? [`${body.after.presetName}, version ${body.after.presetVersion}`] : [];
  const said = isPreset ? 'Limits' : 'Limits changed';
  const physician =
    override === undefined ? '' : `; beyond the hard bounds by order of ${override.physician}`;
  return `${said}: ${[...preset, ...words].join(', ')}${physician}${reasonText(reason)}`;
};

const labels = (parameters: readonly AlarmParameter[]): string =>
  parameters.map((parameter) => PARAMETER_ROWS[parameter].label).join(', ');

const alarmText = (
  { alarm: event, names }: SessionEventBody & { type: 'alarm' },
  clockText: ClockWords,
): string => {
  switch (event.type) {
    case 'audio-paused':
      return `AUDIO PAUSED until ${clockText(event.until.wall)}`;
    case 'audio-off':
      return `AUDIO OFF${reasonText(event.reason)}`;
    case 'audio-resumed':
      return 'Audio on again';
    case 'alarms-paused':
      return `ALARM PAUSED until ${clockText(event.until.wall)}: ${labels(event.parameters)}${reasonText(event.reason)}`;
    case 'alarms-resumed':
      return `Alarms on again after a pause: ${labels(event.parameters)}`;
    case 'alarm-off':
      return `ALARM OFF: ${labels([event.parameter])}${reasonText(event.reason)}`;
    case 'alarm-on':
      return `Alarms on again: ${labels([event.parameter])}`;
    default: {
      const { alarm } = event;
      const name = alarm.monitorId === null ? undefined : names?.[alarm.monitorId];
      const said = name === undefined ? '' : `${alarm.title} (${name}): `;
      return `${PRIORITY_MARKS[alarm.priority]} ${said}${alarm.message || alarm.title}: ${ALARM_WORDS[event.type]}`;
    }
  }
};
