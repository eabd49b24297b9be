/**
 * A list that is gone through before a step: what is in order, what is not, and the means to answer. The first open item is
 * unfolded; answering it unfolds the next. Used for the checklist and for the discharge criteria.
 */
import { useEffect, useRef, useState } from 'react';
import type { ItemState } from '../../../core/checklist/state.ts';
import type { Session } from '../../../core/session/session.ts';
import { FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { clockText } from '../../view-model/time-text.ts';
import { ItemAnswer } from './item-answer.tsx';
import { ReasonQuestion } from './reason-form.tsx';
import { TEXT } from './text.ts';

const SIGNS: Readonly<Record<ItemState['state'], string>> = { done: '✓', open: '○', exception: '!' };
const STATE_WORDS: Readonly<Record<ItemState['state'], string>> = {
  done: 'in order',
  open: 'open',
  exception: 'not in order, with a reason',
};

export const ItemList = ({
  session,
  items,
  extra,
}: {
  readonly session: Session;
  readonly items: readonly ItemState[];
  /** What else stands in an unfolded item, e.g. the parts of a score. */
  readonly extra?: (item: ItemState) => React.ReactNode;
}) => {
  const list = useRef<HTMLOListElement>(null);
  // A long list that is nearly gone through: what is left must not be looked for.
  useEffect(() => {
    list.current?.querySelector('[data-state="open"]')?.scrollIntoView({ block: 'nearest' });
  }, []);
  const [chosen, setChosen] = useState<string | null>(null);
  const [excepted, setExcepted] = useState<ItemState | null>(null);
  const { perform, failure, isBusy, clear } = usePerform();
  const firstOpen = items.find(({ state, item }) => state === 'open' && item.kind !== 'computed');
  const unfolded = chosen ?? firstOpen?.item.id ?? null;

  const except = async (
    of: ItemState,
    answer: Parameters<Parameters<typeof ReasonQuestion>[0]['onAnswer']>[0],
  ) => {
    const done = await perform((call, by) =>
      call('checklist.except', {
        sessionId: session.id,
        itemId: of.item.id,
        reason: answer.reason,
        authorisations: [...answer.authorisations],
        by,
      }),
    );
    if (done !== null) setExcepted(null);
  };

  return (
    <>
      <FailureLine message={excepted === null ? (failure?.message ?? null) : null} />
      <ol className="items" ref={list}>
        {items.map((state) => {
          const { item } = state;
          const isUnfolded = item.id === unfolded;
          return (
            <li
              key={item.id}
              data-testid={`item-${item.id}`}
              data-state={state.state}
              data-unfolded={isUnfolded}
            >
              <button
                type="button"
                className="item-head"
                aria-expanded={isUnfolded}
                onClick={() => setChosen(isUnfolded ? null : item.id)}
              >
                <span className="item-sign" aria-hidden="true">
                  {SIGNS[state.state]}
                </span>
                <span className="item-words">
                  <strong>{item.label}</strong>
                  <span>
                    <span className="visually-hidden">{STATE_WORDS[state.state]}: </span>
                    {state.state === 'exception' ? `${state.reason}. ` : ''}
                    {state.text}
                    {state.by === null || state.at === null ? '' : ` (${state.by}, ${clockText(state.at)})`}
                  </span>
                </span>
                {item.kind === 'computed' ? <small>{TEXT.computed}</small> : null}
              </button>
              {isUnfolded || (item.kind === 'confirm' && state.state === 'open') ? (
                <div className="item-body">
                  {isUnfolded && item.hint !== null ? <p className="item-hint">{item.hint}</p> : null}
                  <ItemAnswer
                    key={`${item.id} ${state.at ?? ''}`}
                    state={state}
                    isBusy={isBusy}
                    onAnswer={(answer) => {
                      clear();
                      setChosen(null);
                      start(
                        perform((call, by) =>
                          call('checklist.answer', { sessionId: session.id, itemId: item.id, answer, by }),
                        ),
                      );
                    }}
                  />
                  {isUnfolded ? extra?.(state) : null}
                  {isUnfolded && state.state === 'open' ? (
                    <button
                      type="button"
                      className="button button-quiet"
                      disabled={isBusy}
                      onClick={() => setExcepted(state)}
                      data-testid="item-except"
                    >
                      {TEXT.exception}
                      {item.hard ? ` (${TEXT.hard})` : ''}
                    </button>
                  ) : null}
                </div>
              ) : null}
            </li>
          );
        })}
      </ol>
      {excepted === null ? null : (
        <ReasonQuestion
          title={TEXT.exceptionTitle}
          help={[`${excepted.item.label}: ${excepted.text}`, TEXT.exceptionHelp]}
          authority={excepted.item.hard ? 'physician' : 'none'}
          confirm={TEXT.exceptionTitle.replace('?', '')}
          failure={failure?.message ?? null}
          isBusy={isBusy}
          onClose={() => setExcepted(null)}
          onAnswer={(answer) => start(except(excepted, answer))}
        />
      )}
    </>
  );
};
