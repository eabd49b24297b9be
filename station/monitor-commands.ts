/** What the Monitors screen does: chairs and monitors come and go, lines are tested, ports are listed. */
import type { Handlers } from '../core/api/commands.ts';
import { RefusedError } from '../core/api/serve.ts';
import { chairId } from '../core/ids.ts';
import { describeSettings, onlyDifferent } from '../core/line/line-settings.ts';
import { bedsideRowsOf } from '../devices/bedside.ts';
import type { DeviceProfile, DriverOptions } from '../devices/device.ts';
import { lineSettingsOf } from '../devices/transport/line-settings.ts';
import { monitorAddressLabel } from './address-label.ts';
import { type ChairConfig, lineKey, type MonitorConfig } from './config.ts';
import { OptionError, resolveOptions } from './driver-options.ts';
import { testLine } from './line-test.ts';
import { originOf, type StationDeps } from './ports.ts';
import { chairOrigin, type Roster } from './roster.ts';

type MonitorCommand = Extract<
  keyof Handlers,
  | 'chair.add'
  | 'chair.remove'
  | 'chair.sourceOrder'
  | 'monitor.add'
  | 'monitor.change'
  | 'monitor.remove'
  | 'monitor.test'
  | 'ports.list'
  | 'families.list'
>;

/** A name for files and records, made from what a person typed and not yet in use. */
const freeId = (name: string, isTaken: (id: string) => boolean): string => {
  const base =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 30) || 'item';
  if (!isTaken(base)) return base;
  for (let n = 2; ; n += 1) if (!isTaken(`${base}-${n}`)) return `${base}-${n}`;
};

/** Keeps what is running for the next start; rejects with a `RefusedError` that says that it works now all the same. */
export const keepConfig =
  (deps: Pick<StationDeps, 'saveConfig'>, roster: Roster) => async (): Promise<void> => {
    try {
      await deps.saveConfig(roster.config());
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      throw new RefusedError(
        'storage-failed',
        `It works now, but could not be kept for the next start: ${words}`,
      );
    }
  };

export const monitorCommands = (
  deps: StationDeps,
  roster: Roster,
  pushSnapshot: () => void,
): Pick<Handlers, MonitorCommand> => {
  const save = keepConfig(deps, roster);

  const profileOf = (family: string) => {
    const profile = deps.profiles.find((item) => item.id === family);
    if (profile === undefined) {
      throw new RefusedError('invalid-params', `There is no device family "${family}".`);
    }
    return profile;
  };

  return {
    'chair.add': async ({ name }) => {
      const taken = (id: string): boolean => roster.chairs().some((chair) => chair.id === id);
      const config: ChairConfig = { id: freeId(name, taken), name, monitors: [] };
      const chair = roster.addChair(config);
      pushSnapshot();
      await save();
      return chair.view();
    },
    'chair.remove': async ({ chairId: id }) => {
      roster.removeChair(id);
      await save();
      return {};
    },
    'chair.sourceOrder': async ({ chairId: id, metric, order, by }) => {
      const chair = roster.chair(id);
      const own = metric === null ? undefined : chair.view().sourceOrder[metric];
      const before = own ?? [...chair.monitors()];
      roster.orderMonitors(id, metric, order);
      if (chair.session() !== null) {
        try {
          chair.enter([{ type: 'source-order-changed', metric, before, order }], by);
        } catch (error) {
          // What cannot be written down does not hold; a metric without an order of its own had none.
          roster.orderMonitors(id, metric, metric === null ? before : (own ?? []));
          throw error;
        }
      }
      pushSnapshot();
      await save();
      return {};
    },
    'monitor.add': async ({ chairId: chair, name, family, address, simulated, options, line }) => {
      const profile = profileOf(family);
      checkedOptions(profile, options);
      const target = roster.config().chairs.find((item) => item.id === chair);
      if (target === undefined) throw new RefusedError('not-found', `There is no chair "${chair}".`);
      const config: MonitorConfig = {
        id: freeId(name, (id) => roster.monitors().some((item) => item.id === id)),
        name,
        family,
        address,
        simulated,
        options,
        line: onlyDifferent(profile.serial, line),
        allowNibpStart: false,
      };
      refuseMixing(target, config, roster, deps.demo);
      refuseSharedLine(config, roster);
      roster.addMonitor(chair, config);
      const added = roster.monitors().find((item) => item.config().id === config.id);
      if (added === undefined) throw new Error('the monitor was added but is not there');
      pushSnapshot();
      await save();
      return added.view();
    },
    'monitor.change': async ({ monitorId: id, name, address, options, line, by }) => {
      const monitor = roster.changeable(id);
      const before = monitor.config();
      checkedOptions(monitor.profile, options);
      const change = { name, address, options, line: onlyDifferent(monitor.profile.serial, line) };
      const config: MonitorConfig = { ...before, ...change };
      if (originOf(config) !== originOf(before)) {
        throw new RefusedError(
          'not-allowed',
          'A monitor stays real or simulated: remove it and add the other.',
        );
      }
      refuseSharedLine(config, roster);
      const body = {
        type: 'monitor-changed',
        monitorId: id,
        before: setupWords(before, monitor.profile),
        after: setupWords(config, monitor.profile),
      } as const;
      const chair = roster.chair(monitor.chairId);
      // On disk before the line is touched: the record says who did it.
      if (chair.session() !== null && body.before !== body.after) chair.enter([body], by);
      const changed = await roster.changeMonitor(config);
      pushSnapshot();
      await save();
      return changed.view();
    },
    'monitor.remove': async ({ monitorId: id }) => {
      await roster.removeMonitor(id);
      // The whole state: the numbers of this monitor must go from every screen at once.
      pushSnapshot();
      await save();
      return {};
    },
    'monitor.test': ({ family, address, options, line, monitorId: own }) => {
      const profile = profileOf(family);
      const inUse = roster.monitors().find((item) => lineKey(item.config().address) === lineKey(address));
      if (inUse !== undefined && (address.kind === 'serial' || address.kind === 'tcp-listen')) {
        throw new RefusedError(
          'conflict',
          inUse.id === own
            ? 'This monitor is being read on this port: its card says what comes.'
            : `${inUse.config().name} already uses this port.`,
        );
      }
      const resolved = checkedOptions(profile, options);
      return testLine(
        profile,
        resolved,
        () => deps.openLine(profile, address, 'line test', lineSettingsOf(profile, line)),
        deps.clock,
      );
    },
    'ports.list': () => deps.listPorts(),
    'families.list': () =>
      deps.profiles.map((profile) => ({
        id: profile.id,
        title: profile.title,
        manufacturer: profile.manufacturer,
        models: profile.models,
        serial: profile.serial,
        callsIn: profile.callsIn === true,
        metrics: profile.metrics,
        options: profile.options,
        bedside: bedsideRowsOf(profile),
      })),
  };
};

