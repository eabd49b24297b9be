/** A signature or an addendum: what it means, and the secret entered anew. */
import { type FormEvent, useState } from 'react';
import type { SessionId } from '../../../core/ids.ts';
import { MEANING_LABELS } from '../../../core/record/sign-off.ts';
import { useAction } from '../../app-actions.ts';
import { useApp, useWindow } from '../../app-context.tsx';
import { Dialog, DialogButtons, FailureLine } from '../../parts/dialog.tsx';
import { start } from '../../parts/perform.ts';
import { SecretField } from '../../parts/secret-field.tsx';
import { SIGN_TEXT as TEXT } from './sign-off-text.ts';

/** `sign-alone`: the physician signs a record that no nurse has closed, and says why. */
export type SignAct = 'close' | 'sign' | 'sign-alone' | 'add';

const TITLES: Readonly<Record<SignAct, string>> = {
  close: TEXT.closeRecord,
  sign: TEXT.signRecord,
  'sign-alone': TEXT.signRecord,
  add: TEXT.addendum,
};
const CONFIRMS: Readonly<Record<SignAct, string>> = {
  close: TEXT.confirmClose,
  sign: TEXT.confirmSign,
  'sign-alone': TEXT.confirmSign,
  add: TEXT.confirmAdd,
};

export const SignDialog = ({
  act,
  isSigned,
  sessionId,
  onClose,
  onDone,
}: {
  readonly act: SignAct;
  /** The record is signed: what is added is an addendum, before it a late entry. */
  readonly isSigned: boolean;
  readonly sessionId: SessionId;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) => {
  const { link } = useApp();
  const person = useWindow((state) => state.identity?.person ?? null);
  const tile = useWindow((state) => state.identity?.people.find(({ id }) => id === person?.id) ?? null);
  const [secret, setSecret] = useState('');
  const [text, setText] = useState('');
  const { run, failure, isBusy } = useAction();
  const words = text.trim();
  const needsWords = act === 'add' || act === 'sign-alone';
  const meaning = act === 'close' ? 'infusion-nurse' : 'reviewed-by-physician';
  const go = async () => {
    const done = await run(() =>
      act === 'add'
        ? link.call('record.addendum', { sessionId, text: words, secret })
        : link.call('record.sign', {
            sessionId,
            meaning,
            secret,
            remark: act === 'sign-alone' ? words : null,
          }),
    );
    setSecret('');
    if (done !== null) onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(go());
  };
  return (
    <Dialog
      title={act === 'add' && !isSigned ? TEXT.lateEntry : TITLES[act]}
      onClose={onClose}
      testId="sign-dialog"
    >
      <form onSubmit={submit} className="secret-form">
        <p>{act === 'add' ? TEXT.addendumHelp : TEXT.help}</p>
        <p>
          <strong>{person?.name}</strong>
          {act === 'add' ? null : ` – “${MEANING_LABELS[meaning]}”`}
        </p>
        {needsWords ? (
          <label className="field">
            {act === 'add' ? TEXT.text : TEXT.remark}
            <textarea
              rows={act === 'add' ? 4 : 2}
              value={text}
              maxLength={act === 'add' ? 4000 : 500}
              onChange={(event) => setText(event.target.value)}
              data-testid="sign-text"
            />
          </label>
        ) : null}
        <SecretField
          kind={tile?.hasPassword === false ? 'pin' : tile?.hasPin === false ? 'password' : 'either'}
          value={secret}
          onChange={setSecret}
          hasFocus={!needsWords}
        />
        <FailureLine message={failure?.message ?? null} />
        <DialogButtons
          confirm={CONFIRMS[act]}
          onCancel={onClose}
          isDisabled={secret === '' || isBusy || (needsWords && words === '')}
        />
      </form>
    </Dialog>
  );
};
