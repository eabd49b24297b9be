/** The means to answer one item: a tap to confirm, times ago, choices, or fields. Big enough for a gloved finger. */
import { type FormEvent, useState } from 'react';
import type { ChecklistAnswer, ChecklistItem } from '../../../core/checklist/items.ts';
import type { ItemState } from '../../../core/checklist/state.ts';
import { epochMs } from '../../../core/time.ts';
import { useNow } from '../../app-context.tsx';
import { lastTimeOfDay } from '../../view-model/visit.ts';
import { TEXT } from './text.ts';

interface AnswerProps {
  readonly isBusy: boolean;
  readonly onAnswer: (answer: ChecklistAnswer) => void;
}

export const ItemAnswer = ({ state, ...props }: AnswerProps & { readonly state: ItemState }) => {
  const { item } = state;
  return (
    <div className="item-answer">
      {state.state === 'open' || item.kind !== 'confirm' ? (
        <Means item={item} state={state} {...props} />
      ) : null}
      {state.answer === null && state.state !== 'exception' ? null : (
        <button
          type="button"
          className="button button-quiet"
          disabled={props.isBusy}
          onClick={() => props.onAnswer({ kind: 'cleared' })}
        >
          {TEXT.takeBack}
        </button>
      )}
    </div>
  );
};

const Means = ({
  item,
  state,
  isBusy,
  onAnswer,
}: AnswerProps & { readonly item: ChecklistItem; readonly state: ItemState }) => {
  switch (item.kind) {
    case 'confirm':
      return (
        <button
          type="button"
          className="button button-main"
          disabled={isBusy}
          onClick={() => onAnswer({ kind: 'confirmed' })}
          data-testid={`confirm-${item.id}`}
        >
          {TEXT.confirm}
        </button>
      );
    case 'time-since':
      return <TimeSince item={item} isBusy={isBusy} onAnswer={onAnswer} />;
    case 'choice':
      return item.options.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          className={
            state.answer?.kind === 'choice' && state.answer.value === value ? 'button button-main' : 'button'
          }
          aria-pressed={state.answer?.kind === 'choice' && state.answer.value === value}
          disabled={isBusy}
          onClick={() => onAnswer({ kind: 'choice', value })}
          data-testid={`choice-${item.id}-${value}`}
        >
          {label}
        </button>
      ));
    case 'fields':
      return <Fields item={item} state={state} isBusy={isBusy} onAnswer={onAnswer} />;
    case 'computed':
      return null;
    default:
      return item satisfies never;
  }
};

/** Multiples of an hour (or half) around what is asked for; the exact time of day beside them. */
const TimeSince = ({
  item,
  isBusy,
  onAnswer,
}: AnswerProps & { readonly item: Extract<ChecklistItem, { kind: 'time-since' }> }) => {
  const now = useNow();
  const [text, setText] = useState('');
  const at = now === null ? null : lastTimeOfDay(text, now.wall);
  const hours = [0.5, 1, 1.5, 2, 3, 4].map((factor) => (factor * item.minimumMs) / 3_600_000);
  return (
    <>
      {hours.map((each) => (
        <button
          key={each}
          type="button"
          className="button"
          disabled={isBusy || now === null}
          onClick={() =>
            now === null ? undefined : onAnswer({ kind: 'time', at: epochMs(now.wall - each * 3_600_000) })
          }
          data-testid={`ago-${item.id}-${each}`}
        >
          {each < 1 ? `${each * 60} min` : `${each} h`} {TEXT.ago}
        </button>
      ))}
      <form
        className="inline-form"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (at !== null) onAnswer({ kind: 'time', at: epochMs(at) });
        }}
      >
        <label>
          {TEXT.timeOf} <input type="time" value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <button type="submit" className="button" disabled={isBusy || at === null}>
          {TEXT.save}
        </button>
      </form>
    </>
  );
};

const Fields = ({
  item,
  state,
  isBusy,
  onAnswer,
}: AnswerProps & {
  readonly item: Extract<ChecklistItem, { kind: 'fields' }>;
  readonly state: ItemState;
}) => {
  const [values, setValues] = useState<Readonly<Record<string, string>>>(
    state.answer?.kind === 'fields' ? state.answer.values : {},
  );
  return (
    <form
      className="inline-form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        onAnswer({ kind: 'fields', values });
      }}
    >
      {item.fields.map(({ id, label, input, required }) => (
        <label key={id} className="field">
          {label}
          <input
            type={input === 'phone' ? 'tel' : 'text'}
            inputMode={input === 'number' ? 'numeric' : undefined}
            value={values[id] ?? ''}
            maxLength={200}
            required={required}
            autoComplete="off"
            onChange={(event) => setValues({ ...values, [id]: event.target.value })}
            data-testid={`field-${item.id}-${id}`}
          />
        </label>
      ))}
      <button type="submit" className="button button-main" disabled={isBusy} data-testid={`save-${item.id}`}>
        {TEXT.save}
      </button>
    </form>
  );
};
