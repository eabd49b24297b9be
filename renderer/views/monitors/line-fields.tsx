/**
 * The line settings of one monitor: the family's are there to begin with; what differs is marked in words, and one
 * click brings the family's back.
 */
import {
  DATA_BITS,
  describeSettings,
  FLOW_CONTROLS,
  type LineKey,
  PARITIES,
  type SerialSettings,
  STOP_BITS,
  USUAL_BAUD_RATES,
} from '../../../core/line/line-settings.ts';
import { type LineDraft, otherThanFamily } from '../../view-model/line-draft.ts';
import { FORM, LINE_LABELS, LINE_VALUES } from './text.ts';

interface LineFieldsProps {
  readonly family: SerialSettings;
  readonly line: LineDraft;
  readonly onChange: (line: LineDraft) => void;
}

export const LineFields = ({ family, line, onChange }: LineFieldsProps) => {
  const other = otherThanFamily(line, family);
  const shown = (key: LineKey): string => line[key] ?? String(family[key]);
  const choice = (key: LineKey, values: readonly (string | number)[]) => (
    <label className="field" data-other={other.includes(key)}>
      {LINE_LABELS[key]}
      <select
        value={shown(key)}
        onChange={(event) => onChange({ ...line, [key]: event.target.value })}
        data-testid={`line-${key}`}
      >
        {values.map((each) => (
          <option key={each} value={String(each)}>
            {LINE_VALUES[String(each)] ?? each}
          </option>
        ))}
      </select>
      {sign(key)}
    </label>
  );
  const sign = (key: LineKey) => (
    <small>
      {other.includes(key)
        ? `${FORM.lineOther} ${LINE_VALUES[String(family[key])] ?? family[key]}`
        : FORM.lineOfFamily}
    </small>
  );
  return (
    <fieldset className="line-fields field-wide" data-testid="line-fields">
      <legend>
        {FORM.lineSettings}: {FORM.lineDefault} {describeSettings(family)}
      </legend>
      <label className="field" data-other={other.includes('baudRate')}>
        {LINE_LABELS.baudRate}
        <input
          value={shown('baudRate')}
          list="baud-rates"
          inputMode="numeric"
          maxLength={7}
          onChange={(event) => onChange({ ...line, baudRate: event.target.value })}
          data-testid="line-baudRate"
        />
        {sign('baudRate')}
      </label>
      <datalist id="baud-rates">
        {USUAL_BAUD_RATES.map((rate) => (
          <option key={rate} value={rate} />
        ))}
      </datalist>
      {choice('dataBits', DATA_BITS)}
      {choice('parity', PARITIES)}
      {choice('stopBits', STOP_BITS)}
      {choice('flowControl', FLOW_CONTROLS)}
      {other.length === 0 ? null : (
        <p className="line-back">
          <strong data-testid="line-other">
            {FORM.lineDiffers}: {other.map((key) => LINE_LABELS[key]).join(', ')}
          </strong>
          <button type="button" className="button" onClick={() => onChange({})} data-testid="line-back">
            {FORM.lineBack}
          </button>
        </p>
      )}
    </fieldset>
  );
};
