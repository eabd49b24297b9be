/** "Test" on the Monitors screen: opens a line for a few seconds with a family's driver and says what came. */
import type { LineTestView } from '../core/api/views.ts';
import type { MetricId } from '../core/nomenclature/metrics.ts';
import type { Observation } from '../core/observation/observation.ts';
import type { DeviceProfile, DriverOptions } from '../devices/device.ts';
import type { Transport } from '../devices/transport/transport.ts';
import type { Clock } from './clock.ts';
import { startDeviceSession } from './device-session.ts';

/** How long a line is listened to at most (ms); it ends earlier once values have come. */
export const LINE_TEST_MS = 12_000;
/** After the first value the rest of the record gets this long to arrive (ms). */
const SETTLE_MS = 1500;

export const testLine = (
  profile: DeviceProfile,
  options: DriverOptions,
  makeTransport: () => Transport | Promise<Transport>,
  clock: Clock,
): Promise<LineTestView> =>
  new Promise((resolve, reject) => {
    const values = new Map<MetricId, Observation>();
    let isSettling = false;
    const session = startDeviceSession(profile, options, makeTransport, clock, {
      outputs: (outputs) => {
        for (const output of outputs) {
          if (output.type === 'observation') values.set(output.observation.metric, output.observation);
        }
        if (values.size > 0 && !isSettling) {
          isSettling = true;
          clock.after(SETTLE_MS, finish);
        }
      },
      // Refused or lost: whoever tests the line is told so at once, not after the whole time.
      status: ({ state }) => {
        if (state === 'failed') clock.after(0, finish);
      },
      raw: () => undefined,
    });
    let isDone = false;
    const finish = (): void => {
      if (isDone) return;
      isDone = true;
      const { state, detail } = session.status();
      const counters = session.counters();
      const words =
        counters.frames === 0 && counters.rejectedBytes > 0
          ? 'Bytes arrive but nothing is understood: wrong family, or wrong line settings.'
          : counters.bytes === 0 && state === 'negotiating'
            ? 'The line is open but nothing arrives: check the cable, and that the monitor sends on this port.'
            : detail;
      session
        .stop()
        .then(() => resolve({ state, detail: words, counters, values: [...values.values()] }), reject);
    };
    clock.after(LINE_TEST_MS, finish);
  });
