/** The state of one sending: a sign and words, never a colour alone. */
import type { SendingLine, SendingMark } from '../../view-model/sending.ts';

const SIGNS: Readonly<Record<SendingMark, string>> = { done: '✓', waits: '…', look: '!', none: '–' };

export const StateWords = ({ line }: { readonly line: SendingLine }) => (
  <span className="sending-state" data-mark={line.mark}>
    <span className="sending-sign" aria-hidden="true">
      {SIGNS[line.mark]}
    </span>
    <span>
      <strong>{line.state}</strong>
      {line.detail === null || line.detail === '' ? null : (
        <span className="sending-detail">{line.detail}</span>
      )}
    </span>
  </span>
);
