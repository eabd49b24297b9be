/** "Test the line": opens it for some seconds with the settings of the form and says what came. */
import { useState } from 'react';
import type { CommandInput } from '../../../core/api/commands.ts';
import type { LineTestView } from '../../../core/api/views.ts';
import { metricRow } from '../../../core/nomenclature/metrics.ts';
import { useAction } from '../../app-actions.ts';
import { useApp } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start } from '../../parts/perform.ts';
import { LINK_WORDS } from '../room/text.ts';
import { FORM } from './text.ts';

/** `what`: what to test; null while the form is not complete. */
export const LineTest = ({ what }: { readonly what: CommandInput<'monitor.test'> | null }) => {
  const { link } = useApp();
  const { failure, run, isBusy } = useAction();
  const [result, setResult] = useState<LineTestView | null>(null);
  const test = async () => {
    if (what === null) return;
    setResult(null);
    setResult(await run(() => link.call('monitor.test', what)));
  };
  return (
    <div className="line-test field-wide">
      <button
        type="button"
        className="button"
        disabled={isBusy || what === null}
        onClick={() => start(test())}
        data-testid="test-line"
      >
        {isBusy ? FORM.testing : FORM.test}
      </button>
      <FailureLine message={failure?.message ?? null} />
      {result === null ? null : (
        <p role="status" data-testid="test-result" data-link-state={result.state}>
          <strong>{LINK_WORDS[result.state]}</strong>: {result.detail}
          <br />
          {result.values.length === 0
            ? FORM.testNone
            : `${FORM.testGot}: ${result.values
                .map(({ metric, value }) => `${metricRow(metric).label} ${value ?? '--'}`)
                .join(', ')}`}
        </p>
      )}
    </div>
  );
};
