/** What is due, calmly: no sound, no colour of an alarm. A tap leads to where it is done. */
import type { ChairView } from '../../../core/api/views.ts';
import { useNow } from '../../app-context.tsx';
import { type Centre, type DueLine, dueLines } from '../../view-model/visit.ts';

/** Lines on the screen; more are counted. */
const SHOWN = 3;

const WHERE: Readonly<Record<DueLine['item']['kind'], Centre | null>> = {
  cuff: null,
  scale: 'observe',
  remeasure: 'checklist',
  'infusion-end': 'dose',
  'recovery-minimum': 'discharge',
  'recovery-planned': 'discharge',
  escalate: 'discharge',
};

export const NextPanel = ({
  chair,
  onGo,
}: {
  readonly chair: ChairView;
  readonly onGo: (to: Centre) => void;
}) => {
  const lines = dueLines(chair, useNow());
  if (lines.length === 0) return null;
  return (
    <section className="panel next-panel" aria-label="Next" data-testid="next-panel">
      <ul>
        {lines.slice(0, SHOWN).map((line) => {
          const to = WHERE[line.item.kind];
          return (
            <li key={line.key} data-due={line.isDue}>
              <button
                type="button"
                className="next-line"
                disabled={to === null}
                onClick={() => (to === null ? undefined : onGo(to))}
              >
                <span>{line.label}</span>
                <strong>{line.when}</strong>
              </button>
            </li>
          );
        })}
      </ul>
      {lines.length > SHOWN ? <small>+{lines.length - SHOWN}</small> : null}
    </section>
  );
};
