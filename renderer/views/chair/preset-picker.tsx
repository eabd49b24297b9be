/** The presets to choose from, each with its version and whether a physician approved it. */
import { type FormEvent, useState } from 'react';
import type { ChairView, PresetView } from '../../../core/api/views.ts';
import { FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { LIMITS_TEXT as TEXT } from './alarm-text.ts';

export const PresetPicker = ({
  chair,
  presets,
  onUsed,
}: {
  readonly chair: ChairView;
  readonly presets: readonly PresetView[];
  readonly onUsed: () => void;
}) => {
  const [chosen, setChosen] = useState('');
  const [reason, setReason] = useState('');
  const { perform, failure, isBusy } = usePerform();
  const presetId = chosen === '' ? chair.limits.presetId : chosen;
  const use = async () => {
    const used = await perform((call, by) =>
      call('preset.use', {
        chairId: chair.id,
        presetId,
        reason: reason.trim() === '' ? null : reason.trim(),
        by,
      }),
    );
    if (used === null) return;
    setReason('');
    setChosen('');
    onUsed();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(use());
  };
  return (
    <form className="preset-picker" onSubmit={submit}>
      <label className="field">
        {TEXT.presets}
        <select
          value={presetId}
          onChange={(event) => setChosen(event.target.value)}
          data-testid="preset-select"
        >
          {presets.map((view) => (
            <option key={view.preset.presetId} value={view.preset.presetId}>
              {optionText(view, view.preset.presetId === chair.limits.presetId)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {TEXT.reason}
        <input
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          maxLength={500}
          data-testid="preset-reason"
        />
      </label>
      <button
        type="submit"
        className="button"
        disabled={isBusy || presets.length === 0}
        data-testid="preset-use"
      >
        {TEXT.usePreset}
      </button>
      <p className="preset-help">{TEXT.usePresetHelp}</p>
      <FailureLine message={failure?.message ?? null} />
    </form>
  );
};

const optionText = ({ preset, approval, origin, isDefault, basedOn }: PresetView, isInUse: boolean): string =>
  [
    `${preset.presetName}, ${TEXT.version} ${preset.presetVersion}`,
    ...(isInUse ? [TEXT.inUse] : []),
    ...(isDefault ? [TEXT.standard] : []),
    ...(origin === 'clinic'
      ? [basedOn === null ? TEXT.clinic : `${TEXT.clinic}, ${TEXT.basedOn} ${basedOn}`]
      : []),
    approval.state === 'approved' ? `${TEXT.approvedBy} ${approval.by}` : TEXT.notApproved,
  ].join(' · ');
