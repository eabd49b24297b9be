/** A visit in the words and figures of its screens: the dose as it runs, what is due, how a list stands. Pure. */
import type { ChairView } from '../../core/api/views.ts';
import type { ItemState } from '../../core/checklist/state.ts';
import { doseStatus } from '../../core/dose/delivery.ts';
import type { DoseState } from '../../core/dose/dose-state.ts';
import type { DosePlan } from '../../core/dose/plan.ts';
import { drugRatePerWeight } from '../../core/dose/units.ts';
import type { Phase } from '../../core/session/phase.ts';
import type { EpochMs, Instant } from '../../core/time.ts';
import type { NextItem } from '../../core/visit/next.ts';
import { countdownText } from './time-text.ts';

/** At most `digits` significant digits, without trailing zeros: 12.5, 0.35, 1050. */
export const figureText = (value: number, digits = 3): string => {
  const rounded = Number(value.toPrecision(digits));
  return Math.abs(rounded) >= 1000 ? rounded.toFixed(0) : String(rounded);
};

export interface DoseLine {
  /** "12.4 of 35 mg" */
  readonly delivered: string;
  /** 0 to 1; more than planned stays 1 and is told in `note`. */
  readonly share: number;
  readonly percent: string;
  /** "52.5 mL/h · 0.75 mg/kg/h"; null for a nasal dose. */
  readonly rate: string | null;
  /** "18:20 left"; null when nothing runs. */
  readonly left: string | null;
  readonly state: 'planned' | 'running' | 'held' | 'stopped';
  /** What must be said beside it; null: nothing. */
  readonly note: string | null;
}

/** The dose now; null without a plan. `now` null: nothing is counted. */
export const doseLine = (dose: DoseState | null, now: Instant | null): DoseLine | null => {
  if (dose === null || now === null) return null;
  const status = doseStatus(dose, now);
  const begun = dose.segments.length > 0 || dose.boluses.length > 0;
  const state = dose.stopped !== null ? 'stopped' : status.isRunning ? 'running' : begun ? 'held' : 'planned';
  return {
    delivered: `${figureText(status.deliveredMg)} of ${figureText(status.plannedMg)} mg`,
    share: Math.min(1, status.share),
    percent: `${Math.floor(status.share * 100)} %`,
    rate: rateText(dose),
    left: status.remainingMs === null ? null : `${countdownText(status.remainingMs)} left`,
    state,
    note: doseNote(dose, status),
  };
};

const rateText = ({ plan, rateMlPerH, concentrationMgPerMl }: DoseState): string | null => {
  if (concentrationMgPerMl === null) return null;
  const perKg = drugRatePerWeight(rateMlPerH, concentrationMgPerMl, plan.weightKg);
  return `${figureText(rateMlPerH)} mL/h · ${figureText(perKg)} mg/kg/h`;
};

const doseNote = (dose: DoseState, status: ReturnType<typeof doseStatus>): string | null => {
  if (status.beyondPlanMg > 0 && status.isRunning)
    return `${figureText(status.beyondPlanMg)} mg more than planned by the entries: look at the pump`;
  if (dose.isPartial) return 'The drug ran before its plan was entered: more was given than this says';
  if (status.unwatchedMg > 0)
    return `${figureText(status.unwatchedMg)} mg of it ran while Chairside was down, by the rate entered`;
  if (dose.verified === null && dose.plan.kind === 'infusion' && dose.segments.length === 0)
    return 'Not yet checked by a second person';
  return null;
};

/** The figures of a plan, labelled, in the order in which a pump is set. */
export const planFigures = (plan: DosePlan): readonly { readonly label: string; readonly value: string }[] =>
  plan.kind === 'nasal'
    ? [
        { label: 'Dose', value: `${figureText(plan.doseMg)} mg` },
        { label: 'Devices', value: `${plan.devices} × ${figureText(plan.deviceMg)} mg` },
      ]
    : [
        { label: 'Dose', value: `${figureText(plan.doseMg)} mg` },
        { label: 'By weight', value: `${figureText(plan.doseMgPerKg)} mg/kg` },
        { label: 'Volume', value: `${figureText(plan.volumeMl)} mL` },
        { label: 'Pump rate', value: `${figureText(plan.rateMlPerH, 4)} mL/h` },
        { label: 'Drug rate', value: `${figureText(plan.rateMgPerKgPerH)} mg/kg/h` },
        { label: 'Over', value: `${figureText(plan.durationMs / 60_000)} min` },
      ];

/** When something is due, in words: "now", "in 3:20", "since 2:10". */
export interface DueLine {
  readonly key: string;
  readonly label: string;
  readonly when: string;
  readonly isDue: boolean;
  readonly item: NextItem;
}

/** How long before it is due an item is worth a line (ms): what comes later is not yet anybody's business. */
const AHEAD_MS = 15 * 60_000;

/** What is due now or soon, soonest first; the cuff has a panel of its own. */
export const dueLines = (chair: ChairView, now: Instant | null): readonly DueLine[] =>
  now === null
    ? []
    : (chair.visit?.next ?? [])
        .filter(({ kind, dueAt }) => kind !== 'cuff' && dueAt - now.wall <= AHEAD_MS)
        .map((item) => dueLine(item, now.wall));

const dueLine = (item: NextItem, now: EpochMs): DueLine => {
  const leftMs = item.dueAt - now;
  return {
    key: `${item.kind} ${item.scale ?? ''}`,
    label: item.label,
    when: leftMs > 0 ? `in ${countdownText(leftMs)}` : 'now',
    isDue: leftMs <= 0,
    item,
  };
};

/** Items of a list that are neither done nor excepted. */
export const openItems = (items: readonly ItemState[]): readonly ItemState[] =>
  items.filter(({ state }) => state === 'open');

/** The pictures in the middle of the chair's screen. */
export const CENTRES = ['trend', 'checklist', 'dose', 'observe', 'discharge'] as const;
export type Centre = (typeof CENTRES)[number];

/** What stands in the middle when nobody chose: the list before the drug, the trend from then on. */
export const usualCentre = (phase: Phase | null, hasProtocol: boolean): Centre =>
  hasProtocol && (phase === 'intake' || phase === 'baseline') ? 'checklist' : 'trend';

/** The instant of a time of day ("08:30"), the last time that it was; null when it is no time. */
export const lastTimeOfDay = (text: string, now: EpochMs): number | null => {
  const match = /^(?<hours>\d{1,2}):(?<minutes>\d{2})$/.exec(text);
  const hours = Number(match?.groups?.hours ?? Number.NaN);
  const minutes = Number(match?.groups?.minutes ?? Number.NaN);
  if (!(hours < 24 && minutes < 60)) return null;
  const today = new Date(now);
  today.setHours(hours, minutes, 0, 0);
  const tomorrow = new Date(today);
  tomorrow.setDate(today.getDate() + 1);
  const next = today.getTime() > now ? today : tomorrow;
  if (next.getTime() - now <= WATCH_AHEAD_MS) return now;
  if (today.getTime() > now) today.setDate(today.getDate() - 1);
  const later = new Date(today.getTime() + HOUR_MS);
  const comesTwice = later.getHours() === hours && later.getTime() <= now;
  return (comesTwice ? later : today).getTime();
};

const HOUR_MS = 3_600_000;
/** A watch may be so far ahead of the station (ms): who ate just now did not eat a day ago. */
const WATCH_AHEAD_MS = 15 * 60_000;
