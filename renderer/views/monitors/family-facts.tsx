/** The part of the form that says which family the monitor is of, its models, its line, and the page for the bedside. */
import { useState } from 'react';
import type { FamilyView } from '../../../core/api/views.ts';
import { describeSettings } from '../../../core/line/line-settings.ts';
import { BedsidePage } from './bedside-page.tsx';
import { FORM } from './text.ts';

export const FamilyFacts = ({
  family,
  families,
  onChange,
}: {
  readonly family: FamilyView;
  readonly families: readonly FamilyView[];
  readonly onChange: (family: FamilyView) => void;
}) => {
  const [isReading, setReading] = useState(false);
  return (
    <div className="family">
      <label className="field">
        {FORM.family}
        <select
          value={family.id}
          onChange={(event) => {
            const chosen = families.find(({ id }) => id === event.target.value);
            if (chosen !== undefined) onChange(chosen);
          }}
          data-testid="monitor-family"
        >
          {families.map(({ id, manufacturer, title }) => (
            <option key={id} value={id}>
              {manufacturer}: {title}
            </option>
          ))}
        </select>
      </label>
      <p>
        {FORM.models}: {family.models.join(', ')}
        <br />
        {FORM.lineSettings}:{' '}
        <strong>{family.callsIn ? FORM.callsIn : describeSettings(family.serial)}</strong>
      </p>
      <button type="button" className="button" onClick={() => setReading(true)} data-testid="bedside-open">
        {FORM.bedsideOpen}
      </button>
      {isReading ? <BedsidePage family={family} onClose={() => setReading(false)} /> : null}
    </div>
  );
};
