/** Each visit its own line from the start of its infusion: dashes, colour and its number at the line's end. */
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  usePlotArea,
  useXAxisScale,
  useYAxisScale,
  XAxis,
  YAxis,
} from 'recharts';
import type { OverlayVisit } from '../../../core/course/overlay.ts';
import { spreadLabels } from '../../charts/model/spread-labels.ts';
import {
  numbered,
  type OverlayLine,
  type OverlayMetric,
  overlayChart,
} from '../../view-model/course-overlay.ts';
import { TEXT } from './text.ts';

const COLORS = ['var(--hr)', 'var(--nibp)', 'var(--rr)', 'var(--dose)', 'var(--text)'] as const;
/** Colour is never the only sign: the first eight visits differ in their dashes, forty before two look the same. */
const DASHES = ['', '10 5', '3 4', '14 4 3 4', '24 7', '9 3 2 3 2 3', '1 7', '18 4 8 4'] as const;
/** Height of a label, and how far behind the end of its line it stands (CSS pixels). */
const LABEL_GAP = 19;
const LABEL_AWAY = 20;

const colorOf = (place: number): string => COLORS[place % COLORS.length] ?? 'var(--text)';
const dashOf = (place: number): string => DASHES[place % DASHES.length] ?? '';

export const OverlayChart = ({
  visits,
  metric,
}: {
  readonly visits: readonly OverlayVisit[];
  readonly metric: OverlayMetric;
}) => {
  const { rows, lines } = overlayChart(visits, metric);
  if (lines.length === 0) return <p className="empty">{TEXT.noValues}</p>;
  const pulses = numbered(visits).filter(
    ({ visit }) => visit.heartRate?.metric === 'MDC_PULS_OXIM_PULS_RATE',
  );
  return (
    <figure className="review-chart" aria-label={TEXT.metrics[metric]} data-testid="overlay-chart">
      <ResponsiveContainer width="100%" height={360}>
        <LineChart data={[...rows]} margin={{ top: 24, right: 56, bottom: 24, left: 0 }}>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis
            dataKey="minute"
            type="number"
            domain={['dataMin', 'dataMax']}
            ticks={tenMinutes(rows.map(({ minute }) => minute))}
            tickFormatter={(minute: number) => String(Math.round(minute))}
            stroke="var(--dim)"
            label={{ value: TEXT.axis, position: 'insideBottom', offset: -12, fill: 'var(--dim)' }}
          />
          <YAxis
            domain={metric === 'spo2' ? [(least: number) => Math.min(80, least), 100] : [40, 'auto']}
            stroke="var(--dim)"
          />
          <ReferenceLine x={0} stroke="var(--dim)" strokeDasharray="4 4" />
          {lines.map((line) => (
            <Line
              key={line.key}
              dataKey={line.key}
              stroke={colorOf(line.place)}
              strokeWidth={2.5}
              strokeDasharray={dashOf(line.place)}
              // Only over the other visits' minutes: every stretch without a gap is a line of its own.
              connectNulls
              isAnimationActive={false}
              dot={(dot: DotProps) => (
                <EndMark
                  key={dot.index}
                  {...dot}
                  line={line}
                  isReading={metric === 'systolic' || metric === 'diastolic'}
                />
              )}
            />
          ))}
          <EndNumbers lines={lines} />
        </LineChart>
      </ResponsiveContainer>
      <figcaption>
        <ul className="overlay-legend" data-testid="overlay-legend">
          {numbered(visits).map(({ number, place }) => (
            <li key={number}>
              <svg width="72" height="12" aria-hidden="true">
                <line
                  x1="0"
                  x2="72"
                  y1="6"
                  y2="6"
                  stroke={colorOf(place)}
                  strokeWidth="3"
                  strokeDasharray={dashOf(place)}
                />
              </svg>{' '}
              {TEXT.visit} {number}
            </li>
          ))}
        </ul>
        {TEXT.help[metric]} {TEXT.artefacts}
        {metric === 'heartRate' && pulses.length > 0
          ? ` ${TEXT.pulse} ${pulses.map(({ number }) => number).join(', ')}.`
          : ''}
      </figcaption>
    </figure>
  );
};

/** Marks every ten minutes, fewer where the visits are long. */
const tenMinutes = (minutes: readonly number[]): number[] => {
  const first = minutes[0] ?? 0;
  const last = minutes.at(-1) ?? 0;
  const step = 10 * Math.max(1, Math.ceil((last - first) / 150));
  const from = Math.ceil(first / step) * step;
  return Array.from({ length: Math.floor((last - from) / step) + 1 }, (_, index) => from + index * step);
};

interface DotProps {
  readonly cx?: number | undefined;
  readonly cy?: number | undefined;
  readonly index?: number | undefined;
  readonly payload?: unknown;
}

/** A dot at each cuff reading and at a stretch's end. */
const EndMark = ({
  cx,
  cy,
  payload,
  line,
  isReading,
}: DotProps & { readonly line: OverlayLine; readonly isReading: boolean }) => {
  const has = typeof payload === 'object' && payload !== null && line.key in payload;
  if (!has || cx === undefined || cy === undefined) return <g />;
  const isEnd = 'minute' in payload && payload.minute === line.end;
  return <g>{isReading || isEnd ? <circle cx={cx} cy={cy} r={3} fill={colorOf(line.place)} /> : null}</g>;
};

/** The visit's number behind the end of its last stretch, moved off its neighbours and led back to its line. */
const EndNumbers = ({ lines }: { readonly lines: readonly OverlayLine[] }) => {
  const x = useXAxisScale();
  const y = useYAxisScale();
  const plot = usePlotArea();
  if (x === undefined || y === undefined || plot === undefined) return null;
  const ends = lines
    .filter(({ isLast }) => isLast)
    .map((line) => ({ line, x: Number(x(line.end)), y: Number(y(line.endValue)) }));
  const room = { gap: LABEL_GAP, width: 28, top: plot.y, bottom: plot.y + plot.height };
  const places = spreadLabels(ends, room);
  return (
    <g>
      {ends.map((end, index) => {
        const place = places[index] ?? end;
        const color = colorOf(end.line.place);
        return (
          <g key={end.line.number}>
            <path
              d={`M${end.x + 4} ${end.y}L${place.x + LABEL_AWAY - 3} ${place.y}`}
              fill="none"
              stroke={color}
            />
            <text
              className="overlay-number"
              data-testid="overlay-number"
              x={place.x + LABEL_AWAY}
              y={place.y + 6}
              fill={color}
            >
              {end.line.number}
            </text>
          </g>
        );
      })}
    </g>
  );
};
