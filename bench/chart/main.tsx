/**
 * The page of `bench chart`: the real component with an invented visit. `?minutes=60` its length, `?live=20` how
 * much of it is live (the rest is history), `?stopped=1` no more data arrive, `?height=420&width=500` less room. The measuring program drives it
 * through `window.trendBench`.
 */
import { Profiler } from 'react';
import { createRoot } from 'react-dom/client';
import type { CurrentValue } from '../../core/api/views.ts';
import type { SessionEvent } from '../../core/session/events.ts';
import { LiveTrend } from '../../renderer/charts/live-trend.tsx';
import '../../renderer/theme/tokens.css';
import { createSampleRing } from '../../renderer/store/samples.ts';
import { chairOf } from './chair.ts';
import { at, eventsOf, historyOf, secondOf, type Visit } from './synthetic.ts';

/** What one run of updates cost (ms each). */
export interface UpdateTimes {
  readonly commitMs: readonly number[];
  readonly reactMs: readonly number[];
  readonly frameMs: readonly number[];
}

declare global {
  interface Window {
    trendBench: { update(count: number, everyMs: number): Promise<UpdateTimes>; readonly held: number };
  }
}

const query = new URLSearchParams(window.location.search);
const number = (name: string, fallback: number): number => Number(query.get(name) ?? fallback);
const minutes = number('minutes', 60);
const live = number('live', minutes);
const isStopped = query.has('stopped');

const openedAt = Date.now();
const visit: Visit = { begin: openedAt - minutes * 60_000, end: openedAt };
/** Updates run faster than seconds pass: the invented clock is ahead by what they were ahead. */
let ahead = 0;
let pushed = visit.end;
const first: CurrentValue[] = [];
const silenceMs = isStopped ? 75_000 : 0;
for (let wall = visit.end - live * 60_000; wall <= visit.end - silenceMs; wall += 1_000) {
  first.push(...secondOf(visit, wall));
}
// Full from the start: what the ring itself holds does not grow while memory is measured.
const samples = createSampleRing(first.length);
samples.append(first);
const push = (wall: number): void => samples.append(secondOf(visit, wall));

let commitMs: number[] = [];
let reactMs: number[] = [];
const chair = chairOf(visit);
const events: readonly SessionEvent[] = eventsOf(visit);
const page = document.querySelector('#page');
if (!(page instanceof HTMLElement)) throw new Error('the page has no place for the chart');
const height = query.get('height');
const width = query.get('width');
if (width !== null) page.style.width = `${width}px`;
if (height !== null) page.style.height = `${height}px`;
createRoot(page).render(
  <Profiler id="trend" onRender={(_id, _phase, durationMs) => reactMs.push(durationMs)}>
    <LiveTrend
      chair={chair}
      samples={samples}
      events={events}
      loadHistory={(from, to, buckets) => Promise.resolve(historyOf(visit, from, to, buckets))}
      stationNow={() => at(Date.now() + ahead)}
      onCommit={(durationMs) => commitMs.push(durationMs)}
    />
  </Profiler>,
);

const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

window.trendBench = {
  held: first.length,
  async update(count, everyMs) {
    commitMs = [];
    reactMs = [];
    const frameMs: number[] = [];
    let isRunning = true;
    const watch = async (): Promise<void> => {
      let last = await nextFrame();
      while (isRunning) {
        const now = await nextFrame();
        frameMs.push(now - last);
        last = now;
      }
    };
    const watching = watch();
    for (let done = 0; done < count; done += 1) {
      pushed += 1_000;
      ahead = Math.max(ahead, pushed - Date.now());
      push(pushed);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
    isRunning = false;
    await watching;
    return { commitMs, reactMs, frameMs };
  },
};
