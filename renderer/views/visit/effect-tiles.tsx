/** Side effects: one tap on a severity notes it, changes it, or takes it as gone. */
import { useState } from 'react';
import {
  SEVERITIES,
  type Severity,
  SIDE_EFFECT_KINDS,
  SIDE_EFFECTS,
  type SideEffectKind,
} from '../../../core/scales/side-effects.ts';
import type { Session } from '../../../core/session/session.ts';
import { runningEffects, type SideEffect } from '../../../core/visit/visit-state.ts';
import { useNow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { ageText } from '../../view-model/time-text.ts';
import { TEXT } from './text.ts';

export const EffectTiles = ({ session }: { readonly session: Session }) => {
  const [hasAll, setAll] = useState(false);
  const { perform, failure, isBusy } = usePerform();
  const running = runningEffects(session.visit);
  const shown = SIDE_EFFECT_KINDS.filter(
    (kind) =>
      kind !== 'other' &&
      (hasAll || SIDE_EFFECTS[kind].common || running.some((effect) => effect.kind === kind)),
  );
  const choose = (kind: SideEffectKind, effect: SideEffect | null, severity: Severity | 'gone') =>
    start(
      perform((call, by) => {
        if (effect === null) {
          return severity === 'gone'
            ? Promise.resolve(session)
            : call('sideEffect.note', { sessionId: session.id, kind, severity, by });
        }
        return severity === 'gone'
          ? call('sideEffect.end', { sessionId: session.id, effect: effect.id, by })
          : call('sideEffect.change', { sessionId: session.id, effect: effect.id, severity, by });
      }),
    );
  return (
    <section aria-label={TEXT.effects}>
      <h3>{TEXT.effects}</h3>
      <FailureLine message={failure?.message ?? null} />
      <ul className="effects">
        {shown.map((kind) => {
          const effect = running.find((each) => each.kind === kind) ?? null;
          return (
            <li key={kind} data-testid={`effect-${kind}`} data-severity={effect?.severity ?? 'none'}>
              <span className="effect-name">
                <strong>{SIDE_EFFECTS[kind].label}</strong>
                {effect === null ? null : <Since effect={effect} />}
              </span>
              <span className="effect-levels">
                {SEVERITIES.map((severity) => (
                  <button
                    key={severity}
                    type="button"
                    className={effect?.severity === severity ? 'button button-main' : 'button'}
                    aria-pressed={effect?.severity === severity}
                    disabled={isBusy}
                    onClick={() =>
                      effect?.severity === severity ? undefined : choose(kind, effect, severity)
                    }
                    data-testid={`${kind}-${severity}`}
                  >
                    {severity}
                  </button>
                ))}
                <button
                  type="button"
                  className="button button-quiet"
                  disabled={isBusy || effect === null}
                  onClick={() => choose(kind, effect, 'gone')}
                  data-testid={`${kind}-gone`}
                >
                  {TEXT.ended}
                </button>
              </span>
            </li>
          );
        })}
      </ul>
      <button type="button" className="button button-quiet" onClick={() => setAll(!hasAll)}>
        {hasAll ? TEXT.fewer : TEXT.more}
      </button>
    </section>
  );
};

const Since = ({ effect }: { readonly effect: SideEffect }) => {
  const now = useNow();
  return <small>{now === null ? '' : ageText(now.wall - effect.onsetAt)}</small>;
};
