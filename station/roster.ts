/**
 * The chairs and monitors that are running, kept in step with the configuration: add and remove while the
 * station runs. Whoever is started here is stopped here.
 */

import { RefusedError } from '../core/api/serve.ts';
import type { ChairView } from '../core/api/views.ts';
import { type ChairId, chairId, type MonitorId, monitorId } from '../core/ids.ts';
import type { MetricId } from '../core/nomenclature/metrics.ts';
import type { DataOrigin } from '../core/session/events.ts';
import { type Chair, type ChairDeps, createChair } from './chair.ts';
import type { ChairConfig, MonitorConfig, StationConfig } from './config.ts';
import type { FanOut } from './fan-out.ts';
import type { MonitorIdentity } from './identity-record.ts';
import { type Monitor, startMonitor } from './monitor.ts';
import { originOf, type StationDeps } from './ports.ts';
import type { Recorder } from './recorder.ts';

export interface Roster {
  chairs(): readonly Chair[];
  monitors(): readonly Monitor[];
  /** @throws RefusedError `not-found`. */
  chair(id: ChairId): Chair;
  /** @throws RefusedError `not-found`. */
  monitor(id: MonitorId): Monitor;
  /** The same, for whoever is about to change or remove it. @throws RefusedError `not-found`; `conflict` while that goes on. */
  changeable(id: MonitorId): Monitor;
  addChair(config: ChairConfig): Chair;
  removeChair(id: ChairId): void;
  addMonitor(chair: ChairId, config: MonitorConfig): Monitor;
  /**
   * Gives a monitor another configuration under the same id and at the same place; the line is opened anew unless only its
   * name is another. @throws RefusedError as `changeable`, OptionError.
   */
  changeMonitor(config: MonitorConfig): Promise<Monitor>;
  /** Whether the cuff of this monitor may be started from a screen; part of the configuration. */
  allowCuff(id: MonitorId, allow: boolean): Monitor;
  /** The chair a monitor stands at. @throws RefusedError `not-found`. */
  chairOfMonitor(id: MonitorId): Chair;
  /**
   * Puts a chair's monitors into this order, first choice first; of one `metric` only, or null: of all without an order of
   * their own. @throws RefusedError unless it names each of them once (or, of a metric, none: it follows the chair again).
   */
  orderMonitors(id: ChairId, metric: MetricId | null, order: readonly MonitorId[]): void;
  /** @throws RefusedError as `changeable`. */
  removeMonitor(id: MonitorId): Promise<void>;
  /** The configuration that describes what is running. */
  config(): StationConfig;
  stop(): Promise<void>;
}

export interface RosterDeps {
  readonly station: StationDeps;
  readonly fanOut: FanOut;
  readonly recorders: { readonly live: Recorder; readonly synthetic: Recorder };
  readonly approvalOf: ChairDeps['approvalOf'];
  readonly alarmPolicy: ChairDeps['alarmPolicy'];
  /** What the configuration says besides its chairs. */
  readonly settings: Omit<StationConfig, 'chairs'>;
}

interface Seat {
  config: ChairConfig;
  readonly chair: Chair;
}

/** What a chair's numbers are, by its monitors. A chair without monitors counts as live (or as the demo). */
export const chairOrigin = (config: ChairConfig, demo: boolean): DataOrigin => {
  const [first] = config.monitors;
  if (first !== undefined) return originOf(first);
  return demo ? 'simulated' : 'live';
};

/** The chair's configuration without a monitor, which then stands in no order either. */
const withoutMonitor = (config: ChairConfig, id: MonitorId): ChairConfig => ({
  ...config,
  monitors: config.monitors.filter((item) => item.id !== id),
  sourceOrder: Object.fromEntries(
    Object.entries(config.sourceOrder ?? {}).flatMap(([metric, order]) => {
      const left = order.filter((item) => item !== id);
      return left.length < 2 ? [] : [[metric, left]];
    }),
  ),
});

