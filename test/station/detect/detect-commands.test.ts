/** "Find out what this is" at the station: one line at a time, told to the windows, a used line left alone. */
import { expect, it } from 'vitest';
import type { DetectProgress } from '../../../core/api/detect-views.ts';
import { startHarness } from '../../support/station-harness.ts';

const OTHER = { kind: 'tcp', host: 'other', port: 1 } as const;

it('the family on a line is found, and windows are told how far it has come', async () => {
  const harness = await startHarness();
  const client = harness.window();
  const told: DetectProgress[] = [];
  client.on('detecting', (progress) => told.push(progress));
  const answer = client.call('monitor.detect', { address: OTHER });
  await harness.clock.advance(1000);
  harness.say('MDC_ECG_HEART_RATE=72', 'other');
  harness.say('MDC_ECG_HEART_RATE=73', 'other');
  await harness.clock.advance(3000);
  expect(await answer).toMatchObject({ outcome: 'found', found: { family: 'toy' } });
  expect(told).toMatchObject([{ phase: 'listening', step: 1 }]);
});

it('a line that a monitor is read from is left alone', async () => {
  const client = (await startHarness()).window();
  await expect(
    client.call('monitor.detect', { address: { kind: 'tcp', host: 'TOY', port: 1 } }),
  ).rejects.toMatchObject({ code: 'conflict', message: 'Toy is read from this line.' });
});

it('a second search waits its turn; stopping the first answers it and lets the next begin', async () => {
  const harness = await startHarness();
  const client = harness.window();
  const first = client.call('monitor.detect', { address: OTHER });
  await harness.clock.advance(500);
  await expect(client.call('monitor.detect', { address: OTHER })).rejects.toMatchObject({ code: 'conflict' });
  await client.call('monitor.detectStop', {});
  expect(await first).toMatchObject({ outcome: 'cancelled' });
  const next = client.call('monitor.detect', { address: OTHER });
  await harness.clock.advance(500);
  await client.call('monitor.detectStop', {});
  expect(await next).toMatchObject({ outcome: 'cancelled' });
});
