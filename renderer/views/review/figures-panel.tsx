/** What the visit comes to in figures, and what is not on record. */
import type { ReactElement } from 'react';
import type { LimitSet } from '../../../core/alarm/limits.ts';
import type { SessionFigures } from '../../../core/review/figures.ts';
import {
  beyondTable,
  completenessRows,
  doubtfulLines,
  figureGroups,
  meanTable,
  type PhaseTable,
} from '../../view-model/review-figures.ts';
import { FIGURES_TEXT as TEXT } from './text.ts';

export const FiguresPanel = ({
  figures,
  limits,
  missing,
}: {
  readonly figures: SessionFigures;
  /** Those of the visit: what reaching a threshold means. Null: none were entered. */
  readonly limits: LimitSet | null;
  /** In words, one thing each. */
  readonly missing: readonly string[];
}): ReactElement => (
  <section className="review-figures" aria-label={TEXT.title} data-testid="review-figures">
    <div className="figure-groups">
      {figureGroups(figures).map((group) => (
        <section key={group.id} className="panel" data-testid={`figures-group-${group.id}`}>
          <h3>{group.title}</h3>
          <dl>
            {group.rows.map(({ id, label, value, note }) => (
              <div key={id} data-testid={`figure-${id}`}>
                <dt>{label}</dt>
                <dd>
                  <strong>{value}</strong> <small>{note}</small>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
    <Notes title={TEXT.missing} lines={missing} testId="review-missing" />
    <Notes title={TEXT.doubtful} lines={doubtfulLines(figures)} testId="review-doubtful" />
    <div className="figure-tables">
      <Phases
        title={TEXT.beyond}
        none={TEXT.noneBeyond}
        table={beyondTable(figures, limits)}
        testId="figures-beyond"
      />
      <section>
        <h3>{TEXT.completeness}</h3>
        <table className="table" data-testid="figures-completeness">
          <thead>
            <tr>
              <th>{TEXT.parameter}</th>
              <th className="number">{TEXT.percent}</th>
              <th className="number">{TEXT.gaps}</th>
              <th>{TEXT.longest}</th>
            </tr>
          </thead>
          <tbody>
            {completenessRows(figures).map(({ metric, label, percent, gaps, longest }) => (
              <tr key={metric}>
                <td>{label}</td>
                <td className="number">{percent}</td>
                <td className="number">{gaps}</td>
                <td>{longest}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Phases title={TEXT.means} none={TEXT.noMeans} table={meanTable(figures)} testId="figures-means" />
    </div>
  </section>
);

const Notes = ({
  title,
  lines,
  testId,
}: {
  readonly title: string;
  readonly lines: readonly string[];
  readonly testId: string;
}) =>
  lines.length === 0 ? null : (
    <section className="panel figure-notes" data-testid={testId}>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );

const Phases = ({
  title,
  none,
  table,
  testId,
}: {
  readonly title: string;
  readonly none: string;
  readonly table: PhaseTable;
  readonly testId: string;
}) => (
  <section>
    <h3>{title}</h3>
    {table.rows.length === 0 ? (
      <p data-testid={testId}>{none}</p>
    ) : (
      <div className="table-wide">
        <table className="table" data-testid={testId}>
          <thead>
            <tr>
              <th />
              {table.heads.map((head) => (
                <th key={head} className="number">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(({ id, label, cells }) => (
              <tr key={id}>
                <th scope="row">{label}</th>
                {cells.map((cell, index) => (
                  <td key={table.phases[index]} className="number">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </section>
);
