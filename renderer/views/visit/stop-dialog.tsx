/** Stops the drug: why, with one tap. Recovery begins; the patient stays watched, also after an emergency. */
import { STOP_CAUSE_LABELS, STOP_CAUSES, type StopCause } from '../../../core/dose/dose-state.ts';
import type { Session } from '../../../core/session/session.ts';
import { Dialog, FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';

const WORDS = {
  title: 'Stop the infusion: why?',
  help: 'Stop the pump. Recovery is counted from this moment, and the infusion cannot be resumed in this session.',
  back: 'Go back',
};

export const StopDialog = ({
  session,
  onClose,
}: {
  readonly session: Session;
  readonly onClose: () => void;
}) => {
  const { perform, failure, isBusy } = usePerform();
  const stop = async (cause: StopCause) => {
    const stopped = await perform((call, by) =>
      call('infusion.stop', { sessionId: session.id, from: session.phase, cause, by }),
    );
    if (stopped !== null) onClose();
  };
  return (
    <Dialog title={WORDS.title} onClose={onClose} testId="stop-dialog">
      <p>{WORDS.help}</p>
      <fieldset className="taps" aria-label={WORDS.title}>
        {STOP_CAUSES.map((cause) => (
          <button
            key={cause}
            type="button"
            className={cause === 'complete' ? 'button button-main' : 'button'}
            disabled={isBusy}
            onClick={() => start(stop(cause))}
            data-testid={`stop-${cause}`}
          >
            {STOP_CAUSE_LABELS[cause]}
          </button>
        ))}
      </fieldset>
      <FailureLine message={failure?.message ?? null} />
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={onClose}>
          {WORDS.back}
        </button>
      </div>
    </Dialog>
  );
};
