/** Looks for sessions while one fills in the fields, a page at a time, and again while the station is behind. */
import { useEffect, useState } from 'react';
import type { FoundSessions as Answer } from '../../../core/api/finding-commands.ts';
import { useAction } from '../../app-actions.ts';
import { useApp, useWindow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start } from '../../parts/perform.ts';
import { mayHere } from '../../store/identity.ts';
import { askedOf, EMPTY_FORM, type FindForm, isEmptyForm, pageText } from '../../view-model/finding.ts';
import { FindBar } from './find-bar.tsx';
import { FIND_TEXT } from './find-text.ts';
import { FoundTable } from './found-table.tsx';
import { TEXT } from './text.ts';

/** Sessions on one page. */
const PAGE = 50;
/** After the last change of a field (ms). */
const PAUSE_MS = 150;
/** While sessions are being looked through, the station is asked again so often (ms). */
const AGAIN_MS = 1500;

interface Shown {
  readonly answer: Answer;
  readonly asked: FindForm;
  readonly offset: number;
}

/** What the station is asked; another object asks again, also for the same. */
interface Asking {
  readonly form: FindForm;
  readonly offset: number;
}

export const FoundSessions = () => {
  const { link } = useApp();
  const connection = useWindow((state) => (state.link === 'live' ? state.connection : 0));
  const mayName = useWindow((state) => mayHere(state.identity, 'read-patients'));
  const [asking, setAsking] = useState<Asking>({ form: EMPTY_FORM, offset: 0 });
  const [shown, setShown] = useState<Shown | null>(null);
  const { failure, run } = useAction();

  useEffect(() => {
    if (connection === 0) return;
    let isCurrent = true;
    const { form, offset } = asking;
    const ask = (): Promise<Answer> => {
      const { text, ...anybodys } = askedOf(form);
      const page = { ...anybodys, limit: PAGE, offset };
      return mayName
        ? link.call('sessions.findPatient', { ...page, text })
        : link.call('sessions.find', page);
    };
    const timer = setTimeout(
      () =>
        start(
          run(ask).then((answer) => {
            // An answer that comes after the next change is no answer to it.
            if (answer !== null && isCurrent) setShown({ answer, asked: form, offset });
          }),
        ),
      PAUSE_MS,
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [connection, mayName, asking, link, run]);

  useEffect(() => {
    if (shown === null || shown.answer.pending === 0) return;
    const timer = setTimeout(() => setAsking((last) => ({ ...last })), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [shown]);

  return (
    <>
      <FindBar
        form={asking.form}
        mayName={mayName}
        onForm={(form) => setAsking({ form, offset: 0 })}
        onAgain={() => setAsking({ ...asking })}
      />
      <FailureLine message={failure?.message ?? null} />
      {shown === null ? (
        <p className="empty">{TEXT.loading}</p>
      ) : (
        <Found shown={shown} onOffset={(offset) => setAsking({ ...asking, offset })} />
      )}
    </>
  );
};

const Found = ({
  shown: { answer, asked, offset },
  onOffset,
}: {
  readonly shown: Shown;
  readonly onOffset: (offset: number) => void;
}) => {
  const { found, total, pending, unreadable } = answer;
  return (
    <section data-testid="found" data-total={total} data-pending={pending}>
      {unreadable === 0 ? null : <p className="warning">{FIND_TEXT.unreadable(unreadable)}</p>}
      <div role="status">
        {pending === 0 ? null : (
          <p className="find-pending" data-testid="find-pending">
            {FIND_TEXT.pending(pending)}
          </p>
        )}
        {found.length > 0 ? null : (
          <p className="empty" data-testid="found-nothing">
            {pending > 0 ? FIND_TEXT.nothingYet : isEmptyForm(asked) ? TEXT.none : FIND_TEXT.nothing}
          </p>
        )}
      </div>
      {found.length === 0 ? null : <FoundTable found={found} />}
      {total > PAGE || offset > 0 ? (
        <nav className="find-pages" aria-label={FIND_TEXT.pages}>
          <button
            type="button"
            className="button"
            disabled={offset === 0}
            onClick={() => onOffset(Math.max(0, offset - PAGE))}
            data-testid="page-newer"
          >
            {FIND_TEXT.previous}
          </button>
          <span>{pageText(offset, found.length, total)}</span>
          <button
            type="button"
            className="button"
            disabled={offset + found.length >= total}
            onClick={() => onOffset(offset + PAGE)}
            data-testid="page-older"
          >
            {FIND_TEXT.next}
          </button>
        </nav>
      ) : null}
    </section>
  );
};
