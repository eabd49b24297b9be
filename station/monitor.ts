/**
 * One configured monitor while the station runs: its device session, what it says about itself, and the view
 * windows get. Numbers are passed on at once; this file keeps none.
 */
import { type LinkState, type MonitorView, UNMAPPED_MAX, type UnmappedItem } from '../core/api/views.ts';
import { type ChairId, type MonitorId, monitorId } from '../core/ids.ts';
import type { MetricId } from '../core/nomenclature/metrics.ts';
import type { DeviceCondition, DeviceIdentity, DeviceLimits } from '../core/observation/device-report.ts';
import type { Observation } from '../core/observation/observation.ts';
import type { WaveBlock } from '../core/observation/waveform.ts';
import type { Instant } from '../core/time.ts';
import type { CuffCommand, DeviceProfile, DriverOutput } from '../devices/device.ts';
import { lineSettingsOf } from '../devices/transport/line-settings.ts';
import { monitorAddressLabel } from './address-label.ts';
import type { MonitorConfig } from './config.ts';
import { type DeviceSession, type LinkStatus, startDeviceSession } from './device-session.ts';
import { resolveOptions } from './driver-options.ts';
import { pacedProfile } from './paced-driver.ts';
import { originOf, type StationDeps } from './ports.ts';

export interface MonitorListener {
  observations(values: readonly Observation[], at: Instant): void;
  waves(blocks: readonly WaveBlock[]): void;
  condition(condition: DeviceCondition, at: Instant): void;
  /** The link came or went. `cause` is one line for people. */
  link(state: LinkState, cause: string, at: Instant): void;
  /** The view changed in something a person should see at once. */
  changed(): void;
  raw(direction: 'received' | 'sent', bytes: Uint8Array, at: Instant): void;
}

export interface Monitor {
  readonly id: MonitorId;
  /** As it stands now; `allowCuff` and `rename` change it. */
  config(): MonitorConfig;
  readonly profile: DeviceProfile;
  readonly chairId: ChairId;
  /** What it says of itself: which device it is, and the opaque word for its patient. */
  said(): { readonly identity: DeviceIdentity | null; readonly patient: string | null };
  /** The metrics it has delivered since it was connected; when the link goes, these go. */
  delivered(): readonly MetricId[];
  view(): MonitorView;
  /** Whether the cuff may be started from a screen, from now on. */
  allowCuff(allow: boolean): void;
  /** Another name on the screen, from now on. */
  rename(name: string): void;
  /** Asks the monitor for its cuff; false: it could not be asked now. */
  cuff(command: CuffCommand): boolean;
  stop(): Promise<void>;
}

/** Connects a monitor; runs until `stop`. @throws OptionError when an option does not fit the family. */
export const startMonitor = (
  given: MonitorConfig,
  chair: ChairId,
  profile: DeviceProfile,
  deps: StationDeps,
  listener: MonitorListener,
): Monitor => {
  let config = given;
  const id = monitorId(config.id);
  const conditions = new Map<string, DeviceCondition>();
  const limits = new Map<MetricId, DeviceLimits>();
  const delivered = new Set<MetricId>();
  const unmapped = new Map<string, UnmappedItem>();
  let identity: DeviceIdentity | null = null;
  let patient: string | null = null;
  let previous: LinkState = 'closed';
  let session: DeviceSession | null = null;

  const takeReports = (outputs: readonly DriverOutput[], at: Instant): void => {
    let isChanged = false;
    for (const output of outputs) {
      if (output.type === 'condition') {
        const { condition } = output;
        const key = `${condition.code}/${condition.metric ?? ''}/${condition.code === 'monitor-alarm' ? condition.text : ''}`;
        if (condition.present) conditions.set(key, condition);
        else conditions.delete(key);
        listener.condition(condition, at);
        isChanged = true;
      } else if (output.type === 'limits') {
        limits.set(output.limits.metric, output.limits);
        isChanged = true;
      } else if (output.type === 'unmapped') {
        if (!unmapped.has(output.id) && unmapped.size >= UNMAPPED_MAX) continue;
        unmapped.set(output.id, { id: output.id, value: output.value, at });
        isChanged = true;
      } else if (output.type === 'identity') {
        if (isOtherDevice(identity, output.identity)) {
          limits.clear();
          unmapped.clear();
        }
        identity = output.identity;
        isChanged = true;
      } else if (output.type === 'admission') {
        patient = output.patient;
      }
    }
    if (isChanged) listener.changed();
  };

  const onStatus = (status: LinkStatus): void => {
    if (status.state !== previous) {
      previous = status.state;
      if (status.state !== 'associated') conditions.clear();
      listener.link(status.state, status.detail, deps.clock.now());
    }
    listener.changed();
  };

  const options = resolveOptions(profile, config.options);
  const serial = lineSettingsOf(profile, config.line);
  const speed = config.address.kind === 'replay' ? config.address.speed : 1;
  session = startDeviceSession(
    pacedProfile(profile, speed),
    options,
    () => deps.openLine(profile, config.address, chair, serial),
    deps.clock,
    {
      outputs: (outputs, at) => {
        takeReports(outputs, at);
        const values = outputs.flatMap((output) =>
          output.type === 'observation' ? [output.observation] : [],
        );
        for (const value of values) if (value.value !== null) delivered.add(value.metric);
        if (values.length > 0) listener.observations(values, at);
        const blocks = outputs.flatMap((output) => (output.type === 'waveform' ? [output.block] : []));
        if (blocks.length > 0) listener.waves(blocks);
      },
      status: onStatus,
      raw: (direction, bytes, at) => listener.raw(direction, bytes, at),
    },
  );
  const running = session;

  return {
    id,
    config: () => config,
    profile,
    chairId: chair,
    said: () => ({ identity, patient }),
    delivered: () => [...delivered],
    view: () => {
      const status = running.status();
      return {
        id,
        chairId: chair,
        name: config.name,
        family: profile.id,
        familyTitle: profile.title,
        address: config.address,
        addressLabel: monitorAddressLabel(config.address, serial),
        options: config.options,
        line: config.line,
        familyLine: profile.serial,
        origin: originOf(config),
        state: status.state,
        detail: status.detail,
        retryAt: status.retryAt,
        lastFrameAt: status.lastFrameAt,
        counters: running.counters(),
        identity,
        conditions: [...conditions.values()],
        limits: [...limits.values()],
        canStartNibp: profile.canStartNibp && config.allowNibpStart,
        hasCuffControl: profile.canStartNibp,
        // A number that nobody confirms any more is no number of now; the driver tells it again when it changes.
        unmapped: status.state === 'associated' ? [...unmapped.values()] : [],
      };
    },
    allowCuff: (allow) => {
      config = { ...config, allowNibpStart: allow };
      listener.changed();
    },
    rename: (name) => {
      config = { ...config, name };
      listener.changed();
    },
    cuff: (command) => running.status().state === 'associated' && running.cuff(command),
    stop: () => running.stop(),
  };
};

/** True when both give a serial number and it is not the same: one that says more of itself is no other. */
const isOtherDevice = (before: DeviceIdentity | null, now: DeviceIdentity): boolean =>
  before !== null && before.serial !== null && now.serial !== null && before.serial !== now.serial;
