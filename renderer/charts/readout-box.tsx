/** What all lanes read at the cursor, and how old each of them was at that moment. */
import type { ReactElement } from 'react';
import { epochMs } from '../../core/time.ts';
import { clockSecondsText } from '../view-model/time-text.ts';
import type { TrendSnapshot } from './engine.ts';
import { minutesText } from './model/time-axis.ts';

const BESIDE_PX = 14;

export const ReadoutBox = (props: {
  readonly snapshot: TrendSnapshot;
  readonly cursor: NonNullable<TrendSnapshot['cursor']>;
}): ReactElement => {
  const { snapshot, cursor } = props;
  const { box, frame } = snapshot;
  const isRight = cursor.px > box.width / 2;
  const style = isRight
    ? { right: `calc(100% - ${box.left + cursor.px - BESIDE_PX}px)` }
    : { left: box.left + cursor.px + BESIDE_PX };
  return (
    <div className="trend-readout" style={{ ...style, bottom: 50 }}>
      <p>
        {clockSecondsText(epochMs(snapshot.toWall(cursor.at)))}
        {frame.zero !== null && ` · ${minutesText(cursor.at, frame.zero)} min`}
      </p>
      <dl>
        {cursor.rows.map((row) => (
          <div key={row.label}>
            <dt style={{ color: `var(${row.token})` }}>{row.label}</dt>
            <dd>
              <b>
                {row.text}
                {row.questionable && '?'}
              </b>{' '}
              {row.text !== '--' && <span>{row.unitLabel}</span>}
            </dd>
            <dd className="trend-readout-age">{row.age}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
};
