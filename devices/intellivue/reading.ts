/**
 * What one observed value is worth. Valid only if no bit of the state's first octet is set, the FLOAT is a number and its unit
 * is one we know. Source: README, "Values".
 */
import type { Reading } from '../../core/observation/observation.ts';
import { type ObservedValue, STATE } from './attributes.ts';
import { type FloatSpecial, parseFloat32 } from './float.ts';
import type { NumericRule } from './nomenclature.ts';

/** Bits of the first octet without a meaning in our sources: doubt. Early estimates are doubted as well. */
const DOUBT = 0x0300 | STATE.questionable | STATE.early;
const NOT_THE_PATIENT = STATE.test | STATE.demo;

const absent = (validity: Extract<Reading, { value: null }>['validity']): Reading => ({
  validity,
  value: null,
});

const specialReading = (special: FloatSpecial): Reading => {
  switch (special) {
    case 'plus-infinity':
      return absent('overflow');
    case 'minus-infinity':
      return absent('underflow');
    default:
      return absent('unavailable');
  }
};

/** Whether a value was measured on no patient: the monitor is demonstrating or testing itself. */
export const isNotThePatient = ({ state }: ObservedValue): boolean => (state & NOT_THE_PATIENT) !== 0;

/** Whether the value stands in a unit that its rule does not know. */
export const hasForeignUnit = ({ unit }: ObservedValue, { units }: NumericRule): boolean => !units.has(unit);

/** The value in its metric's unit, or why there is none. `invalid` without a number is `unavailable`: there is none. */
export const readingOf = (value: ObservedValue, { units }: NumericRule): Reading => {
  const { state } = value;
  if (isNotThePatient(value)) return absent('invalid');
  if ((state & STATE.calibrating) !== 0) return absent('calibrating');
  if ((state & STATE.unavailable) !== 0) return absent('unavailable');
  const float = parseFloat32(value.bits);
  if ('special' in float) return specialReading(float.special);
  if ((state & STATE.invalid) !== 0) return absent('invalid');
  const convert = units.get(value.unit);
  if (convert === undefined) return absent('invalid');
  return { validity: (state & DOUBT) !== 0 ? 'questionable' : 'valid', value: convert(float.value) };
};

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');

/** The value as a person may read it where no metric is mapped to it. */
export const rawText = ({ state, unit, bits }: ObservedValue): string => {
  const float = parseFloat32(bits);
  const number = 'value' in float ? String(float.value) : float.special;
  return `${number}, unit ${hex(unit)}, state ${hex(state & ~STATE.inAlarm)}`;
};

/** The identifier of a value where no metric is mapped to it, with the monitor's own label. */
export const rawId = ({ physioId }: ObservedValue, label: string | null): string =>
  label === null || label === '' ? hex(physioId) : `${hex(physioId)} ${label}`;
