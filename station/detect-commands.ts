/** "Find out what this is" on the Monitors screen: one line at a time, told to the windows as it goes. */
import type { Handlers } from '../core/api/commands.ts';
import { RefusedError } from '../core/api/serve.ts';
import type { DeviceProfile } from '../devices/device.ts';
import { lineKey } from './config.ts';
import { detectMonitor } from './detect/detect.ts';
import type { FanOut } from './fan-out.ts';
import type { StationDeps } from './ports.ts';
import type { Roster } from './roster.ts';

export interface DetectCommands {
  readonly commands: Pick<Handlers, 'monitor.detect' | 'monitor.detectStop'>;
  /** Ends what is running; the station stops. */
  stop(): void;
}

/** One line at a time; a line that a monitor is read from is left alone. */
export const detectCommands = (
  deps: StationDeps,
  roster: Roster,
  fanOut: Pick<FanOut, 'push'>,
): DetectCommands => {
  let running: AbortController | null = null;
  const stop = (): void => running?.abort();
  return {
    stop,
    commands: {
      'monitor.detect': async ({ address }) => {
        if (running !== null) {
          throw new RefusedError('conflict', 'Another line is being looked at just now. Wait, or stop it.');
        }
        const key = lineKey(address);
        const owner = roster.monitors().find((item) => lineKey(item.config().address) === key);
        if (owner !== undefined) {
          throw new RefusedError('conflict', `${owner.config().name} is read from this line.`);
        }
        const [first] = deps.profiles;
        if (first === undefined) throw new RefusedError('not-allowed', 'No monitor family is known.');
        const control = new AbortController();
        running = control;
        try {
          return await detectMonitor({
            profiles: deps.profiles,
            clock: deps.clock,
            kind: address.kind === 'serial' ? 'serial' : 'network',
            openLine: (serial) => deps.openLine(bare(first), address, 'finding out', serial),
            progress: (progress) => fanOut.push('detecting', progress),
            cancelled: control.signal,
          });
        } finally {
          running = null;
        }
      },
      'monitor.detectStop': () => {
        stop();
        return {};
      },
    },
  };
};

/** For a line of nobody's: bytes as they come. */
const bare = (profile: DeviceProfile): DeviceProfile => ({ ...profile, framing: { kind: 'raw' } });
