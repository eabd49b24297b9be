/** What sessions are looked for by: words, days, chair, where the data come from, and what happened. */
import { FLAG_LABELS, SESSION_FLAGS } from '../../../core/finding/session-facts.ts';
import { useStation } from '../../app-context.tsx';
import { EMPTY_FORM, type FindForm, isEmptyForm, toggled } from '../../view-model/finding.ts';
import { ORIGIN_WORDS } from '../../view-model/origin.ts';
import { FIND_TEXT as TEXT } from './find-text.ts';
import { FlagIcon } from './flag-icon.tsx';

const ORIGINS = ['live', 'simulated', 'replayed', 'imported'] as const;
const NO_CHAIRS: readonly never[] = [];

export const FindBar = ({
  form,
  mayName,
  onForm,
  onAgain,
}: {
  readonly form: FindForm;
  /** Whether names may be looked for here. */
  readonly mayName: boolean;
  readonly onForm: (form: FindForm) => void;
  readonly onAgain: () => void;
}) => {
  const chairs = useStation()?.chairs ?? NO_CHAIRS;
  return (
    <search className="panel find-bar" aria-label={TEXT.label} data-testid="find-bar">
      <div className="find-fields">
        {mayName ? (
          <label className="field find-words">
            {TEXT.text}
            <input
              type="search"
              value={form.text}
              maxLength={120}
              autoComplete="off"
              onChange={(event) => onForm({ ...form, text: event.target.value })}
              data-testid="find-text"
            />
          </label>
        ) : null}
        {(['from', 'to'] as const).map((end) => (
          <label key={end} className="field">
            {TEXT[end]}
            <input
              type="date"
              value={form[end]}
              onChange={(event) => onForm({ ...form, [end]: event.target.value })}
              data-testid={`find-${end}`}
            />
          </label>
        ))}
        <label className="field">
          {TEXT.chair}
          <select
            value={form.chairId}
            onChange={(event) =>
              onForm({ ...form, chairId: chairs.find(({ id }) => id === event.target.value)?.id ?? '' })
            }
            data-testid="find-chair"
          >
            <option value="">{TEXT.any}</option>
            {chairs.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {TEXT.origin}
          <select
            value={form.origin}
            onChange={(event) =>
              onForm({ ...form, origin: ORIGINS.find((origin) => origin === event.target.value) ?? '' })
            }
            data-testid="find-origin"
          >
            <option value="">{TEXT.any}</option>
            {ORIGINS.map((origin) => (
              <option key={origin} value={origin}>
                {ORIGIN_WORDS[origin] ?? TEXT.live}
              </option>
            ))}
          </select>
        </label>
      </div>
      <fieldset className="find-flags">
        <legend>{TEXT.flags}</legend>
        {SESSION_FLAGS.map((flag) => (
          <button
            key={flag}
            type="button"
            className="button find-flag"
            aria-pressed={form.flags.includes(flag)}
            onClick={() => onForm(toggled(form, flag))}
            data-testid={`find-flag-${flag}`}
          >
            <FlagIcon flag={flag} /> {FLAG_LABELS[flag]}
          </button>
        ))}
        <button
          type="button"
          className="button button-quiet"
          disabled={isEmptyForm(form)}
          onClick={() => onForm(EMPTY_FORM)}
          data-testid="find-clear"
        >
          {TEXT.clear}
        </button>
        <button
          type="button"
          className="button button-quiet"
          onClick={onAgain}
          data-testid="sessions-refresh"
        >
          {TEXT.again}
        </button>
      </fieldset>
    </search>
  );
};
