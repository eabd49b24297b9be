/** What the window knows: the station's views as last told, and the window's own state. */
import type { IdentityView } from '../../core/api/people-views.ts';
import type { ChairView, MonitorView, StationView } from '../../core/api/views.ts';
import type { SessionId } from '../../core/ids.ts';
import type { SessionEvent } from '../../core/session/events.ts';
import type { EpochMs, Instant } from '../../core/time.ts';
import type { SoundState } from '../audio/sound-health.ts';
import { INITIAL_SOUND_SETTINGS, type SoundSettings } from '../audio/sound-settings.ts';

/**
 * - `connecting`: the window has just opened and nothing has been heard yet
 * - `live`: the station was heard within the last 3 s
 * - `silent`: it was not; nothing on this window may look live
 */
export type LinkHealth = 'connecting' | 'live' | 'silent';

export interface StationState {
  readonly product: StationView['product'];
  readonly demo: boolean;
  readonly alarmPolicy: StationView['alarmPolicy'];
  readonly storageFault: string | null;
  readonly strandedSessions: StationView['strandedSessions'];
  /** How handing records on stands. */
  readonly sending: StationView['sending'];
  /** In the station's fixed order; never sorted by alarm. */
  readonly chairs: readonly ChairView[];
  readonly monitors: readonly MonitorView[];
  /** Entries of the open sessions that were loaded or pushed, by session, in order of `sequence`. */
  readonly events: Readonly<Record<SessionId, readonly SessionEvent[]>>;
}

export interface WindowState {
  readonly link: LinkHealth;
  /** The window's wall clock when the station was last heard; null when never. */
  readonly lastHeardAt: EpochMs | null;
  /** Counts lines to the station; a change means that whatever was subscribed on the old line is gone. */
  readonly connection: number;
  /** The station's time now, moved on twice a second; null before the first word of the station. */
  readonly now: Instant | null;
  /** Null before the first snapshot. */
  readonly station: StationState | null;
  readonly sound: SoundState;
  readonly soundSettings: SoundSettings;
  /** Name or initials of the person at this window; null until somebody said so. */
  readonly who: string | null;
  /** Who this window is to the station; null before it said so. */
  readonly identity: IdentityView | null;
  /** Sound of the NOT MONITORING banner is paused in this window until then (window's wall clock); null: it sounds. */
  readonly silencedUntil: EpochMs | null;
}

/** The window before anything was heard. */
export const initialState = (who: string | null): WindowState => ({
  link: 'connecting',
  lastHeardAt: null,
  connection: 0,
  now: null,
  station: null,
  sound: 'blocked',
  soundSettings: INITIAL_SOUND_SETTINGS,
  who,
  identity: null,
  silencedUntil: null,
});
