/**
 * The limits of a chair: seen against their preset, tightened freely, loosened with a reason, beyond the hard
 * bounds with a physician's name; another preset; and limits proposed from the baseline, never taken by themselves.
 */
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { changeLimits } from '../../../core/alarm/change-limits.ts';
import type { LimitSet } from '../../../core/alarm/limits.ts';
import type { ChairView, PresetView } from '../../../core/api/views.ts';
import type { AuthorisationClaim } from '../../../core/visit/authorisation.ts';
import { useAction } from '../../app-actions.ts';
import { useApp } from '../../app-context.tsx';
import { Dialog, FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import {
  changesOf,
  type Edits,
  editedCount,
  type LimitRow,
  limitRows,
  presetOf,
  verdictOn,
} from '../../view-model/limit-rows.ts';
import { isOpen } from '../../view-model/phase.ts';
import { AgreementField } from '../visit/agreement-field.tsx';
import { LIMITS_TEXT as TEXT } from './alarm-text.ts';
import { ApprovalPanel } from './approval-panel.tsx';
import { LimitTable } from './limit-table.tsx';
import { PresetPicker } from './preset-picker.tsx';
import { ProposalPanel } from './proposal-panel.tsx';

export const LimitsDialog = ({
  chair,
  onClose,
}: {
  readonly chair: ChairView;
  readonly onClose: () => void;
}) => {
  const { link } = useApp();
  const [presets, setPresets] = useState<readonly PresetView[]>([]);
  const { failure: readFailure, run } = useAction();
  const { limits } = chair;
  const read = useCallback(
    () =>
      start(
        run(() => link.call('preset.list', {})).then((list) => (list === null ? null : setPresets(list))),
      ),
    [link, run],
  );
  useEffect(read, [read]);

  const [edits, setEdits] = useState<Edits>({});
  const preset = presetOf(limits, presets);
  const rows = limitRows(limits, preset);
  const isEdited = editedCount(rows) > 0;
  const canChange = isOpen(chair.session);
  return (
    <Dialog title={TEXT.title} onClose={onClose} testId="limits-dialog" isWide>
      <p>
        {TEXT.preset} <strong data-testid="preset-in-use">{limits.presetName}</strong>, {TEXT.version}{' '}
        {limits.presetVersion}
        {isEdited ? (
          <span className="edited" data-testid="limits-edited">
            {editedCount(rows)} {TEXT.edited}
          </span>
        ) : null}
      </p>
      <ApprovalPanel chair={chair} onApproved={read} />
      <FailureLine message={readFailure?.message ?? null} />
      {canChange ? (
        <>
          <PresetPicker chair={chair} presets={presets} onUsed={() => setEdits({})} />
          <ProposalPanel
            chair={chair}
            edits={edits}
            onTake={(taken) => setEdits((before) => ({ ...before, ...taken }))}
          />
        </>
      ) : null}
      <Editor
        chair={chair}
        preset={preset ?? limits}
        rows={rows}
        edits={edits}
        onEdits={setEdits}
        onClose={onClose}
      />
    </Dialog>
  );
};

const Editor = ({
  chair,
  preset,
  rows,
  edits,
  onEdits,
  onClose,
}: {
  readonly chair: ChairView;
  /** What a change is measured against. */
  readonly preset: LimitSet;
  readonly rows: readonly LimitRow[];
  readonly edits: Edits;
  readonly onEdits: (edits: Edits) => void;
  readonly onClose: () => void;
}) => {
  const [reason, setReason] = useState('');
  const [claim, setClaim] = useState<AuthorisationClaim | null>(null);
  const { perform, failure, isBusy } = usePerform();
  const changes = changesOf(rows, edits);
  const why = { reason: textOrNull(reason), physician: claim?.name ?? null };
  const isBeyond = rows.some((row) => {
    const edit = edits[row.id];
    return edit !== undefined && edit !== row.inForce && verdictOn(row, edit) === 'beyond';
  });
  const hasGap = changes.some(({ threshold }) => Number.isNaN(threshold));
  // The station has the last word; here its rules say early what is still missing.
  const outcome = changes.length === 0 || hasGap ? null : changeLimits(preset, chair.limits, changes, why);
  const canChange = isOpen(chair.session);

  const save = async () => {
    const saved = await perform((call, by) =>
      call('limits.set', {
        chairId: chair.id,
        changes: [...changes],
        ...why,
        voucher: claim?.voucher ?? null,
        by,
      }),
    );
    if (saved !== null) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(save());
  };
  return (
    <form onSubmit={submit}>
      <LimitTable
        rows={rows}
        edits={edits}
        isDisabled={!canChange}
        onChange={(id, threshold) => onEdits({ ...edits, [id]: threshold })}
      />
      <div className="dialog-foot limits-foot">
        {canChange ? (
          <div className="form">
            <label className="field">
              {TEXT.reason}
              <input
                value={reason}
                onChange={(event) => setReason(event.target.value)}
                maxLength={500}
                data-testid="reason-input"
              />
            </label>
            {isBeyond ? (
              <AgreementField
                label={TEXT.physician}
                standing="physician"
                testId="physician-input"
                onClaim={setClaim}
              />
            ) : null}
          </div>
        ) : (
          <p className="warning">{TEXT.sessionNeeded}</p>
        )}
        {outcome === null || outcome.ok ? null : (
          <p className="warning" role="status" data-testid="limits-missing">
            {outcome.refusal.message}
          </p>
        )}
        <FailureLine message={failure?.message ?? null} />
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={onClose} data-testid="dialog-cancel">
            {TEXT.close}
          </button>
          <button
            type="submit"
            className="button button-main"
            data-testid="confirm"
            disabled={isBusy || !canChange || outcome?.ok !== true}
          >
            {TEXT.save}
          </button>
        </div>
      </div>
    </form>
  );
};

const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
