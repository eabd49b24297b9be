/**
 * What the patient takes home, as data for a page: when driving is possible again, what to expect, whom to call.
 * Plain words, no abbreviations. The wording is ours after the clinic's patient information; a physician must
 * approve it.
 */
import { SIDE_EFFECTS } from '../scales/side-effects.ts';
import type { Session } from '../session/session.ts';
import { type EpochMs, epochMs } from '../time.ts';
import { runningEffects } from './visit-state.ts';

export interface DischargeSheet {
  readonly patientInitials: string;
  readonly indication: string;
  /** Anything but live: the page says SIMULATED. */
  readonly origin: Session['origin'];
  readonly dischargedAt: EpochMs | null;
  /** False while the drug runs or is only paused: its end, and with it the hour of driving, is not known yet. */
  readonly isDrugOver: boolean;
  /** When the drug was stopped; null: it never ran. */
  readonly drugEndedAt: EpochMs | null;
  /** Not before this, and not before a night's sleep; null: no drug was given. */
  readonly noDrivingBefore: EpochMs | null;
  readonly sections: readonly { readonly heading: string; readonly lines: readonly string[] }[];
}

/** Driving and decisions: the next day after sleep and at least this long after the drug (ms). */
export const NO_DRIVING_MS = 24 * 3_600_000;

/** The sheet of a visit as it stands. */
export const dischargeSheet = (session: Session): DischargeSheet => {
  const drugEndedAt = drugEnd(session);
  const driver = fieldsOf(session, 'driver');
  const escort =
    driver === null ? 'A grown-up takes you home.' : `${driver.name ?? 'Your driver'} takes you home.`;
  const effects = runningEffects(session.visit).map(({ kind, text }) =>
    kind === 'other' && text !== null ? text : SIDE_EFFECTS[kind].label.toLowerCase(),
  );
  return {
    patientInitials: session.patientInitials,
    indication: session.indication,
    origin: session.origin,
    dischargedAt: session.closedAt,
    isDrugOver: session.phase !== 'infusing' && session.phase !== 'paused',
    drugEndedAt,
    noDrivingBefore: drugEndedAt === null ? null : epochMs(drugEndedAt + NO_DRIVING_MS),
    sections: [
      {
        heading: 'Today and tomorrow',
        lines: [
          escort,
          'Do not drive, ride a bicycle or work with machines until tomorrow after a night of sleep, and for at least 24 hours. Your thinking may be slower for 24 to 48 hours.',
          'Do not sign contracts or make important decisions in this time.',
          'Do not drink alcohol today.',
          'Do not look after small children alone today.',
        ],
      },
      {
        heading: 'What you may feel',
        lines: [
          'Tiredness, light nausea, dizziness or vivid dreams are common and pass, mostly within an hour of the treatment.',
          ...(effects.length === 0 ? [] : [`When you left you still felt: ${effects.join(', ')}.`]),
          'Rest, drink water, eat something light when you feel like it. Take your usual medicines as before unless we told you otherwise.',
        ],
      },
      {
        heading: 'Call the clinic',
        lines: [
          'if nausea, dizziness, confusion or unusual perceptions are still there tonight, or come back.',
          'if your mood gets worse.',
        ],
      },
      {
        heading: 'Call the emergency number at once',
        lines: [
          'for chest pain, shortness of breath, a very bad headache, trouble with seeing or speaking, weakness of an arm or leg, fainting.',
          'if you think of harming yourself.',
        ],
      },
    ],
  };
};

const drugEnd = (session: Session): EpochMs | null => {
  const end = session.spans.findLast(({ phase }) => phase === 'infusing')?.endedAt ?? null;
  const last = session.visit.dose?.boluses.at(-1)?.at ?? null;
  if (end === null || last === null) return end ?? last;
  return epochMs(Math.max(end, last));
};

const fieldsOf = (session: Session, itemId: string): Readonly<Record<string, string>> | null => {
  const answer = session.visit.checklist[itemId]?.answer;
  return answer?.kind === 'fields' ? answer.values : null;
};
