/** Every limit: when it alarms, what is in force, what the preset says, and a field for a new threshold. */
import {
  type Edits,
  isLooserThanPreset,
  type LimitRow,
  thresholdText,
  verdictOn,
} from '../../view-model/limit-rows.ts';
import { PRIORITY_MARKS } from '../../view-model/limits.ts';
import { LIMITS_TEXT as TEXT } from './alarm-text.ts';

export const LimitTable = ({
  rows,
  edits,
  isDisabled,
  onChange,
}: {
  readonly rows: readonly LimitRow[];
  readonly edits: Edits;
  readonly isDisabled: boolean;
  readonly onChange: (id: string, threshold: number) => void;
}) => (
  <table className="table limit-table">
    <thead>
      <tr>
        <th>{TEXT.parameter}</th>
        <th>{TEXT.side}</th>
        <th>{TEXT.priority}</th>
        <th>{TEXT.delay}</th>
        <th className="number">{TEXT.inPreset}</th>
        <th className="number">{TEXT.inForce}</th>
        <th>{TEXT.threshold}</th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <Row
          key={row.id}
          row={row}
          edit={edits[row.id]}
          isDisabled={isDisabled}
          onChange={(threshold) => onChange(row.id, threshold)}
        />
      ))}
    </tbody>
  </table>
);

const Row = ({
  row,
  edit,
  isDisabled,
  onChange,
}: {
  readonly row: LimitRow;
  readonly edit: number | undefined;
  readonly isDisabled: boolean;
  readonly onChange: (threshold: number) => void;
}) => {
  const { inForce, preset } = row;
  const isEdited = edit !== undefined && edit !== inForce;
  const value = edit ?? inForce;
  const differs = preset !== undefined && preset !== inForce;
  return (
    <tr data-edited={isEdited} data-in-force={inForce} data-testid={`row-${row.id}`}>
      <td>{row.label}</td>
      <td>{row.what}</td>
      <td>
        {PRIORITY_MARKS[row.priority]} {row.priority}
      </td>
      <td>{row.delayMs / 1000} s</td>
      <td className="number">{preset === undefined ? '' : thresholdText(preset)}</td>
      <td className="number">
        {differs ? <strong>{thresholdText(inForce)}</strong> : thresholdText(inForce)}
        {differs ? <small> {isLooserThanPreset(row, inForce) ? TEXT.looser : TEXT.tighter}</small> : null}
      </td>
      <td>
        <div className="limit-edit">
          {inForce === null && (preset ?? null) === null ? (
            <span className="limit-none">{TEXT.none}</span>
          ) : (
            <>
              <input
                type="number"
                aria-label={`${row.label} ${row.what} ${row.priority}`}
                value={value === null || Number.isNaN(value) ? '' : value}
                disabled={isDisabled}
                min={row.low}
                max={row.high}
                step={row.step}
                onChange={(event) => onChange(event.target.valueAsNumber)}
                data-testid={`limit-${row.id}`}
              />
              <span>{row.unit}</span>
              {isEdited && !Number.isNaN(edit) ? <Verdict row={row} edit={edit} /> : null}
            </>
          )}
        </div>
      </td>
    </tr>
  );
};

const VERDICTS = {
  preset: TEXT.asPreset,
  tighter: TEXT.tighter,
  looser: TEXT.looser,
  beyond: TEXT.beyond,
};

/** What a new threshold is, before it is set. */
const Verdict = ({ row, edit }: { readonly row: LimitRow; readonly edit: number }) => {
  const verdict = verdictOn(row, edit);
  const isWarning = verdict === 'looser' || verdict === 'beyond';
  return (
    <small className={isWarning ? 'warning' : undefined} data-testid={`verdict-${row.id}`}>
      {VERDICTS[verdict]}
    </small>
  );
};
