/** The table behind the drawing: the same window in numbers. */
import type { ReactElement } from 'react';
import { epochMs } from '../../core/time.ts';
import { clockText } from '../view-model/time-text.ts';
import type { TrendSnapshot } from './engine.ts';
import { minutesText } from './model/time-axis.ts';
import { trendTable } from './model/trend-table.ts';

export const TrendTableView = ({ snapshot }: { readonly snapshot: TrendSnapshot }): ReactElement => {
  const { frame } = snapshot;
  const table = trendTable(frame);
  const time = (axis: number): string => {
    const clock = clockText(epochMs(snapshot.toWall(axis)));
    return frame.zero === null ? clock : `${minutesText(axis, frame.zero)} min · ${clock}`;
  };
  return (
    <div className="trend-table">
      <table>
        <caption>Lowest–highest value in each interval; -- where there was none</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {table.columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.intervalsAgo}>
              <th scope="row">{time(row.from)}</th>
              {row.cells.map((cell, column) => (
                <td key={table.columns[column]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