const ordersOf = ({ sourceOrder }: ChairConfig): ChairView['sourceOrder'] =>
  Object.fromEntries(
    Object.entries(sourceOrder ?? {}).map(([metric, order]) => [
      metric,
      order.map((item) => monitorId(item)),
    ]),
  );

export const createRoster = (deps: RosterDeps): Roster => {
  const { station, fanOut } = deps;
  const seats = new Map<ChairId, Seat>();
  const monitors = new Map<MonitorId, { monitor: Monitor; chair: ChairId }>();
  /** Removed, and still in the record of why its numbers end. */
  const leaving = new Map<MonitorId, MonitorIdentity>();
  /** Their old line is being closed: a second change now would leave one of the two new ones open for ever. */
  const changing = new Set<MonitorId>();

  const seat = (id: ChairId): Seat => {
    const found = seats.get(id);
    if (found === undefined) throw new RefusedError('not-found', `There is no chair "${id}".`);
    return found;
  };

  const entry = (id: MonitorId) => {
    const found = monitors.get(id);
    if (found === undefined) throw new RefusedError('not-found', `There is no monitor "${id}".`);
    return found;
  };

  const connect = (to: Seat, config: MonitorConfig): Monitor => {
    const profile = station.profiles.find((item) => item.id === config.family);
    if (profile === undefined) {
      throw new RefusedError('invalid-params', `There is no device family "${config.family}".`);
    }
    const { chair } = to;
    const id = monitorId(config.id);
    const monitor: Monitor = startMonitor(config, chair.id, profile, station, {
      observations: (values, at) => chair.observe(id, values, at),
      waves: (blocks) => chair.waves(id, blocks),
      condition: (condition, at) => chair.condition(id, condition, at),
      link: (state, cause, at) =>
        chair.link(id, state, cause, monitors.get(id)?.monitor.delivered() ?? [], at),
      changed: () => {
        const running = monitors.get(id);
        if (running !== undefined) fanOut.push('monitor', running.monitor.view());
      },
      raw: (direction, bytes, at) => {
        if (!fanOut.isWatched(id)) return;
        fanOut.pushRaw({ monitorId: id, at, direction, hex: Buffer.from(bytes).toString('hex') });
      },
    });
    monitors.set(id, { monitor, chair: chair.id });
    return monitor;
  };

  const roster: Roster = {
    chairs: () => [...seats.values()].map((item) => item.chair),
    // In the order of the chairs and of their sources.
    monitors: () =>
      [...seats.values()].flatMap(({ config }) =>
        config.monitors.flatMap((item) => monitors.get(monitorId(item.id))?.monitor ?? []),
      ),
    chair: (id) => seat(id).chair,
    monitor: (id) => entry(id).monitor,
    changeable: (id) => {
      const { monitor } = entry(id);
      if (changing.has(id)) {
        throw new RefusedError('conflict', 'Somebody else is changing this monitor now. Look again.');
      }
      return monitor;
    },
    addChair: (config) => {
      const id = chairId(config.id);
      const made: Seat = {
        config: { ...config, monitors: [] },
        chair: createChair({
          config,
          origin: () => chairOrigin(seat(id).config, station.demo),
          monitorOrder: () => seat(id).config.monitors.map((item) => monitorId(item.id)),
          sourceOrder: () => ordersOf(seat(id).config),
          store: (origin) =>
            origin === 'live'
              ? { db: station.databases.live, recorder: deps.recorders.live }
              : { db: station.databases.synthetic, recorder: deps.recorders.synthetic },
          fanOut,
          newId: station.newId,
          now: station.clock.now,
          approvalOf: deps.approvalOf,
          alarmPolicy: deps.alarmPolicy,
          identityOf: (monitorId) => {
            const monitor = monitors.get(monitorId)?.monitor;
            return monitor === undefined ? (leaving.get(monitorId) ?? null) : identityOf(monitor);
          },
          storesAllWaves: deps.settings.waves?.storeWholeSession ?? false,
        }),
      };
      seats.set(id, made);
      for (const monitor of config.monitors) roster.addMonitor(id, monitor);
      return made.chair;
    },
    removeChair: (id) => {
      const found = seat(id);
      if (found.chair.session() !== null) {
        throw new RefusedError('not-allowed', 'A session is open on this chair: close it first.');
      }
      if (found.config.monitors.length > 0) {
        throw new RefusedError('not-allowed', 'This chair still has monitors: remove them first.');
      }
      seats.delete(id);
      fanOut.push('chairRemoved', { id });
    },
    addMonitor: (id, config) => {
      const to = seat(id);
      to.config = { ...to.config, monitors: [...to.config.monitors, config] };
      try {
        return connect(to, config);
      } catch (error) {
        to.config = { ...to.config, monitors: to.config.monitors.filter((item) => item.id !== config.id) };
        throw error;
      }
    },
    changeMonitor: async (config) => {
      const id = monitorId(config.id);
      const monitor = roster.changeable(id);
      const { chair: standsAt } = entry(id);
      const before = monitor.config();
      const at = seat(standsAt);
      const keep = (changed: MonitorConfig): void => {
        const all = at.config.monitors.map((item) => (item.id === config.id ? changed : item));
        at.config = { ...at.config, monitors: all };
      };
      if (JSON.stringify({ ...before, name: '' }) === JSON.stringify({ ...config, name: '' })) {
        monitor.rename(config.name);
        keep(monitor.config());
        return monitor;
      }
      changing.add(id);
      await monitor.stop().finally(() => changing.delete(id));
      // Its alarms stay: who changes a line and gets it wrong must still be told that the monitor is lost.
      at.chair.monitorSetAnew(id, monitor.delivered(), station.clock.now());
      keep(config);
      return connect(at, config);
    },
    allowCuff: (id, allow) => {
      const monitor = roster.changeable(id);
      const { chair } = entry(id);
      monitor.allowCuff(allow);
      const at = seat(chair);
      at.config = {
        ...at.config,
        monitors: at.config.monitors.map((item) => (item.id === id ? monitor.config() : item)),
      };
      return monitor;
    },
    chairOfMonitor: (id) => seat(entry(id).chair).chair,
    orderMonitors: (id, metric, order) => {
      const at = seat(id);
      if (metric !== null && order.length === 0) {
        const { [metric]: _, ...others } = at.config.sourceOrder ?? {};
        at.config = { ...at.config, sourceOrder: others };
        at.chair.sourcesReordered();
        return;
      }
      const sorted = order.flatMap((each) => at.config.monitors.find((item) => item.id === each) ?? []);
      if (new Set(sorted).size !== at.config.monitors.length || sorted.length !== order.length) {
        throw new RefusedError('invalid-params', 'Name each monitor of the chair once.');
      }
      at.config =
        metric === null
          ? { ...at.config, monitors: sorted }
          : { ...at.config, sourceOrder: { ...at.config.sourceOrder, [metric]: [...order] } };
      at.chair.sourcesReordered();
    },
    removeMonitor: async (id) => {
      const monitor = roster.changeable(id);
      const { chair } = entry(id);
      const from = seat(chair);
      monitors.delete(id);
      leaving.set(id, identityOf(monitor));
      from.config = withoutMonitor(from.config, id);
      await monitor.stop();
      from.chair.monitorRemoved(id, station.clock.now());
      leaving.delete(id);
      fanOut.push('monitorRemoved', { id });
    },
    config: () => ({ ...deps.settings, chairs: [...seats.values()].map((item) => item.config) }),
    stop: async () => {
      await Promise.all([...monitors.values()].map((item) => item.monitor.stop()));
    },
  };
  return roster;
};

/** What is known of a monitor: by its configuration and family, and what its protocol says of itself. */
const identityOf = (monitor: Monitor): MonitorIdentity => {
  const { identity } = monitor.said();
  return {
    name: monitor.config().name,
    family: monitor.profile.id,
    manufacturer: monitor.profile.manufacturer,
    model: identity?.model ?? null,
    serialNumber: identity?.serial ?? null,
    software: identity?.software ?? null,
  };
};
