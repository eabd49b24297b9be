/** The scales of the protocol: what is due first; one tap on a number writes it down. */
import type { ChairView } from '../../../core/api/views.ts';
import { SCALES, type Scale, type ScaleId } from '../../../core/scales/scales.ts';
import type { Session } from '../../../core/session/session.ts';
import { lastScore } from '../../../core/visit/visit-state.ts';
import { useNow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { clockText } from '../../view-model/time-text.ts';
import { dueLines } from '../../view-model/visit.ts';
import { TEXT } from './text.ts';

/** Scales offered in a visit without a protocol. */
const USUAL: readonly ScaleId[] = ['moaa-s', 'nausea', 'dissociation', 'anxiety', 'pain'];

export const ScaleRows = ({ chair, session }: { readonly chair: ChairView; readonly session: Session }) => {
  const due = dueLines(chair, useNow()).filter(({ isDue, item }) => isDue && item.kind === 'scale');
  const { perform, failure, isBusy } = usePerform();
  const planned = session.visit.protocol?.observations.map(({ scale }) => scale) ?? USUAL;
  const scales = [...new Set([...due.flatMap(({ item }) => item.scale ?? []), ...planned])].filter(
    (id) => SCALES[id].parts.length === 0,
  );
  const record = (scale: ScaleId, value: number) =>
    start(
      perform((call, by) =>
        call('score.record', { sessionId: session.id, scale, draft: { kind: 'value', value }, by }),
      ),
    );
  const skip = (scale: ScaleId) =>
    start(perform((call, by) => call('prompt.skip', { sessionId: session.id, scale, by })));
  return (
    <section aria-label={TEXT.scales}>
      <h3>{TEXT.scales}</h3>
      <FailureLine message={failure?.message ?? null} />
      <ul className="scales">
        {scales.map((id) => {
          const isDue = due.some(({ item }) => item.scale === id);
          const last = lastScore(session.visit, id);
          return (
            <li key={id} data-testid={`scale-${id}`} data-due={isDue}>
              <span className="scale-name">
                <strong>{SCALES[id].label}</strong>
                <small>
                  {isDue ? `${TEXT.due}; ` : ''}
                  {last === null ? TEXT.never : `${TEXT.last} ${last.value}, ${clockText(last.at)}`}
                </small>
                {isDue ? (
                  <button
                    type="button"
                    className="link-button"
                    disabled={isBusy}
                    onClick={() => skip(id)}
                    data-testid={`skip-${id}`}
                  >
                    {TEXT.skip}
                  </button>
                ) : null}
              </span>
              <Values scale={SCALES[id]} isBusy={isBusy} onValue={(value) => record(id, value)} />
            </li>
          );
        })}
      </ul>
    </section>
  );
};

const Values = ({
  scale,
  isBusy,
  onValue,
}: {
  readonly scale: Scale;
  readonly isBusy: boolean;
  readonly onValue: (value: number) => void;
}) => {
  const values = Array.from({ length: scale.highest - scale.lowest + 1 }, (_, index) => scale.lowest + index);
  const inOrder = scale.worse === 'low' ? values.toReversed() : values;
  const word = (value: number) => scale.anchors.find((anchor) => anchor.value === value)?.label ?? null;
  return (
    <span className="scale-values" data-worded={scale.anchors.length > 2}>
      {inOrder.map((value) => (
        <button
          key={value}
          type="button"
          className="button"
          disabled={isBusy}
          aria-label={`${scale.short} ${value}${word(value) === null ? '' : `: ${word(value)}`}`}
          onClick={() => onValue(value)}
          data-testid={`${scale.id}-${value}`}
        >
          {value}
          {word(value) === null ? null : <small>{word(value)}</small>}
        </button>
      ))}
    </span>
  );
};
