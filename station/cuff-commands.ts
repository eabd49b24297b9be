/**
 * Starting and stopping a monitor's cuff from a screen: the one thing Chairside ever makes a monitor do. Three locks,
 * all closed by default: the family's protocol must have it, the monitor's setting must allow it, a person must click.
 * The request is on record before a byte is sent; the cuff counts as started only when the monitor says so.
 */
import type { Handlers } from '../core/api/commands.ts';
import { RefusedError } from '../core/api/serve.ts';
import type { MonitorId } from '../core/ids.ts';
import { isClosed } from '../core/session/phase.ts';
import type { CuffCommand } from '../devices/device.ts';
import type { Roster } from './roster.ts';

type CuffCommands = Pick<Handlers, 'nibp.start' | 'nibp.stop' | 'monitor.allowCuff'>;

/** @param save keeps the configuration; rejects with a `RefusedError` when it cannot. */
export const cuffCommands = (roster: Roster, save: () => Promise<void>): CuffCommands => {
  const ask = (id: MonitorId, command: CuffCommand, by: string): Record<string, never> => {
    const monitor = roster.monitor(id);
    if (!monitor.profile.canStartNibp) {
      const why = 'The protocol of this monitor cannot start the cuff: press NIBP on the monitor.';
      throw new RefusedError('not-allowed', why);
    }
    if (command === 'stop' && !monitor.profile.transmits.some(({ effect }) => effect === 'stops-cuff')) {
      const why = 'The protocol of this monitor cannot stop the cuff: press STOP on the monitor.';
      throw new RefusedError('not-allowed', why);
    }
    if (!monitor.config().allowNibpStart) {
      throw new RefusedError('not-allowed', 'Starting the cuff from here is switched off for this monitor.');
    }
    if (monitor.view().state !== 'associated') {
      throw new RefusedError('conflict', 'The monitor is not connected: press NIBP on the monitor.');
    }
    const chair = roster.chairOfMonitor(id);
    if (command === 'start' && chair.view().cuff.measuringSince !== null) {
      throw new RefusedError('conflict', 'The cuff is already measuring.');
    }
    const session = chair.session();
    if (session !== null && !isClosed(session.phase)) {
      chair.enterOne({ type: 'cuff-requested', monitorId: id, command }, by);
    }
    if (!monitor.cuff(command)) {
      throw new RefusedError('conflict', 'The monitor could not be asked: press NIBP on the monitor.');
    }
    return {};
  };

  return {
    'nibp.start': ({ monitorId, by }) => ask(monitorId, 'start', by),
    'nibp.stop': ({ monitorId, by }) => ask(monitorId, 'stop', by),
    'monitor.allowCuff': async ({ monitorId, allow }) => {
      if (allow && !roster.monitor(monitorId).profile.canStartNibp) {
        throw new RefusedError('not-allowed', 'The protocol of this monitor cannot start the cuff.');
      }
      const monitor = roster.allowCuff(monitorId, allow);
      await save();
      return monitor.view();
    },
  };
};
