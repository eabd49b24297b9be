/** The cuff of a simulated PM6750: inflates, deflates, and reports its state, its last reading or why there is none. */
import { COMMAND, CUFF_STATE, type ModuleMessage } from '../devices/berrymed-pm6750/codec.ts';
import type { Patient, PatientState } from './patient.ts';

const INFLATE_MS = 8_000;
/** The cuff loses so much pressure in a second (mmHg; our choice). */
const DEFLATE_PER_S = 5;
const MAX_PRESSURE = 255;
/** By the command's value: adult, child, neonate. */
const TARGET_MAX = [0, 300, 210, 140] as const;
const CAUSES = {
  loose: CUFF_STATE.loose,
  leak: CUFF_STATE.tookTooLong,
  motion: CUFF_STATE.disturbance,
} as const;

export interface BerryCuff {
  /** A command about the cuff; values that the module does not know are ignored. */
  obey(code: number, value: number, nowMs: number): void;
  /** One report; call it once a second. */
  report(state: PatientState): ModuleMessage;
}

export const createBerryCuff = (patient: Patient): BerryCuff => {
  let kind = 1;
  let targetMmHg = 160;
  let startedMs: number | null = null;
  let stoppedResults: number | null = null;

  const pressure = (sinceMs: number): number => {
    if (sinceMs < INFLATE_MS) return (targetMmHg * sinceMs) / INFLATE_MS;
    return Math.max(0, targetMmHg - ((sinceMs - INFLATE_MS) / 1000) * DEFLATE_PER_S);
  };
  const message = (code: number, cuff = 0, systolic = 0, mean = 0, diastolic = 0): ModuleMessage => ({
    kind: 'nibp',
    status: (code << 2) | (kind - 1),
    cuff: Math.round(cuff / 2) * 2,
    systolic,
    mean,
    diastolic,
  });

  return {
    obey(code, value, nowMs) {
      if (code === COMMAND.cuffPatient && value >= 1 && value <= 3) kind = value;
      if (code === COMMAND.cuffTarget && value >= 20 && value * 2 <= (TARGET_MAX[kind] ?? 0))
        targetMmHg = value * 2;
      if (code !== COMMAND.cuff) return;
      if (value === 1) patient.command({ kind: 'start-cuff' }, nowMs);
      if (value !== 0 || !patient.stateAt(nowMs).cuff.measuring) return;
      patient.command({ kind: 'stop-cuff' }, nowMs);
      stoppedResults = patient.stateAt(nowMs).cuff.last?.number ?? 0;
    },
    report({ cuff, elapsedMs }) {
      if (cuff.measuring) {
        startedMs ??= elapsedMs;
        stoppedResults = null;
        return message(CUFF_STATE.measuring, pressure(elapsedMs - startedMs));
      }
      startedMs = null;
      const { last } = cuff;
      if (stoppedResults === (last?.number ?? 0)) return message(CUFF_STATE.stopped);
      if (last === null) return message(CUFF_STATE.initialised);
      if (last.kind === 'failed') return message(CAUSES[last.cause]);
      // One byte holds no more.
      if (last.systolic > MAX_PRESSURE) return message(CUFF_STATE.noResult);
      return message(CUFF_STATE.finished, 0, last.systolic, last.mean, last.diastolic);
    },
  };
};
