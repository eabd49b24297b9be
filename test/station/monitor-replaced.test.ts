/** What a monitor said of itself is not said of the next one on the same line, nor while it says nothing. */
import { expect, it } from 'vitest';
import type { DeviceProfile, DriverOutput } from '../../devices/device.ts';
import { startHarness } from '../support/station-harness.ts';
import { TOY, TOY_QUIET_MS } from '../support/toy-family.ts';

/** A toy that names itself on lines `!serial`, and says something that no metric has on lines `?value`. */
const TALKING: DeviceProfile = {
  ...TOY,
  createDriver: (options) => ({
    ...TOY.createDriver(options),
    receive: (chunk: Uint8Array): readonly DriverOutput[] => {
      const line = new TextDecoder('latin1').decode(chunk).trim();
      const said = line.slice(1);
      const serial = said === '' ? null : said;
      return [
        { type: 'frame', byteCount: chunk.length },
        ...(line.startsWith('!')
          ? [{ type: 'identity', identity: { model: 'T', serial, software: null } } as const]
          : ([
              { type: 'unmapped', id: 'T2', value: said },
              { type: 'limits', limits: { metric: 'MDC_ECG_HEART_RATE', low: 50, high: Number(said) } },
            ] as const)),
      ];
    },
  }),
};

it('raw values and limits go when another device names itself, and stay when the same one says more', async () => {
  const harness = await startHarness({ profiles: [TALKING] });
  const said = () => {
    const [monitor] = harness.station.view().monitors;
    return [monitor?.unmapped.map(({ value }) => value), monitor?.limits.map(({ high }) => high)];
  };
  harness.say('!');
  harness.say('?120');
  harness.say('!42');
  harness.say('!42');
  expect(said()).toEqual([['120'], [120]]);
  harness.say('!43');
  expect(said()).toEqual([[], []]);
  harness.say('?130');
  expect(said()).toEqual([['130'], [130]]);
});

it('raw values are not shown while the monitor is silent, and are when it speaks again', async () => {
  const harness = await startHarness({ profiles: [TALKING] });
  const said = () => harness.station.view().monitors[0]?.unmapped.map(({ value }) => value);
  harness.say('?120');
  expect(said()).toEqual(['120']);
  await harness.clock.advance(TOY_QUIET_MS + 500);
  expect(said()).toEqual([]);
  harness.say('!42');
  expect(said()).toEqual(['120']);
});
