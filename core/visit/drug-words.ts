/** Entries about drugs in a few words: for the record's timeline, and for the nurse whose view was out of date. */
import { STOP_CAUSE_LABELS } from '../dose/dose-state.ts';
import type { SessionEvent } from '../session/events.ts';
import { PHASE_LABELS } from '../session/phase.ts';

/** At most `digits` significant digits, without trailing zeros. */
export const figure = (value: number, digits = 3): string => String(Number(value.toPrecision(digits)));

/** What a person entered, with all its digits: the record repeats it and rounds nothing. */
export const entered = (value: number): string => figure(value, 12);

/** The entry in words, if it is one that a later entry about drugs must have seen; else null. */
export const doseNews = ({ body }: SessionEvent): string | null => {
  switch (body.type) {
    case 'dose-planned': {
      const { drug, doseMg, doseMgPerKg } = body.plan;
      return `${drug} ${figure(doseMg)} mg (${figure(doseMgPerKg)} mg/kg) planned`;
    }
    case 'dose-verified':
      return `dose checked at the pump: ${figure(body.pumpRateMlPerH, 4)} mL/h, ${figure(body.pumpVolumeMl, 4)} mL`;
    case 'dose-rate-changed':
      return `rate ${figure(body.from, 4)} → ${figure(body.to, 4)} mL/h`;
    case 'dose-bolus':
      return `${entered(body.mg)} mg at once`;
    case 'infusion-stopped':
      return `infusion stopped: ${STOP_CAUSE_LABELS[body.cause]}`;
    case 'drug-given':
      return `${body.name} ${entered(body.amount)} ${body.unit} ${body.route}`;
    case 'entry-struck':
      return `an entry was struck (${body.reason})`;
    case 'phase-changed':
      return `${PHASE_LABELS[body.from]} → ${PHASE_LABELS[body.to]}`;
    default:
      return null;
  }
};
