/** Two windows that set up the same monitor at once: one line is read afterwards, the one that the configuration names. */
import { describe, expect, it } from 'vitest';
import { monitorId } from '../../core/ids.ts';
import { CHAIR, type Harness, startHarness } from '../support/station-harness.ts';
import { openVisit, sessionOf } from '../support/visit.ts';

const TOY_1 = monitorId('toy-1');
const heartRate = (harness: Harness): number | null =>
  harness.station.view().chairs[0]?.current.MDC_ECG_HEART_RATE?.observation.value ?? null;
const to = (host: string) =>
  ({
    monitorId: TOY_1,
    name: 'Toy',
    address: { kind: 'tcp', host, port: 1 },
    by: `Engineer of ${host}`,
  }) as const;

describe('a monitor that is being changed', () => {
  it('takes no second change meanwhile: its first line would go on feeding the chair', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openVisit(client);
    const outcomes = await Promise.allSettled([
      client.call('monitor.change', to('one')),
      harness.window().call('monitor.change', to('two')),
    ]);
    expect(outcomes).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'conflict' } },
    ]);
    const [view] = harness.station.view().monitors;
    expect(view?.addressLabel).toBe('one:1');
    harness.say('MDC_ECG_HEART_RATE=71', 'one');
    expect(heartRate(harness)).toBe(71);
    expect(() => harness.line('two')).toThrow();
    const events = await client.call('history.events', { sessionId: sessionOf(harness).id });
    expect(events.filter(({ body }) => body.type === 'monitor-changed')).toHaveLength(1);
    // Afterwards it can be changed again.
    await client.call('monitor.change', to('two'));
    harness.say('MDC_ECG_HEART_RATE=72', 'two');
    expect(heartRate(harness)).toBe(72);
  });

  it('is not removed meanwhile: it would come back to a chair that has it no more', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const outcomes = await Promise.allSettled([
      client.call('monitor.change', to('one')),
      harness.window().call('monitor.remove', { monitorId: TOY_1, by: 'E' }),
      // What was allowed or forbidden on the way would be forgotten with the old line.
      harness.window().call('monitor.allowCuff', { monitorId: TOY_1, allow: false, by: 'E' }),
    ]);
    expect(outcomes).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'conflict' } },
      { status: 'rejected', reason: { code: 'conflict' } },
    ]);
    await client.call('monitor.remove', { monitorId: TOY_1, by: 'E' });
    expect(harness.station.view().monitors).toEqual([]);
    harness.say('MDC_ECG_HEART_RATE=71', 'one');
    expect(heartRate(harness)).toBeNull();
    expect(harness.station.view().chairs.map(({ id }) => id)).toEqual([CHAIR]);
  });
});
