/** One vital sign of the patient: what it is now, and the way to another value. */
import { type FormEvent, useId, useState } from 'react';
import { PARAMETERS, type Parameter } from '../../core/lab/parameters.ts';
import type { DriveProps } from './drive-panel.tsx';

export const VitalRow = ({ link, monitor, parameter }: DriveProps & { readonly parameter: Parameter }) => {
  const [value, setValue] = useState('');
  const [over, setOver] = useState('10 s');
  const form = useId();
  const { label, unit, min, max } = PARAMETERS[parameter];
  const now = monitor.truth[parameter];

  const drive = (event: FormEvent): void => {
    event.preventDefault();
    const text = value.trim().replace('−', '-');
    const isStep = /^[+-]/.test(text);
    const number = Number(text);
    if (text === '' || !Number.isFinite(number)) return;
    void link.perform(
      isStep
        ? { monitor: monitor.id, do: 'ramp', parameter, by: number, over }
        : { monitor: monitor.id, do: 'set', parameter, to: number, over },
    );
  };

  return (
    <tr data-testid={`vital-${parameter}`}>
      <th scope="row">{label}</th>
      <td className="lab-now">
        {now === null ? 'not measured' : now} {now !== null && <span className="lab-dim">{unit}</span>}
      </td>
      <td>
        <form id={form} onSubmit={drive}>
          <input
            aria-label={`${label}: to, or by`}
            value={value}
            placeholder={`${min}–${max}`}
            data-testid="value"
            onChange={(event) => setValue(event.target.value)}
          />
        </form>
      </td>
      <td>
        <input
          aria-label={`${label}: over`}
          form={form}
          value={over}
          data-testid="over"
          onChange={(event) => setOver(event.target.value)}
        />
      </td>
      <td className="lab-buttons">
        <button type="submit" form={form} className="lab-button" data-testid="drive">
          Go
        </button>
        <button
          type="button"
          className="lab-button"
          onClick={() => void link.perform({ monitor: monitor.id, do: 'release', parameter, over })}
        >
          Release
        </button>
      </td>
    </tr>
  );
};
