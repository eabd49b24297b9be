/** The raw bytes of one monitor, live. Bounded: the oldest lines go. */
import { useEffect, useRef, useState } from 'react';
import type { MonitorId } from '../../../core/ids.ts';
import type { EpochMs } from '../../../core/time.ts';
import { useAction } from '../../app-actions.ts';
import { useApp, useWindow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start } from '../../parts/perform.ts';
import { type RawLine, rawLines } from '../../view-model/raw-line.ts';
import { clockSecondsText } from '../../view-model/time-text.ts';
import { TEXT } from './text.ts';

const KEPT_LINES = 200;
/** How often the list is drawn again at most (ms); a fast line sends many times a second. */
const DRAW_EVERY_MS = 250;

interface ShownLine extends RawLine {
  readonly number: number;
  readonly at: EpochMs;
  readonly direction: 'received' | 'sent';
}

export const RawView = ({ monitorId }: { readonly monitorId: MonitorId }) => {
  const { lines, message } = useRawLines(monitorId);
  const bottom = useRef<HTMLDivElement>(null);
  const newest = lines.at(-1)?.number;
  useEffect(() => {
    if (newest !== undefined) bottom.current?.scrollIntoView({ block: 'nearest' });
  }, [newest]);
  return (
    <div className="raw">
      <FailureLine message={message} />
      <p className="raw-help">{lines.length === 0 ? TEXT.rawWaiting : TEXT.rawPaused}</p>
      <div className="raw-lines" role="log" aria-live="off" data-testid="raw-lines">
        {lines.map((line) => (
          <div key={line.number} className="raw-line" data-direction={line.direction}>
            <time>{clockSecondsText(line.at)}</time>
            <span className="raw-direction">{line.direction === 'received' ? TEXT.received : TEXT.sent}</span>
            <code className="raw-hex">{line.hex}</code>
            <code className="raw-text">{line.printable}</code>
          </div>
        ))}
        <div ref={bottom} />
      </div>
    </div>
  );
};

/** Watches while it is on the screen, on whatever line to the station there is. */
const useRawLines = (monitorId: MonitorId) => {
  const { link } = useApp();
  const connection = useWindow((state) => (state.link === 'live' ? state.connection : 0));
  const [lines, setLines] = useState<readonly ShownLine[]>([]);
  const { failure, run } = useAction();

  useEffect(() => {
    if (connection === 0) return;
    start(run(() => link.call('monitor.watch', { monitorId, on: true })));
    return () => {
      // Best effort: with a broken line the station has already forgotten this window.
      link.call('monitor.watch', { monitorId, on: false }).catch(() => undefined);
    };
  }, [link, monitorId, connection, run]);

  useEffect(() => {
    let kept: readonly ShownLine[] = [];
    let count = 0;
    let isDirty = false;
    const stop = link.onRaw((piece) => {
      if (piece.monitorId !== monitorId) return;
      const added = rawLines(piece.hex).map((line) => {
        count += 1;
        return { ...line, number: count, at: piece.at.wall, direction: piece.direction };
      });
      kept = [...kept, ...added].slice(-KEPT_LINES);
      isDirty = true;
    });
    const timer = setInterval(() => {
      if (isDirty) setLines(kept);
      isDirty = false;
    }, DRAW_EVERY_MS);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [link, monitorId]);

  return { lines, message: failure?.message ?? null };
};
