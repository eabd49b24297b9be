/** "Find out what this is": tries families and line settings on the line of the form, and says what it found. */
import { useEffect, useState } from 'react';
import type { DetectCandidate, DetectProgress, DetectView } from '../../../core/api/detect-views.ts';
import { useAction } from '../../app-actions.ts';
import { useApp } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start } from '../../parts/perform.ts';
import { progressText, triedText } from '../../view-model/detect-text.ts';
import type { DraftAddress } from '../../view-model/monitor-draft.ts';
import { FORM } from './text.ts';

export const DetectPanel = ({
  address,
  onUse,
}: {
  readonly address: DraftAddress | null;
  readonly onUse: (found: DetectCandidate) => void;
}) => {
  const { link } = useApp();
  const { failure, run, isBusy } = useAction();
  const [progress, setProgress] = useState<DetectProgress | null>(null);
  const [result, setResult] = useState<DetectView | null>(null);
  useEffect(() => link.onDetecting(setProgress), [link]);
  // Whoever closes the form does not wait for the answer: the line is let go.
  useEffect(() => {
    if (!isBusy) return;
    return () => {
      link.call('monitor.detectStop', {}).catch(() => undefined);
    };
  }, [link, isBusy]);

  if (address !== null && address.kind !== 'serial' && address.kind !== 'tcp') return null;
  const detect = async () => {
    if (address === null) return;
    setProgress(null);
    setResult(null);
    setResult(await run(() => link.call('monitor.detect', { address })));
  };
  return (
    <div className="line-test field-wide" data-testid="detect">
      {isBusy ? (
        <button
          type="button"
          className="button"
          onClick={() => start(link.call('monitor.detectStop', {}))}
          data-testid="detect-stop"
        >
          {FORM.detectStop}
        </button>
      ) : (
        <button
          type="button"
          className="button"
          disabled={address === null}
          onClick={() => start(detect())}
          data-testid="detect-line"
        >
          {FORM.detect}
        </button>
      )}
      <FailureLine message={failure?.message ?? null} />
      {isBusy ? (
        <p role="status" data-testid="detect-progress">
          {progress === null ? FORM.detectHelp : progressText(progress)}
        </p>
      ) : null}
      {result === null ? <p hidden={isBusy}>{FORM.detectHelp}</p> : <Result result={result} onUse={onUse} />}
    </div>
  );
};

const Result = ({
  result: { outcome, words, found, others, tried, sent, withheld, notTried },
  onUse,
}: {
  readonly result: DetectView;
  readonly onUse: (found: DetectCandidate) => void;
}) => (
  <div role="status" data-testid="detect-result" data-outcome={outcome}>
    <p>
      <strong>{words}</strong>
    </p>
    {found === null ? null : (
      <button type="button" className="button" onClick={() => onUse(found)} data-testid="detect-use">
        {FORM.detectUse}
      </button>
    )}
    <p>
      {FORM.detectSent}:{' '}
      {sent.map(({ family, name, count }) => `${family}: ${name} ×${count}`).join(', ') ||
        FORM.detectNothingSent}
      <Line
        label={FORM.detectWithheld}
        items={withheld.map(({ family, purpose }) => `${family}: ${purpose}`)}
      />
      <Line label={FORM.detectOthers} items={others.map(({ title }) => title)} />
      <Line label={FORM.detectNotTried} items={notTried} />
    </p>
    <details data-testid="detect-tried">
      <summary>{FORM.detectTried}</summary>
      <ol>
        {tried.map(triedText).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ol>
    </details>
  </div>
);

const Line = ({ label, items }: { readonly label: string; readonly items: readonly string[] }) =>
  items.length === 0 ? null : (
    <>
      <br />
      {label}: {items.join(', ')}
    </>
  );
