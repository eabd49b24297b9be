/** Who is watching: pushes reach every window in order; raw bytes only those that asked for them. */

import type { CommandResults, Handlers } from '../core/api/commands.ts';
import type { Channel } from '../core/api/envelope.ts';
import { type ReportFault, type ServedChannel, serveChannel } from '../core/api/serve.ts';
import type { StationView, TopicName, Topics } from '../core/api/views.ts';
import type { ChairId, MonitorId } from '../core/ids.ts';
import type { SoundWatch } from './sound-watch.ts';

export interface FanOut {
  push<T extends TopicName>(topic: T, payload: Topics[T]): void;
  pushRaw(payload: Topics['raw']): void;
  /** To the windows that watch the waves of this chair. */
  pushWaves(payload: Topics['waves']): void;
  /** True when some window watches the raw bytes of this monitor: else nobody needs them made into text. */
  isWatched(id: MonitorId): boolean;
  windows(): number;
  closeAll(): void;
}

/** What is the same for every window; watching, and what it says of itself, is each window's own. */
export type SharedHandlers = Omit<Handlers, 'monitor.watch' | 'wave.watch' | 'window.sound'>;

/** What one window is given, by who is at it. */
export interface WindowParts {
  readonly handlers: SharedHandlers;
  /** The answer to `wave.watch`. @throws RefusedError when there is no such chair. */
  readonly recentWaves: (chairId: ChairId) => CommandResults['wave.watch'];
  /** @throws RefusedError when whoever is there may not watch. */
  readonly authorise: (command: 'monitor.watch' | 'wave.watch') => unknown;
  /** What of a push this window may see; null: nothing. */
  readonly seen: <T extends TopicName>(topic: T, payload: Topics[T]) => Topics[T] | null;
}

export interface FanOutHost extends FanOut {
  /** A window connected: it gets the whole state first, then every change, each as far as it may see it. */
  attach(channel: Channel, snapshot: () => StationView, window: WindowParts): ServedChannel;
}

export const createFanOut = (reportFault: ReportFault, sound: SoundWatch): FanOutHost => {
  const windows = new Map<Channel, { served: ServedChannel; watched: Set<MonitorId>; waves: Set<ChairId> }>();

  return {
    push: (topic, payload) => {
      for (const { served } of windows.values()) served.push(topic, payload);
    },
    pushRaw: (payload) => {
      for (const { served, watched } of windows.values()) {
        if (watched.has(payload.monitorId)) served.push('raw', payload);
      }
    },
    pushWaves: (payload) => {
      for (const { served, waves } of windows.values()) {
        if (waves.has(payload.chairId)) served.push('waves', payload);
      }
    },
    isWatched: (id) => [...windows.values()].some(({ watched }) => watched.has(id)),
    windows: () => windows.size,
    closeAll: () => {
      for (const channel of [...windows.keys()]) channel.close();
    },
    attach: (channel, snapshot, { handlers, recentWaves, authorise, seen }) => {
      const watched = new Set<MonitorId>();
      const waves = new Set<ChairId>();
      const own: Handlers = {
        ...handlers,
        'wave.watch': ({ chairId, on }) => {
          if (on) authorise('wave.watch');
          const recent = recentWaves(chairId);
          if (on) waves.add(chairId);
          else waves.delete(chairId);
          return on ? recent : { recent: [] };
        },
        'monitor.watch': ({ monitorId, on }) => {
          if (on) authorise('monitor.watch');
          if (on) watched.add(monitorId);
          else watched.delete(monitorId);
          return {};
        },
        'window.sound': ({ state }) => {
          sound.told(channel, state);
          return {};
        },
      };
      const line = serveChannel(channel, own, reportFault);
      const served: ServedChannel = {
        stop: line.stop,
        push: (topic, payload) => {
          const visible = seen(topic, payload);
          if (visible !== null) line.push(topic, visible);
        },
      };
      windows.set(channel, { served, watched, waves });
      channel.onClosed(() => {
        windows.delete(channel);
        sound.closed(channel);
        served.stop();
      });
      sound.opened(channel);
      served.push('snapshot', snapshot());
      return served;
    },
  };
};
