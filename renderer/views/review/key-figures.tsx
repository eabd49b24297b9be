/** What a physician asks first, in rows above the chart; all figures are in a part of their own. */
import type { ReactElement } from 'react';
import type { SessionFigures } from '../../../core/review/figures.ts';
import { KEY_FIGURES, keyFigures } from '../../view-model/review-figures.ts';
import { FIGURES_TEXT as TEXT } from './text.ts';

/**
 * As high before the figures are there as after: the chart below must not move under the pointer of somebody who is about to
 * mark an artefact in one of its lanes.
 */
export const KeyFigures = ({
  figures,
  onAll,
}: {
  /** Null: they are being worked out. */
  readonly figures: SessionFigures | null;
  readonly onAll: () => void;
}): ReactElement => (
  <div className="key-figures" data-testid="key-figures" data-state={figures === null ? 'reading' : 'read'}>
    {figures === null ? (
      <dl aria-busy="true">
        {KEY_FIGURES.map(({ id, label }, index) => (
          <div key={id}>
            <dt>{label}</dt>
            <dd>
              <strong>…</strong> <small>{index === 0 ? TEXT.workingOut : ''}</small>
            </dd>
          </div>
        ))}
      </dl>
    ) : (
      <dl>
        {keyFigures(figures).map(({ id, label, value, note }) => (
          <div key={id} data-testid={`key-${id}`}>
            <dt>{label}</dt>
            <dd>
              <strong>{value}</strong> <small>{note}</small>
            </dd>
          </div>
        ))}
      </dl>
    )}
    <button type="button" className="button" onClick={onAll} data-testid="all-figures">
      {TEXT.all}
    </button>
  </div>
);
