/** Whether this monitor's cuff may be started from a screen: off until somebody says otherwise, with one more question. */
import { useState } from 'react';
import type { MonitorView } from '../../../core/api/views.ts';
import { FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { SureDialog } from './sure-dialog.tsx';
import { TEXT } from './text.ts';

export const CuffPermission = ({ monitor }: { readonly monitor: MonitorView }) => {
  const [isAsking, setAsking] = useState(false);
  const { perform, failure, isBusy } = usePerform();
  const allow = monitor.canStartNibp;
  const forbid = () =>
    start(perform((call, by) => call('monitor.allowCuff', { monitorId: monitor.id, allow: false, by })));
  return (
    <p className="cuff-permission" data-testid="cuff-permission">
      <span>{allow ? TEXT.cuffAllowed : TEXT.cuffForbidden}</span>{' '}
      <button
        type="button"
        className="button button-quiet"
        disabled={isBusy}
        onClick={allow ? forbid : () => setAsking(true)}
        data-testid="allow-cuff"
      >
        {allow ? TEXT.forbidCuff : `${TEXT.allowCuff}…`}
      </button>
      <FailureLine message={failure?.message ?? null} />
      {isAsking ? (
        <SureDialog
          title={TEXT.allowCuffTitle}
          help={TEXT.allowCuffHelp}
          confirm={TEXT.allowCuff}
          onClose={() => setAsking(false)}
          onSure={(call, by) => call('monitor.allowCuff', { monitorId: monitor.id, allow: true, by })}
        />
      ) : null}
    </p>
  );
};
