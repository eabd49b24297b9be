/** The steps of a visit, always in the same places; only those that are possible now can be pressed. */
import { useState } from 'react';
import type { ChairView } from '../../../core/api/views.ts';
import type { Objection } from '../../../core/session/guards.ts';
import type { Phase } from '../../../core/session/phase.ts';
import { TRANSITIONS } from '../../../core/session/phase.ts';
import type { Session } from '../../../core/session/session.ts';
import { type Authority, strictest } from '../../../core/visit/authorisation.ts';
import { useWindow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { isOpen, STEPS, type StepId } from '../../view-model/phase.ts';
import { type Answer, ReasonQuestion } from '../visit/reason-form.tsx';
import { StopDialog } from '../visit/stop-dialog.tsx';
import { PAUSE_REASONS } from '../visit/text.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { NoteDialog } from './note-dialog.tsx';
import { OpenSessionDialog } from './open-session-dialog.tsx';
import { CONFIRM_STEPS, DIALOG, STEP_LABELS, TEXT } from './text.ts';

/** A visit with a dose or a protocol: its steps carry reasons. */
const hasPlan = ({ visit }: Session): boolean => visit.protocol !== null || visit.dose !== null;

const DIALOG_PAUSE = {
  title: 'Pause the infusion: why?',
  help: 'Pause the pump. What runs from now on counts as paused.',
};

/** Whose word the move wants, by what stands against it now. */
const authorityOf = (chair: ChairView, to: Phase): Authority =>
  strictest(objectionsTo(chair, to).map(({ authority }) => authority));

const objectionsTo = (chair: ChairView, to: Phase): readonly Objection[] => {
  if (to === 'infusing') return chair.visit?.startObjections ?? [];
  return to === 'discharged' ? (chair.visit?.dischargeObjections ?? []) : [];
};

/** What stands against the move, a line each; null: the station's own words are all there is. */
const standing = (chair: ChairView, to: Phase): readonly string[] | null => {
  const lines = objectionsTo(chair, to).map(({ text }) => text);
  return lines.length === 0 ? null : lines;
};

/** What is being asked before a move. */
type Question =
  | { readonly kind: 'open' }
  | { readonly kind: 'note'; readonly session: Session }
  | {
      readonly kind: 'confirm';
      readonly session: Session;
      readonly to: Phase;
      readonly title: string;
      readonly help: string;
    }
  | { readonly kind: 'stop'; readonly session: Session }
  | {
      readonly kind: 'reason';
      readonly session: Session;
      readonly to: Phase;
      readonly title: string;
      readonly help: string;
      /** Reasons given with one tap. */
      readonly usual?: readonly string[];
    };

export const SessionBar = ({ chair }: { readonly chair: ChairView }) => {
  const session = isOpen(chair.session) ? chair.session : null;
  const isLive = useWindow((state) => state.link === 'live');
  const [question, setQuestion] = useState<Question | null>(null);
  const { perform, failure, isBusy, clear } = usePerform();
  const close = () => setQuestion(null);

  const move = async (of: Session, to: Phase, answered: Answer | null) => {
    close();
    const reason = answered?.reason ?? null;
    await perform(async (call, by) => {
      const answer = call('session.move', {
        sessionId: of.id,
        from: of.phase,
        to,
        reason,
        authorisations: [...(answered?.authorisations ?? [])],
        by,
      });
      return reason === null ? answer.catch((error: unknown) => askReason(error, of, to)) : answer;
    });
  };
  /** A guard objected: its words become the question. Any other failure stays a failure. */
  const askReason = (error: unknown, of: Session, to: Phase): null => {
    if (!(error instanceof Error && 'code' in error && error.code === 'not-allowed')) throw error;
    setQuestion({ kind: 'reason', session: of, to, title: DIALOG.reasonTitle, help: error.message });
    return null;
  };
  const press = (step: StepId, to: Phase) => {
    if (session === null) return;
    clear();
    // A visit says why: the reason is part of its record, and mostly one tap.
    if (hasPlan(session) && step === 'stop') return setQuestion({ kind: 'stop', session });
    if (hasPlan(session) && step === 'pause')
      return setQuestion({ kind: 'reason', session, to, ...DIALOG_PAUSE, usual: PAUSE_REASONS });
    const words = CONFIRM_STEPS[step];
    if (words === undefined) start(move(session, to, null));
    else setQuestion({ kind: 'confirm', session, to, ...words });
  };

  return (
    <section className="session-bar" aria-label="Session">
      <button
        type="button"
        className="button button-main"
        disabled={session !== null || !isLive}
        onClick={() => setQuestion({ kind: 'open' })}
        data-testid="action-open-session"
      >
        {TEXT.openSession}
      </button>
      {STEPS.map(({ id, from, to }) => {
        const isPossible = session !== null && from.some((phase) => phase === session.phase);
        return (
          <button
            key={id}
            type="button"
            className={isPossible ? 'button button-main' : 'button'}
            disabled={!isPossible || isBusy || !isLive}
            onClick={() => press(id, to)}
            data-testid={`action-${id}`}
          >
            {STEP_LABELS[id]}
          </button>
        );
      })}
      <button
        type="button"
        className="button"
        disabled={session === null || !isLive}
        onClick={() => (session === null ? undefined : setQuestion({ kind: 'note', session }))}
        data-testid="action-note"
      >
        {TEXT.note}
      </button>
      <EndEarly session={isLive ? session : null} onChoose={setQuestion} />
      <FailureLine message={failure?.message ?? null} />
      {question === null ? null : (
        <Asked
          question={question}
          chair={chair}
          onClose={close}
          onMove={(of, to, answer) => start(move(of, to, answer))}
        />
      )}
    </section>
  );
};

/** Cancel (before the drug) or abort (after it): out of the way, always with a reason. */
const EndEarly = ({
  session,
  onChoose,
}: {
  readonly session: Session | null;
  readonly onChoose: (question: Question) => void;
}) => {
  const exits = session === null ? [] : TRANSITIONS[session.phase];
  const to = exits.find((phase) => phase === 'cancelled' || phase === 'aborted');
  const words =
    to === 'cancelled'
      ? { title: DIALOG.cancelTitle, help: DIALOG.cancelHelp }
      : { title: DIALOG.abortTitle, help: DIALOG.abortHelp };
  return (
    <button
      type="button"
      className="button button-quiet"
      disabled={to === undefined}
      onClick={() =>
        session === null || to === undefined ? undefined : onChoose({ kind: 'reason', session, to, ...words })
      }
      data-testid="action-end-early"
    >
      {to === 'cancelled' ? `${TEXT.cancelSession}…` : to === 'aborted' ? `${TEXT.abortSession}…` : TEXT.more}
    </button>
  );
};

const Asked = ({
  question,
  chair,
  onClose,
  onMove,
}: {
  readonly question: Question;
  readonly chair: ChairView;
  readonly onClose: () => void;
  readonly onMove: (session: Session, to: Phase, answer: Answer | null) => void;
}) => {
  switch (question.kind) {
    case 'open':
      return <OpenSessionDialog chair={chair} onClose={onClose} />;
    case 'stop':
      return <StopDialog session={question.session} onClose={onClose} />;
    case 'note':
      return <NoteDialog sessionId={question.session.id} corrects={null} onClose={onClose} />;
    case 'confirm':
      return (
        <ConfirmDialog
          title={question.title}
          help={question.help}
          onClose={onClose}
          onConfirm={() => onMove(question.session, question.to, null)}
        />
      );
    case 'reason':
      return (
        <ReasonQuestion
          title={question.title}
          help={standing(chair, question.to) ?? [question.help]}
          authority={authorityOf(chair, question.to)}
          usual={question.usual ?? []}
          confirm={question.title.endsWith('?') ? question.title.replace(/(: why)?\?$/, '') : DIALOG.goOn}
          failure={null}
          isBusy={false}
          onClose={onClose}
          onAnswer={(answer) => onMove(question.session, question.to, answer)}
        />
      );
    default:
      return question satisfies never;
  }
};
