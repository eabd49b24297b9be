/** Reply bodies ⇄ typed replies, by fixed offsets (GE 2010566 field tables; offsets count the unit identifier as 0). */
import { padded } from '../framing/civil-time.ts';
import type {
  NibpReply,
  OximeterReply,
  PlainRateReply,
  RateReply,
  Reply,
  TemperatureReply,
} from './message.ts';

/** A body that looks like a reply and is none: a place holds what cannot stand there. */
export interface Refusal {
  readonly reason: 'syntax' | 'range';
  readonly detail: string;
}

const NO_RECENT_NIBP = 9999;
const OLDEST_NIBP_S = 5400;
const NO_TEMPERATURE = 99_999;
const NIBP_STATUSES: readonly number[] = [0, 1, 2, 3, 4, 6, 7, 8, 9];
const OXIMETER_STATUSES: readonly number[] = [0, 1, 3, 6];

const numberOf = (field: string | undefined): number | null => {
  const text = (field ?? '').trim();
  return text === '' ? null : Number(text);
};
const range = (detail: string): Refusal => ({ reason: 'range', detail });

const nibp = ([, a, b, c, age, sys, dia, map]: RegExpExecArray): NibpReply | Refusal => {
  const [status, patient, ageS] = [Number(a), Number(b), Number(age)];
  if (!NIBP_STATUSES.includes(status)) return range(`NIBP status ${status}`);
  if (patient > 2) return range(`NIBP patient type ${patient}`);
  if (ageS > OLDEST_NIBP_S && ageS !== NO_RECENT_NIBP) return range(`NIBP age ${ageS} s`);
  return {
    kind: 'NA',
    status,
    patient,
    isStat: c === '1',
    ageS: ageS === NO_RECENT_NIBP ? null : ageS,
    systolic: numberOf(sys),
    diastolic: numberOf(dia),
    mean: numberOf(map),
  };
};

const oximeter = ([, a, value, strength, average]: RegExpExecArray): OximeterReply | Refusal => {
  const [status, spo2] = [Number(a), numberOf(value)];
  if (!OXIMETER_STATUSES.includes(status)) return range(`oximeter status ${status}`);
  if (spo2 !== null && spo2 > 100) return range(`SpO2 ${spo2} %`);
  return { kind: 'OA', status, spo2, strength: numberOf(strength), averagingS: numberOf(average) };
};

const rateOf = (field: string | undefined): number | null => {
  const rate = numberOf(field);
  return rate === null || rate <= 0 ? null : rate;
};

const rate = ([, source, value]: RegExpExecArray): RateReply => ({
  kind: 'RA',
  source: Number(source),
  rate: rateOf(value),
});

const plainRate = ([, before, value]: RegExpExecArray): PlainRateReply => ({
  kind: 'RC',
  before: before ?? '',
  rate: rateOf(value),
});

const temperature = ([, a, mode, counter, age, value, unit]: RegExpExecArray): TemperatureReply | Refusal => {
  const [status, ageS] = [Number(a), Number(age)];
  if (status > 4) return range(`temperature status ${status}`);
  return {
    kind: 'TC',
    status,
    isMonitorMode: mode === '1',
    counter: counter ?? '',
    ageS: ageS === NO_TEMPERATURE ? null : ageS,
    tenthsF: Number(value),
    bedsideUnit: unit === '1' ? 'C' : 'F',
  };
};

interface Form {
  readonly head: string;
  /** Length of the body (characters). */
  readonly length: number;
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray) => Reply | Refusal;
}

const FORMS: readonly Form[] = [
  {
    head: ' NA',
    length: 19,
    pattern: /^ NA(\d)(\d)([01])(\d{4})([ \d]{3})([ \d]{3})([ \d]{3})$/,
    read: nibp,
  },
  { head: ' OA', length: 10, pattern: /^ OA(\d)([ \d]{3})([ \d])([ \d]{2})$/, read: oximeter },
  { head: ' RA', length: 7, pattern: /^ RA(\d)(\d{3}| {3}|-99)$/, read: rate },
  { head: ' RC', length: 7, pattern: /^ RC([ -~])(\d{3}| {3}|-99)$/, read: plainRate },
  { head: ' TC', length: 16, pattern: /^ TC(\d)([01])([ -~])(\d{5})(\d{4})([01])$/, read: temperature },
];

/** How long the body of the reply is that begins like this text; null when none does. */
export const bodyLengthOf = (text: string): number | null =>
  FORMS.find(({ head }) => text.startsWith(head))?.length ?? null;

/** The reply that this body is; a refusal; or null when it is no reply that is known. */
export const parseBody = (body: string): Reply | Refusal | null => {
  const form = FORMS.find(({ head }) => body.startsWith(head));
  if (form === undefined) return null;
  const match = form.pattern.exec(body);
  return match === null ? { reason: 'syntax', detail: `not the form of${form.head}` } : form.read(match);
};

const three = (value: number | null): string => (value === null ? '   ' : padded(value, 3));

/** The body of a reply. Numbers that do not fit their places are a bug of the caller. */
export const formatBody = (reply: Reply): string => {
  switch (reply.kind) {
    case 'NA': {
      const { status, patient, isStat, ageS, systolic, diastolic, mean } = reply;
      const age = padded(ageS ?? NO_RECENT_NIBP, 4);
      return ` NA${status}${patient}${isStat ? 1 : 0}${age}${three(systolic)}${three(diastolic)}${three(mean)}`;
    }
    case 'OA': {
      const average = reply.averagingS === null ? '  ' : padded(reply.averagingS, 2);
      return ` OA${reply.status}${three(reply.spo2)}${reply.strength ?? ' '}${average}`;
    }
    case 'RA':
      return ` RA${reply.source}${padded(reply.rate ?? 0, 3)}`;
    case 'RC':
      return ` RC${reply.before}${padded(reply.rate ?? 0, 3)}`;
    case 'TC': {
      const age = padded(reply.ageS ?? NO_TEMPERATURE, 5);
      const unit = reply.bedsideUnit === 'C' ? 1 : 0;
      return ` TC${reply.status}${reply.isMonitorMode ? 1 : 0}${reply.counter}${age}${padded(reply.tenthsF, 4)}${unit}`;
    }
    default:
      return reply satisfies never;
  }
};
