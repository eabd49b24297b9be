/**
 * What the station watches besides the monitors' numbers: whether a window can sound, how much room the disk has,
 * and whose monitors these are. Tells each chair's alarm engine what changed, also a chair that was added later.
 */
import type { Handlers } from '../core/api/commands.ts';
import { RefusedError } from '../core/api/serve.ts';
import type { MonitorId } from '../core/ids.ts';
import type { Chair } from './chair.ts';
import { startDiskWatch } from './disk-watch.ts';
import { createIdentityWatch, type MonitorFacts } from './identity-watch.ts';
import type { Monitor } from './monitor.ts';
import { originOf, type StationDeps } from './ports.ts';
import type { Roster } from './roster.ts';
import type { SoundWatch, Unheard } from './sound-watch.ts';

export interface RoomWatch {
  /** To be called about once a second. */
  look(): void;
  readonly commands: Pick<Handlers, 'monitor.confirm'>;
  stop(): void;
}

export interface RoomWatchDeps {
  readonly station: Pick<StationDeps, 'clock' | 'log' | 'freeDiskBytes'>;
  readonly roster: Roster;
  readonly sound: SoundWatch;
}

/** What a chair was told last. */
interface Told {
  unheard: string | null;
  freeBytes: number | null;
}

export const createRoomWatch = ({ station, roster, sound }: RoomWatchDeps): RoomWatch => {
  const { clock, log } = station;
  const identities = createIdentityWatch();
  const told = new WeakMap<Chair, Told>();
  const doubts = new Map<MonitorId, string | null>();
  let freeBytes: number | null = null;
  let isUnheard = false;

  const tellRoom = (chair: Chair, unheard: Unheard | null): void => {
    const known = told.get(chair) ?? { unheard: null, freeBytes: null };
    told.set(chair, known);
    const words = unheard === null ? null : unheard.why;
    if (words !== known.unheard) {
      known.unheard = words;
      chair.alarm({ type: 'audibility', unheard, at: clock.now() });
    }
    if (freeBytes !== known.freeBytes) {
      known.freeBytes = freeBytes;
      chair.alarm({ type: 'disk', freeBytes, at: clock.now() });
    }
  };

  const tellDoubts = (): void => {
    for (const [id, doubt] of identities.look(roster.monitors().map(factsOf(roster)))) {
      if ((doubts.get(id) ?? null) === doubt) continue;
      doubts.set(id, doubt);
      const chair = roster.chair(roster.monitor(id).chairId);
      chair.alarm({ type: 'identity', monitorId: id, doubt, at: clock.now() });
    }
    const ids = roster.monitors().map(({ id }) => id);
    for (const id of doubts.keys()) if (!ids.includes(id)) doubts.delete(id);
  };

  /** The desktop and `serve` have a last resort of their own; the log keeps that it was needed. */
  const tellLog = (): void => {
    const unheard = roster.chairs().some((chair) => chair.hasAlarm('no-sound', 'high'));
    if (unheard && !isUnheard) log.error('an alarm is on and no window can sound it');
    isUnheard = unheard;
  };

  const look = (): void => {
    const unheard = sound.unheard();
    for (const chair of roster.chairs()) tellRoom(chair, unheard);
    tellDoubts();
    tellLog();
  };

  const stop = startDiskWatch({
    clock,
    log,
    freeBytes: station.freeDiskBytes,
    tell: (bytes) => {
      freeBytes = bytes ?? freeBytes;
      look();
    },
  });

  return {
    look,
    stop,
    commands: {
      'monitor.confirm': ({ monitorId, by }) => {
        const monitor = roster.monitor(monitorId);
        look();
        const doubt = doubts.get(monitorId) ?? null;
        if (doubt === null) {
          throw new RefusedError('conflict', `Nothing speaks against ${monitor.config().name} any more.`);
        }
        // On disk before it counts: who looked, and at what.
        roster.chair(monitor.chairId).enterOne({ type: 'monitor-confirmed', monitorId, doubt }, by);
        identities.confirm(monitorId);
        look();
        return {};
      },
    },
  };
};

const factsOf =
  (roster: Roster) =>
  (monitor: Monitor): MonitorFacts => {
    const chair = roster.chair(monitor.chairId);
    return {
      id: monitor.id,
      name: monitor.config().name,
      chairId: monitor.chairId,
      chairName: chair.name,
      sessionId: chair.session()?.id ?? null,
      family: monitor.profile.id,
      ...monitor.said(),
      isLive: originOf(monitor.config()) === 'live',
    };
  };
