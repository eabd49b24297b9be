/** Side effects with their course, and every score. */
import type { SessionDocument } from '../../../core/review/session-document.ts';
import { SCALE_IDS, SCALES } from '../../../core/scales/scales.ts';
import { SIDE_EFFECTS } from '../../../core/scales/side-effects.ts';
import type { SideEffect } from '../../../core/visit/visit-state.ts';
import type { Block, Section } from '../report.ts';
import { type ClinicTimes, minuteText, spanText } from '../times.ts';

export const observationsSection = (document: SessionDocument, times: ClinicTimes): Section => ({
  heading: 'Side effects and scores',
  blocks: [effects(document, times), scores(document, times)],
});

/** The effect's name as people read it. */
export const effectName = ({ kind, text }: Pick<SideEffect, 'kind' | 'text'>): string =>
  kind === 'other' && text !== null ? text : SIDE_EFFECTS[kind].label;

const effects = ({ session, figures }: SessionDocument, times: ClinicTimes): Block => {
  const { sideEffects } = session.visit;
  if (sideEffects.length === 0) return { kind: 'text', text: 'No side effect was entered.' };
  return {
    kind: 'table',
    columns: [
      { title: 'Side effect', width: 5 },
      { title: 'Began', width: 2.2 },
      { title: 'Minute', width: 1.9, isNumber: true },
      { title: 'Ended', width: 2.6 },
      { title: 'Lasted', width: 3 },
      { title: 'At worst', width: 2.2 },
      { title: 'Course', width: 6 },
      { title: 'By', width: 4 },
    ],
    rows: sideEffects.map((effect) => [
      effect.text !== null && effect.kind !== 'other'
        ? `${effectName(effect)} (${effect.text})`
        : effectName(effect),
      times.clock(effect.onsetAt),
      times.minute(effect.onsetAt),
      effect.endedAt === null ? 'NOT ENDED' : times.clock(effect.endedAt),
      spanText((effect.endedAt ?? figures.to) - effect.onsetAt),
      effect.worst,
      effect.course.map(({ at, severity }) => `${times.clock(at)} ${severity}`).join(', '),
      effect.by,
    ]),
  };
};

const scores = ({ session }: SessionDocument, times: ClinicTimes): Block => {
  const all = session.visit.scores;
  if (all.length === 0) return { kind: 'text', text: 'Nothing was scored.' };
  return {
    kind: 'table',
    columns: [
      { title: 'Scale', width: 4.6 },
      { title: 'Range, bad end', width: 3 },
      { title: 'Every score with its time', width: 14 },
    ],
    rows: SCALE_IDS.flatMap((scale) => {
      const own = all.filter((score) => score.scale === scale);
      if (own.length === 0) return [];
      const { label, lowest, highest, worse, parts } = SCALES[scale];
      const words = own.map(({ at, value, parts: points }) => {
        const detail =
          points === null
            ? ''
            : ` (${parts.map(({ id, label: name }) => `${name} ${points[id] ?? '–'}`).join(', ')})`;
        return `${times.clock(at)}: ${minuteText(value)}${detail}`;
      });
      return [
        [
          label,
          `${minuteText(lowest)} to ${minuteText(highest)}, worst ${minuteText(worse === 'high' ? highest : lowest)}`,
          words.join('; '),
        ],
      ];
    }),
  };
};
