/** The dose as it runs, beside the trend: delivered of planned, rate, what is left. */
import type { Session } from '../../../core/session/session.ts';
import { useNow } from '../../app-context.tsx';
import { doseLine } from '../../view-model/visit.ts';

export const DoseStrip = ({ session, onGo }: { readonly session: Session; readonly onGo: () => void }) => {
  const line = doseLine(session.visit.dose, useNow());
  if (line === null) return null;
  return (
    <button
      type="button"
      className="panel dose-strip"
      onClick={onGo}
      data-testid="dose-strip"
      data-state={line.state}
    >
      <span className="dose-strip-line">
        <strong>{line.delivered}</strong>
        <span>{line.percent}</span>
      </span>
      <span
        className="dose-bar"
        role="progressbar"
        aria-label="Delivered of planned"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(line.share * 100)}
      >
        <span style={{ width: `${line.share * 100}%` }} />
      </span>
      <span className="dose-strip-line">
        <span>{line.rate}</span>
        <strong>{line.left ?? (line.state === 'held' ? 'held' : line.state)}</strong>
      </span>
      {line.note === null ? null : <span className="dose-strip-note">{line.note}</span>}
    </button>
  );
};
