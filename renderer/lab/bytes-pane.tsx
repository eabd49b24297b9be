/** The bytes of the chosen monitor, both ways, newest first, with what the family's decoder makes of them. */
import { useState } from 'react';
import { useStore } from 'zustand';
import type { BytesRow, LabMonitorView } from '../../core/lab/views.ts';
import type { LabLink } from './lab-link.ts';

interface Props {
  readonly link: LabLink;
  readonly monitor: LabMonitorView;
}

/** Which rows are shown. */
const FILTERS = {
  all: 'all',
  'to-host': 'to the host',
  'to-monitor': 'to the monitor',
  decoded: 'with a meaning',
  refused: 'refused',
} as const;
type Filter = keyof typeof FILTERS;
/** Bytes of a row that are drawn (the lab keeps more). */
const BYTES_DRAWN = 192;

export const BytesPane = ({ link, monitor }: Props) => {
  const { rows, isPaused } = useStore(link.store);
  const [filter, setFilter] = useState<Filter>('all');
  const { counts } = monitor;
  const refused = Object.entries(counts.refused).map(([reason, count]) => `${reason} ${count}`);
  return (
    <section className="lab-bytes" aria-label="Bytes">
      <div className="lab-bytes-head">
        <h2>Bytes of {monitor.id}</h2>
        <button
          type="button"
          className="lab-button"
          data-testid="pause-bytes"
          aria-pressed={isPaused}
          onClick={() => link.pause(!isPaused)}
        >
          {isPaused ? 'Resume' : 'Pause'}
        </button>
        <select
          aria-label="Rows shown"
          value={filter}
          onChange={(event) => setFilter(event.target.value as Filter)}
        >
          {Object.entries(FILTERS).map(([kind, label]) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </select>
        <span className="lab-dim" data-testid="counts">
          {counts.bytesToHost} bytes out, {counts.bytesToMonitor} in, {counts.frames} frames,{' '}
          <b data-testid="refused">{counts.refusedBytes}</b> bytes refused
          {refused.length === 0 ? '' : ` (${refused.join(', ')})`}
        </span>
      </div>
      <ol className="lab-rows">
        {rows
          .filter((row) => isShown(row, filter))
          .map((row) => (
            <Row key={row.number} row={row} />
          ))}
      </ol>
    </section>
  );
};

const isShown = (row: BytesRow, filter: Filter): boolean => {
  if (filter === 'all') return true;
  if (filter === 'decoded') return row.decoded.length > 0;
  if (filter === 'refused') return row.decoded.some(({ kind }) => kind === 'refused');
  return row.direction === filter;
};

/** Parts of a row never move: their place tells them apart. */
const keyed = ({ decoded }: BytesRow) =>
  decoded.map((part, place) => ({ part, key: `${place} ${part.kind}` }));

const Row = ({ row }: { readonly row: BytesRow }) => {
  const shown = row.hex.slice(0, 2 * BYTES_DRAWN);
  const left = row.byteCount - shown.length / 2;
  return (
    <li className={`lab-row lab-row-${row.direction}`}>
      <span className="lab-mono lab-dim">
        {row.atS.toFixed(2)} {row.direction === 'to-host' ? '→ host' : '← host'} {row.byteCount}
      </span>
      <code className="lab-hex">
        {shown.replaceAll(/(..)/g, '$1 ')}
        {left > 0 ? `… and ${left} more` : ''}
      </code>
      {row.decoded.length > 0 && (
        <span className="lab-decoded">
          {keyed(row).map(({ key, part }) => (
            <span key={key} className={`lab-part lab-part-${part.kind}`}>
              {part.kind === 'refused' ? `REFUSED ${part.text}` : part.text}
            </span>
          ))}
        </span>
      )}
    </li>
  );
};
