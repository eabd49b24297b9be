/** The event marks as buttons above the canvas, so that they can be reached by keyboard and read aloud. */
import { type CSSProperties, type ReactElement, useState } from 'react';
import { clockText } from '../view-model/time-text.ts';
import { BAND_STRIP_PX } from './draw/scene.ts';
import type { TrendSnapshot } from './engine.ts';
import { clusterMarks, type MarkCluster } from './model/marks.ts';
import { minutesText } from './model/time-axis.ts';

/** Room one mark needs (CSS pixels). */
const MARK_PX = 34;
/** Most marks of a group that are listed; the rest is counted. */
const MOST_LISTED = 8;

export const MarkStrip = ({ snapshot }: { readonly snapshot: TrendSnapshot }): ReactElement => {
  const { frame, box } = snapshot;
  const [openId, setOpenId] = useState<string | null>(null);
  const { from, to } = frame.range;
  const clusters = clusterMarks(frame.marks, frame.range, (MARK_PX / box.width) * (to - from));
  return (
    <div className="trend-marks" style={{ left: box.left, top: box.top + BAND_STRIP_PX, width: box.width }}>
      {clusters.map((cluster) => {
        const id = cluster.foremost.id;
        const x = ((cluster.at - from) / (to - from)) * box.width;
        const rest = cluster.marks.length - 1;
        const isOpen = openId === id;
        return (
          <div key={id} className="trend-mark" style={{ left: Math.min(x, box.width - MARK_PX) }}>
            <button
              type="button"
              data-kind={cluster.foremost.kind}
              data-priority={cluster.foremost.priority ?? undefined}
              aria-label={cluster.marks.map((mark) => lineOf(mark, frame.zero)).join('; ')}
              onMouseEnter={() => setOpenId(id)}
              onMouseLeave={() => setOpenId(null)}
              onFocus={() => setOpenId(id)}
              onBlur={() => setOpenId(null)}
            >
              {cluster.foremost.sign}
              {rest > 0 && <small>+{rest}</small>}
            </button>
            {isOpen && <MarkList cluster={cluster} zero={frame.zero} style={sideOf(x, box.width)} />}
          </div>
        );
      })}
    </div>
  );
};

const MarkList = (props: {
  readonly cluster: MarkCluster;
  readonly zero: number | null;
  readonly style: CSSProperties;
}): ReactElement => {
  const { marks } = props.cluster;
  const more = marks.length - MOST_LISTED;
  return (
    <ul className="trend-mark-list" style={props.style} aria-hidden="true">
      {marks.slice(0, MOST_LISTED).map((mark) => (
        <li key={mark.id}>{lineOf(mark, props.zero)}</li>
      ))}
      {more > 0 && <li>and {more} more</li>}
    </ul>
  );
};

const lineOf = (mark: MarkCluster['foremost'], zero: number | null): string => {
  const minutes = zero === null ? '' : ` (${minutesText(mark.at, zero)} min)`;
  return `${clockText(mark.wall)}${minutes} ${mark.text}`;
};

const sideOf = (x: number, width: number): CSSProperties => (x > width / 2 ? { right: 0 } : { left: 0 });
