/** Other thresholds and delays, to try. */
import type { LimitRow } from '../../view-model/limit-rows.ts';
import { NO_LIMIT, PRIORITY_MARKS } from '../../view-model/limits.ts';
import type { WhatIfEdit, WhatIfEdits } from '../../view-model/what-if.ts';
import { WHAT_IF_TEXT as TEXT } from './text.ts';

export const WhatIfLimits = ({
  rows,
  edits,
  onChange,
}: {
  readonly rows: readonly LimitRow[];
  readonly edits: WhatIfEdits;
  readonly onChange: (id: string, edit: WhatIfEdit) => void;
}) => (
  <div className="what-if-limits">
    <table className="table limit-table">
      <thead>
        <tr>
          <th>{TEXT.parameter}</th>
          <th>{TEXT.side}</th>
          <th>{TEXT.priority}</th>
          <th>{TEXT.threshold}</th>
          <th>{TEXT.delay}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const edit = edits[row.id] ?? {};
          const name = `${row.label} ${row.what} ${row.priority}`;
          return (
            <tr key={row.id} data-edited={Object.keys(edit).length > 0}>
              <td>{row.label}</td>
              <td>{row.what}</td>
              <td>
                {PRIORITY_MARKS[row.priority]} {row.priority}
              </td>
              <td>
                <span className="limit-edit">
                  <input
                    type="number"
                    aria-label={`${name}: ${TEXT.threshold}`}
                    value={shown(edit.threshold ?? row.inForce)}
                    placeholder={NO_LIMIT}
                    min={row.low}
                    max={row.high}
                    step={row.step}
                    onChange={(event) => onChange(row.id, { threshold: event.target.valueAsNumber })}
                    data-testid={`what-if-limit-${row.id}`}
                  />
                  {row.unit}
                </span>
              </td>
              <td>
                <span className="limit-edit">
                  <input
                    type="number"
                    aria-label={`${name}: ${TEXT.delay}`}
                    value={shown(edit.delayS ?? row.delayMs / 1000)}
                    min={0}
                    max={600}
                    onChange={(event) => onChange(row.id, { delayS: event.target.valueAsNumber })}
                    data-testid={`what-if-delay-${row.id}`}
                  />
                  s
                </span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  </div>
);

const shown = (value: number | null): number | string => (value === null || Number.isNaN(value) ? '' : value);
