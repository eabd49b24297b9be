/**
 * Whose monitor is this? Holds what monitors say of themselves to the chairs they stand at: one device must not
 * speak for two monitors, and a monitor must not become another one, or turn to another patient, while a session is
 * open. What a person confirmed for this session is right until it changes again. Pure but for what it remembers;
 * nothing of it is stored.
 */
import type { ChairId, MonitorId, SessionId } from '../core/ids.ts';
import type { DeviceIdentity } from '../core/observation/device-report.ts';

/** What is known of one monitor now. */
export interface MonitorFacts {
  readonly id: MonitorId;
  readonly name: string;
  readonly chairId: ChairId;
  readonly chairName: string;
  /** Of its chair; null: none is open. */
  readonly sessionId: SessionId | null;
  readonly family: string;
  readonly identity: DeviceIdentity | null;
  /** The opaque word of the protocol for the patient it is connected to; null: it has none or says nothing. */
  readonly patient: string | null;
  /** False for simulators and recordings: several may say that they are the same device, no patient is mistaken. */
  readonly isLive: boolean;
}

export interface IdentityWatch {
  /** The doubts of every monitor that is given, in words; null where there is none. */
  look(monitors: readonly MonitorFacts[]): ReadonlyMap<MonitorId, string | null>;
  /** A person looked and says that this is the right monitor, as it is now. */
  confirm(id: MonitorId): void;
}

/** What was right for a session. */
interface Bound {
  readonly sessionId: SessionId;
  readonly device: string | null;
  readonly patient: string | null;
  /** The other monitors with the same device that a person has accepted. */
  readonly accepted: readonly MonitorId[];
}

export const createIdentityWatch = (): IdentityWatch => {
  const bounds = new Map<MonitorId, Bound>();
  let seen: readonly MonitorFacts[] = [];
  /** Real monitors with a serial number, by device. */
  let byDevice = new Map<string, MonitorFacts[]>();

  const twinsOf = (monitor: MonitorFacts): readonly MonitorFacts[] => {
    const group = byDevice.get(deviceOf(monitor) ?? '') ?? [];
    return group.includes(monitor) ? group.filter((other) => other !== monitor) : [];
  };

  const bind = (monitor: MonitorFacts, sessionId: SessionId): Bound => {
    const before = bounds.get(monitor.id);
    const device = deviceOf(monitor);
    const { patient } = monitor;
    const bound =
      before === undefined || before.sessionId !== sessionId
        ? { sessionId, device, patient, accepted: [] }
        : // What it says for the first time is what it is held to from then on.
          { ...before, device: before.device ?? device, patient: before.patient ?? patient };
    bounds.set(monitor.id, bound);
    return bound;
  };

  const doubt = (monitor: MonitorFacts): string | null => {
    const { sessionId } = monitor;
    if (sessionId === null) {
      bounds.delete(monitor.id);
      return null;
    }
    const bound = bind(monitor, sessionId);
    const twin = twinsOf(monitor).find(({ id }) => !bound.accepted.includes(id));
    if (twin !== undefined) {
      const where = twin.chairId === monitor.chairId ? 'also of this chair' : `at ${twin.chairName}`;
      return `${monitor.name} and ${twin.name} (${where}) say they are one device, ${wordsOf(monitor)}`;
    }
    const device = deviceOf(monitor);
    if (device !== null && device !== bound.device) {
      return `${monitor.name} is another device now, ${wordsOf(monitor)}`;
    }
    if (monitor.patient !== null && monitor.patient !== bound.patient) {
      return `${monitor.name} has another patient now`;
    }
    return null;
  };

  return {
    look: (monitors) => {
      seen = monitors;
      byDevice = groupedByDevice(monitors);
      for (const id of bounds.keys()) if (!monitors.some((monitor) => monitor.id === id)) bounds.delete(id);
      return new Map(monitors.map((monitor) => [monitor.id, doubt(monitor)]));
    },
    confirm: (id) => {
      const monitor = seen.find((each) => each.id === id);
      if (monitor === undefined || monitor.sessionId === null) return;
      const { sessionId, patient } = monitor;
      const accepted = twinsOf(monitor).map((twin) => twin.id);
      bounds.set(id, { sessionId, device: deviceOf(monitor), patient, accepted });
    },
  };
};

/** Family, model and serial number: what makes it this device. Not the software, which is updated. */
const deviceOf = ({ family, identity }: MonitorFacts): string | null =>
  identity === null ? null : JSON.stringify([family, identity.model, identity.serial]);

/** Simulators and monitors without a serial number are nobody's twin. */
const groupedByDevice = (monitors: readonly MonitorFacts[]): Map<string, MonitorFacts[]> => {
  const groups = new Map<string, MonitorFacts[]>();
  for (const monitor of monitors) {
    const device = deviceOf(monitor);
    if (device === null || !monitor.isLive || (monitor.identity?.serial ?? null) === null) continue;
    groups.set(device, [...(groups.get(device) ?? []), monitor]);
  }
  return groups;
};

const wordsOf = ({ identity }: MonitorFacts): string =>
  identity === null ? '' : `${identity.model}${identity.serial === null ? '' : ` serial ${identity.serial}`}`;
