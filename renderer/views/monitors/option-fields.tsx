/** The part of the form for what the clinic may choose for a monitor of this family. */
import type { FamilyOption } from '../../../core/api/views.ts';

interface OptionFieldsProps {
  readonly specs: readonly FamilyOption[];
  /** As typed or chosen so far; what is not here is at its default. */
  readonly values: Readonly<Record<string, string | boolean>>;
  readonly onChange: (key: string, value: string | boolean) => void;
}

export const OptionFields = ({ specs, values, onChange }: OptionFieldsProps) => (
  <>
    {specs.map((spec) => (
      <OptionField
        key={spec.key}
        spec={spec}
        value={values[spec.key]}
        onChange={(value) => onChange(spec.key, value)}
      />
    ))}
  </>
);

const OptionField = ({
  spec,
  value,
  onChange,
}: {
  readonly spec: FamilyOption;
  readonly value: string | boolean | undefined;
  readonly onChange: (value: string | boolean) => void;
}) => {
  const testId = `option-${spec.key}`;
  if (spec.type === 'boolean') {
    return (
      <label className="check field-wide">
        <input
          type="checkbox"
          checked={value === undefined ? spec.default : value === true}
          onChange={(event) => onChange(event.target.checked)}
          data-testid={testId}
        />
        {spec.label}: {spec.help}
      </label>
    );
  }
  const text = String(value ?? spec.default);
  if (spec.type === 'choice') {
    return (
      <label className="field">
        {spec.label}
        <select value={text} onChange={(event) => onChange(event.target.value)} data-testid={testId}>
          {spec.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
        <small>{spec.help}</small>
      </label>
    );
  }
  return (
    <label className="field">
      {spec.type === 'integer' ? `${spec.label} (${spec.min} to ${spec.max} ${spec.unit})` : spec.label}
      <input
        value={text}
        inputMode={spec.type === 'integer' ? 'numeric' : 'text'}
        maxLength={spec.type === 'text' ? spec.maxLength : 6}
        onChange={(event) => onChange(event.target.value)}
        data-testid={testId}
      />
      <small>{spec.help}</small>
    </label>
  );
};
