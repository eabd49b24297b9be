import { expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import type { StationView } from '../../core/api/views.ts';
import { startHarness } from '../support/station-harness.ts';

/** What this window shows: the last whole state and the numbers since. */
const shownBy = (window: StationClient) => {
  let metrics = new Set<string>();
  const take = (view: StationView): void => {
    metrics = new Set(view.chairs.flatMap(({ current }) => Object.keys(current)));
  };
  window.on('snapshot', take);
  window.on('observations', ({ values }) => {
    for (const { observation } of values) metrics.add(observation.metric);
  });
  return () => [...metrics];
};

it('a monitor that is taken away takes its numbers off every screen at once', async () => {
  const harness = await startHarness();
  const window = harness.window();
  const shown = shownBy(window);
  harness.sayWell();
  expect(shown().length).toBeGreaterThan(0);
  const [monitor] = harness.station.view().monitors;
  if (monitor === undefined) throw new Error('no monitor');
  await window.call('monitor.remove', { monitorId: monitor.id, by: 'Engineer E' });
  expect(shown()).toEqual([]);
  await harness.station.stop();
});

it('a computer that slept shows no number from before, in any window', async () => {
  const harness = await startHarness();
  const shown = shownBy(harness.window());
  harness.sayWell();
  expect(shown().length).toBeGreaterThan(0);
  harness.clock.jumpWall(3_600_000);
  await harness.clock.advance(1100);
  expect(shown()).toEqual([]);
  await harness.station.stop();
});