/** @throws RefusedError `invalid-params` for an option that does not fit the family. */
const checkedOptions = (profile: DeviceProfile, options: MonitorConfig['options']): DriverOptions => {
  try {
    return resolveOptions(profile, options);
  } catch (error) {
    if (error instanceof OptionError) throw new RefusedError('invalid-params', error.message);
    throw error;
  }
};

/**
 * How a monitor is set up, for the record: "Rad-8, /dev/ttyUSB0 4800 8N1, pollS 2". What its line has otherwise is said
 * of every address: of a serial server the address alone does not tell.
 */
const setupWords = ({ name, address, options, line }: MonitorConfig, profile: DeviceProfile): string =>
  [
    name,
    monitorAddressLabel(address, lineSettingsOf(profile, line)),
    ...(address.kind === 'serial' || Object.keys(line).length === 0
      ? []
      : [`line ${describeSettings(lineSettingsOf(profile, line))}`]),
    ...Object.entries(options).map(([key, value]) => `${key} ${value}`),
  ].join(', ');

/** One patient's line must not feed two chairs. Simulators may serve several: no patient is mistaken for another. */
const refuseSharedLine = (added: MonitorConfig, roster: Roster): void => {
  if (originOf(added) !== 'live') return;
  const line = lineKey(added.address);
  const owner = roster
    .monitors()
    .find(
      (item) =>
        line !== null &&
        item.config().id !== added.id &&
        originOf(item.config()) === 'live' &&
        lineKey(item.config().address) === line,
    );
  if (owner !== undefined) {
    throw new RefusedError('conflict', `${owner.config().name} already listens on this line.`);
  }
};

/** A chair is either real or simulated: its record goes to one database and must say one thing. */
const refuseMixing = (target: ChairConfig, added: MonitorConfig, roster: Roster, demo: boolean): void => {
  const chair = roster.chair(chairId(target.id));
  const isSynthetic = originOf(added) !== 'live';
  // What an open session is counts for more than what is connected: its monitors may all have been removed.
  const wasSynthetic = (chair.session()?.origin ?? chairOrigin(target, demo)) !== 'live';
  if (target.monitors.length > 0 && isSynthetic !== wasSynthetic) {
    throw new RefusedError('not-allowed', 'A chair has either real or simulated monitors, never both.');
  }
  if (isSynthetic !== wasSynthetic && chair.session() !== null) {
    throw new RefusedError(
      'not-allowed',
      'A session is open on this chair: close it before changing what it is.',
    );
  }
};
