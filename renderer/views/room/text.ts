/** The words of the Room screen. */
import type { LinkState } from '../../../core/api/views.ts';

export const TEXT = {
  title: 'Room',
  waiting: 'Waiting for the station…',
  noChairs: 'No chairs are set up yet. Add one under Monitors.',
  openChair: 'open this chair',
  noSession: 'no session',
  noAlarms: 'No alarms',
  alarmsUnknown: 'Alarms not known',
  lastKnown: 'last known',
  noMonitor: 'No monitor connected',
  unknown: 'connection not known',
  nextCuff: 'Next NIBP',
  cuffOverdue: 'NIBP overdue',
  measuring: 'NIBP measuring…',
  notWatched: 'NOT WATCHED',
  notApproved: 'limits not approved',
};

/** A monitor's line in a clinician's words. */
export const LINK_WORDS: Readonly<Record<LinkState, string>> = {
  closed: 'line closed',
  opening: 'opening the line…',
  negotiating: 'waiting for the monitor…',
  associated: 'connected',
  quiet: 'monitor is silent',
  failed: 'not connected',
};
