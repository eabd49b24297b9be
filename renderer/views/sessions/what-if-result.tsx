/** What a what-if found: figures side by side, a timeline of both, and every alarm that is not the same. */
import { useState } from 'react';
import type { WhatIfFigures, WhatIfView } from '../../../core/api/what-if.ts';
import { epochMs } from '../../../core/time.ts';
import { ageText, clockText } from '../../view-model/time-text.ts';
import { differenceLine, KIND_WORDS, timelineBars } from '../../view-model/what-if.ts';
import { WHAT_IF_TEXT as TEXT } from './text.ts';

export const WhatIfResult = ({ view }: { readonly view: WhatIfView }) => {
  const { frames, cuffReadings, limitChanges, restarts } = view.basis;
  return (
    <section className="what-if-result" data-testid="what-if-result">
      <p data-testid="what-if-counts">
        <strong>
          {view.counts.came} {KIND_WORDS.came.word}, {view.counts.gone} {KIND_WORDS.gone.word},{' '}
          {view.counts.moved} {KIND_WORDS.moved.word}, {view.counts.same} {KIND_WORDS.same.word}
        </strong>
      </p>
      <Figures view={view} />
      <Timeline view={view} />
      <Differences view={view} />
      <p className="what-if-basis">
        {TEXT.basis} {frames} {TEXT.frames}, {cuffReadings} {TEXT.readings}, {clockText(view.from)} –{' '}
        {clockText(view.to)}. {limitChanges} {TEXT.limitChanges}, {restarts} {TEXT.restarts}. {TEXT.assumed}
      </p>
    </section>
  );
};

const FIGURES: readonly (readonly [string, (figures: WhatIfFigures) => string | number])[] = [
  [TEXT.alarms, ({ alarms }) => alarms],
  [TEXT.sounded, ({ sounded }) => sounded],
  ['*** high', ({ byPriority }) => byPriority.high],
  ['** medium', ({ byPriority }) => byPriority.medium],
  ['* low', ({ byPriority }) => byPriority.low],
  [TEXT.burden, ({ burdenSeconds }) => ageText(burdenSeconds * 1000)],
];

const Figures = ({ view }: { readonly view: WhatIfView }) => (
  <table className="table what-if-figures">
    <thead>
      <tr>
        <th />
        <th className="number">{view.names.before}</th>
        <th className="number">{view.names.after}</th>
      </tr>
    </thead>
    <tbody>
      {FIGURES.map(([label, of]) => (
        <tr key={label}>
          <th scope="row">{label}</th>
          <td className="number">{of(view.before)}</td>
          <td className="number">{of(view.after)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** Places of the times under the bars, in parts of the whole. */
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

const Timeline = ({ view }: { readonly view: WhatIfView }) => (
  <figure className="what-if-timeline" aria-label={TEXT.timeline} data-testid="what-if-timeline">
    {(['before', 'after'] as const).map((side) => (
      <div key={side} className="what-if-lane">
        <span>{view.names[side]}</span>
        <div className="what-if-bars">
          {timelineBars(view, side).map(({ id, from, width, priority, kind, text }) => (
            <span
              key={id}
              className="what-if-bar"
              data-bar={priority}
              data-kind={kind}
              title={`${KIND_WORDS[kind].word}: ${text}`}
              style={{ left: `${from * 100}%`, width: `${width * 100}%` }}
            />
          ))}
        </div>
      </div>
    ))}
    <div className="what-if-lane" aria-hidden="true">
      <span />
      <div className="what-if-ticks">
        {TICKS.map((part) => (
          <span key={part}>{clockText(epochMs(view.from + (view.to - view.from) * part))}</span>
        ))}
      </div>
    </div>
    <figcaption>{TEXT.legend}</figcaption>
  </figure>
);

const Differences = ({ view }: { readonly view: WhatIfView }) => {
  const [isAll, setAll] = useState(false);
  const lines = view.differences.map(differenceLine).filter(({ kind }) => isAll || kind !== 'same');
  return (
    <>
      <label className="check">
        <input type="checkbox" checked={isAll} onChange={(event) => setAll(event.target.checked)} />
        {TEXT.showSame}
      </label>
      {lines.length === 0 ? (
        <p>{TEXT.nothing}</p>
      ) : (
        <div className="table-wide">
          <table className="table" data-testid="what-if-differences">
            <thead>
              <tr>
                <th>{TEXT.what}</th>
                <th>{view.names.before}</th>
                <th>{view.names.after}</th>
                <th>{TEXT.difference}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ id, kind, before, after, change, isWorse }) => (
                <tr key={id} data-testid={`difference-${kind}`}>
                  <td>
                    <strong>{KIND_WORDS[kind].sign}</strong> {KIND_WORDS[kind].word}
                  </td>
                  <td>{before}</td>
                  <td>{after}</td>
                  <td>
                    {change} {isWorse ? <strong className="warning">{TEXT.highLost}</strong> : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
};
