import { describe, expect, it } from 'vitest';
import { monitorId } from '../../core/ids.ts';
import { describeSettings } from '../../core/line/line-settings.ts';
import { parseConfig } from '../../station/config.ts';
import { CHAIR, startHarness } from '../support/station-harness.ts';
import { TOY } from '../support/toy-family.ts';
import { openVisit, sessionOf } from '../support/visit.ts';

const TOY_1 = monitorId('toy-1');
const ADDRESS = { kind: 'serial', path: '/dev/ttyUSB0', usb: null } as const;

const configOf = (monitor: object) =>
  parseConfig(
    JSON.stringify({
      chairs: [
        {
          id: CHAIR,
          name: 'Chair 1',
          monitors: [{ id: TOY_1, name: 'Toy', family: 'toy', address: ADDRESS, ...monitor }],
        },
      ],
    }),
    'test',
  );

describe('the line of one monitor', () => {
  it('is its family’s, but for what the configuration says otherwise: in words, on screens and where it is opened', async () => {
    const harness = await startHarness({ config: configOf({ line: { baudRate: 19_200, parity: 'odd' } }) });
    const [view] = harness.station.view().monitors;
    expect(view?.addressLabel).toBe('/dev/ttyUSB0 19200 8O1');
    expect(view?.line).toEqual({ baudRate: 19_200, parity: 'odd' });
    expect(view?.familyLine).toEqual(TOY.serial);
    expect(harness.openedWith.map(describeSettings)).toEqual(['19200 8O1']);
  });

  it('is changed by a person: opened anew at once, kept for the next start, and an entry of the record', async () => {
    const harness = await startHarness({ config: configOf({}) });
    const client = harness.window();
    await openVisit(client);
    const changed = await client.call('monitor.change', {
      monitorId: TOY_1,
      name: 'Toy at the window',
      address: ADDRESS,
      line: { baudRate: 4800, dataBits: 8 },
      by: 'Engineer E',
    });
    await harness.clock.advance(500);
    // 8 data bits are what the family has anyway: not kept as if somebody had chosen them.
    expect(changed.line).toEqual({ baudRate: 4800 });
    expect(harness.openedWith.map(describeSettings)).toEqual(['9600 8N1', '4800 8N1']);
    expect(harness.saved.at(-1)?.chairs[0]?.monitors[0]).toMatchObject({
      id: TOY_1,
      name: 'Toy at the window',
      line: { baudRate: 4800 },
    });
    const events = await client.call('history.events', { sessionId: sessionOf(harness).id });
    expect(events.filter(({ body }) => body.type === 'monitor-changed')).toMatchObject([
      {
        by: 'Engineer E',
        body: {
          before: 'Toy, /dev/ttyUSB0 9600 8N1',
          after: 'Toy at the window, /dev/ttyUSB0 4800 8N1',
        },
      },
    ]);
  });

  it('behind a network address is changed in the record’s words as well', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openVisit(client);
    const address = { kind: 'tcp', host: 'toy', port: 1 } as const;
    await client.call('monitor.change', {
      monitorId: TOY_1,
      name: 'Toy',
      address,
      line: { baudRate: 4800 },
      by: 'E',
    });
    const events = await client.call('history.events', { sessionId: sessionOf(harness).id });
    expect(events.flatMap(({ body }) => (body.type === 'monitor-changed' ? [body] : []))).toMatchObject([
      { before: 'Toy, toy:1', after: 'Toy, toy:1, line 4800 8N1' },
    ]);
  });

  it('that is set up wrong and stays silent leaves the monitor lost, not forgotten', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openVisit(client);
    harness.sayWell();
    await harness.clock.advance(1000);
    const address = { kind: 'tcp', host: 'elsewhere', port: 1 } as const;
    await client.call('monitor.change', { monitorId: TOY_1, name: 'Toy', address, by: 'E' });
    await harness.clock.advance(30_000);
    const alarms = harness.station.view().chairs[0]?.alarms.alarms ?? [];
    expect(alarms.some((alarm) => alarm.monitorId === TOY_1)).toBe(true);
    harness.say('MDC_ECG_HEART_RATE=71', 'elsewhere');
    await harness.clock.advance(500);
    expect(harness.station.view().chairs[0]?.current.MDC_ECG_HEART_RATE?.observation.value).toBe(71);
  });

  it.each([
    ['another address', { address: { kind: 'tcp', host: 'elsewhere', port: 1 } as const }],
    [
      'other line settings',
      { address: { kind: 'tcp', host: 'toy', port: 1 } as const, line: { baudRate: 4800 } },
    ],
  ])(
    'that gets %s takes the numbers from before off every screen at once, the cuff’s as well',
    async (_, change) => {
      const harness = await startHarness();
      const client = harness.window();
      await openVisit(client);
      harness.sayWell();
      await harness.clock.advance(1000);
      let shown: readonly string[] = [];
      client.on('snapshot', ({ chairs }) => {
        shown = chairs.flatMap(({ current }) => Object.keys(current));
      });
      await client.call('monitor.change', { monitorId: TOY_1, name: 'Toy', by: 'E', ...change });
      expect(Object.keys(harness.station.view().chairs[0]?.current ?? {})).toEqual([]);
      expect(shown).toEqual([]);
      // The record says why they end here.
      const stored = await client.call('history.events', { sessionId: sessionOf(harness).id });
      expect(stored.some(({ body }) => body.type === 'link-changed' && body.text === 'Set up anew.')).toBe(
        true,
      );
    },
  );

  it('cannot become another family, nor anything else that the command does not know', async () => {
    const harness = await startHarness({ config: configOf({}) });
    const stray = { monitorId: TOY_1, name: 'Toy', address: ADDRESS, family: 'nellcor', by: 'E' };
    await expect(harness.window().call('monitor.change', stray)).rejects.toMatchObject({
      code: 'invalid-params',
      message: expect.stringContaining('family'),
    });
    expect(harness.station.view().monitors[0]?.family).toBe('toy');
    expect(harness.saved).toEqual([]);
  });

  it('stays as it is when only the name is another: nothing is opened anew', async () => {
    const harness = await startHarness({ config: configOf({}) });
    const client = harness.window();
    await client.call('monitor.change', { monitorId: TOY_1, name: 'New name', address: ADDRESS, by: 'E' });
    await harness.clock.advance(500);
    expect(harness.station.view().monitors[0]?.name).toBe('New name');
    expect(harness.openedWith).toHaveLength(1);
  });

  it.each([
    ['another origin', { address: { kind: 'simulator', scenario: 'steady' } as const }, 'not-allowed'],
    ['an option that the family has not', { address: ADDRESS, options: { depth: 3 } }, 'invalid-params'],
    ['a rate that no line has', { address: ADDRESS, line: { baudRate: 7 } }, 'invalid-params'],
  ])('cannot be given %s', async (_, change, code) => {
    const harness = await startHarness({ config: configOf({}) });
    await expect(
      harness.window().call('monitor.change', { monitorId: TOY_1, name: 'Toy', by: 'E', ...change }),
    ).rejects.toMatchObject({ code });
    expect(harness.openedWith).toHaveLength(1);
  });

  it('of an earlier configuration, where it stood among the options, is brought to where it stands now', () => {
    const options = { baudRate: '4800', characterForm: '7E1', flowControl: 'xonxoff', pollS: 3 };
    expect(configOf({ options }).chairs[0]?.monitors[0]).toMatchObject({
      options: { pollS: 3 },
      line: { baudRate: 4800, dataBits: 7, parity: 'even', stopBits: 1, flowControl: 'xonxoff' },
    });
  });
});
