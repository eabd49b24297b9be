/** Who signed this record and what is still to be done: close, review and sign, add. */
import { useState } from 'react';
import type { SessionId } from '../../../core/ids.ts';
import { ROLE_LABELS } from '../../../core/people/person.ts';
import { foldSignOff, MEANING_LABELS, type Signature } from '../../../core/record/sign-off.ts';
import type { SessionEvent } from '../../../core/session/events.ts';
import { useWindow } from '../../app-context.tsx';
import { mayHere } from '../../store/identity.ts';
import { dateTimeText } from '../../view-model/time-text.ts';
import { type SignAct, SignDialog } from './sign-dialog.tsx';
import { SIGN_TEXT as TEXT } from './sign-off-text.ts';

export const SignOffPanel = ({
  sessionId,
  events,
  onChanged,
}: {
  readonly sessionId: SessionId;
  readonly events: readonly SessionEvent[];
  readonly onChanged: () => void;
}) => {
  const identity = useWindow((state) => state.identity);
  const [act, setAct] = useState<SignAct | null>(null);
  const signOff = foldSignOff(events);
  const { state } = signOff;
  const isOpen = identity?.state === 'open';
  const isOver = state !== 'open';
  const canClose = state === 'waits-for-nurse' && !isOpen && mayHere(identity, 'close-record');
  const canSign = isOver && state !== 'signed' && !isOpen && mayHere(identity, 'sign-record');
  const canAdd = isOver && !isOpen && mayHere(identity, 'addendum');
  return (
    <section className="panel sign-off" data-sign-off={state} data-testid="sign-off">
      <div className="sign-off-head">
        <h2>{TEXT.title}</h2>
        <span data-testid="sign-off-state">{isOpen && isOver ? TEXT.needAccounts : TEXT.states[state]}</span>
        <div className="button-row">
          {canClose ? (
            <button
              type="button"
              className="button button-main"
              onClick={() => setAct('close')}
              data-testid="close-record"
            >
              {TEXT.closeRecord}
            </button>
          ) : null}
          {canSign ? (
            <button
              type="button"
              className="button button-main"
              onClick={() => setAct(state === 'waits-for-nurse' ? 'sign-alone' : 'sign')}
              data-testid="sign-record"
            >
              {TEXT.signRecord}
            </button>
          ) : null}
          {canAdd ? (
            <button type="button" className="button" onClick={() => setAct('add')} data-testid="add-addendum">
              {state === 'signed' ? TEXT.addendum : TEXT.lateEntry}
            </button>
          ) : null}
        </div>
      </div>
      {signOff.signatures.map((signature) => (
        <SignatureBlock key={signature.meaning} signature={signature} />
      ))}
      {act === null ? null : (
        <SignDialog
          act={act}
          isSigned={state === 'signed'}
          sessionId={sessionId}
          onClose={() => setAct(null)}
          onDone={() => {
            setAct(null);
            onChanged();
          }}
        />
      )}
    </section>
  );
};

/** Printed name, date and time, meaning, and the hash it is tied to (21 CFR 11.50). */
const SignatureBlock = ({ signature }: { readonly signature: Signature }) => {
  const { signer, at, meaning, record, remark } = signature;
  return (
    <div className="signature" data-testid={`signature-${meaning}`}>
      <p>
        <strong>{MEANING_LABELS[meaning]}</strong>: {signer.name} ({ROLE_LABELS[signer.role]}) {TEXT.at}{' '}
        {dateTimeText(at)}
      </p>
      {remark === null ? null : (
        <p>
          {TEXT.without} {remark}
        </p>
      )}
      <p className="signature-hash">
        {TEXT.record} <code data-testid="record-hash">{record.hash}</code>
        <br />
        {TEXT.covers} {record.sequence}, {record.frames} {TEXT.frames}, {record.readings} {TEXT.readings},{' '}
        {record.waves} {TEXT.waves}
      </p>
    </div>
  );
};
