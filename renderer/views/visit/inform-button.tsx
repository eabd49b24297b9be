/** Writes down that a physician was told, whom and what. */
import { type FormEvent, useState } from 'react';
import type { Session } from '../../../core/session/session.ts';
import { Dialog, DialogButtons, FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { TEXT } from './text.ts';

export const InformButton = ({ session }: { readonly session: Session }) => {
  const [isAsking, setAsking] = useState(false);
  const [physician, setPhysician] = useState('');
  const [about, setAbout] = useState('');
  const { perform, failure, isBusy } = usePerform();
  const inform = async () => {
    const informed = await perform((call, by) =>
      call('physician.inform', {
        sessionId: session.id,
        physician: physician.trim(),
        about: about.trim(),
        by,
      }),
    );
    if (informed === null) return;
    setAbout('');
    setAsking(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(inform());
  };
  return (
    <>
      <button type="button" className="button" onClick={() => setAsking(true)} data-testid="inform">
        {TEXT.inform}
      </button>
      {isAsking ? (
        <Dialog title={TEXT.inform.replace('…', '')} onClose={() => setAsking(false)} testId="inform-dialog">
          <form onSubmit={submit}>
            <label className="field">
              {TEXT.informed}
              <input
                value={physician}
                maxLength={60}
                autoComplete="off"
                onChange={(event) => setPhysician(event.target.value)}
                data-testid="inform-physician"
              />
            </label>
            <label className="field">
              {TEXT.about}
              <textarea
                value={about}
                rows={2}
                maxLength={500}
                onChange={(event) => setAbout(event.target.value)}
                data-testid="inform-about"
              />
            </label>
            <FailureLine message={failure?.message ?? null} />
            <DialogButtons
              confirm={TEXT.save}
              onCancel={() => setAsking(false)}
              isDisabled={physician.trim() === '' || about.trim() === '' || isBusy}
            />
          </form>
        </Dialog>
      ) : null}
    </>
  );
};
