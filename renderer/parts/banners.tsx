/** What is said on every screen, whatever else is there. */
import { useEffect, useState } from 'react';
import { epochMs } from '../../core/time.ts';
import { useApp, useStation, useWindow } from '../app-context.tsx';
import { foremost } from '../view-model/alarm.ts';
import { PRIORITY_MARKS } from '../view-model/limits.ts';
import { originBanner } from '../view-model/origin.ts';
import { roomAlarms } from '../view-model/room-alarms.ts';
import { chairHash } from '../view-model/route.ts';
import { clockSecondsText, clockText, countdownText } from '../view-model/time-text.ts';
import { AudioOffIcon } from './signal-icons.tsx';

const NO_CHAIRS: readonly never[] = [];

/** How long the sound of NOT MONITORING may be paused in a window (ms); like the audio pause of the alarms. */
const SILENCE_MS = 120_000;

const TEXT = {
  secondary: 'Secondary display. The bedside monitor is the primary alarm. Check the patient first.',
  notMonitoring: 'NOT MONITORING',
  notMonitoringHelp: 'No contact with the station. Numbers are not shown. Look at the bedside monitors.',
  restarted: 'If the station was started again, open its new link.',
  lastHeard: 'Last contact',
  never: 'The station was never reached from this window.',
  pauseSound: 'AUDIO PAUSE 2 min',
  soundPaused: 'AUDIO PAUSED',
  storage: 'RECORD NOT WRITTEN',
  stranded: 'OPEN SESSION NOT WATCHED',
  strandedHelp: 'Put its chair back into the configuration and start the station again.',
  audioOff: 'AUDIO OFF',
  audioOffHelp: 'No alarm of this chair sounds.',
  recovered: 'This window was restarted after a fault. Monitoring went on.',
  dismiss: 'Dismiss',
};

/** The label of a secondary display; always there. */
export const SecondaryLabel = () => (
  <p className="secondary-label" data-testid="secondary-label">
    {TEXT.secondary}
  </p>
);

/** Simulated or replayed data, in words; always there when it is so. */
export const SimulatedBanner = () => {
  const words = originBanner(useStation());
  return words === null ? null : (
    <p className="simulated-banner" data-testid="simulated-banner">
      <strong>{words}</strong>
    </p>
  );
};

/** The record cannot be written: what happens now will be missing. */
export const StorageBanner = () => {
  const fault = useStation()?.storageFault ?? null;
  return fault === null ? null : (
    <p className="storage-banner" role="alert" data-testid="storage-fault">
      <strong>{TEXT.storage}</strong> {fault}
    </p>
  );
};

/** What concerns every chair: nobody can hear an alarm, or the disk fills. */
export const RoomAlarmBanner = () =>
  roomAlarms(useStation()?.chairs ?? NO_CHAIRS).map((line) => (
    <p
      key={line.key}
      className="room-banner"
      role="alert"
      data-priority={line.priority}
      data-flash={line.flash ? 'on' : 'off'}
      data-testid={`room-alarm-${line.key}`}
    >
      <strong>
        {line.mark} {line.title}
      </strong>{' '}
      {line.message}
    </p>
  ));

/** Sessions that were left open and that nobody watches: somebody has to look after them. */
export const StrandedBanner = () =>
  (useStation()?.strandedSessions ?? NO_CHAIRS).map(({ sessionId, chairId, reason }) => (
    <p key={sessionId} className="storage-banner" role="alert" data-testid="stranded-session">
      <strong>{TEXT.stranded}</strong> {chairId ?? ''}: {reason}. {TEXT.strandedHelp}
    </p>
  ));

/** Chairs whose alarms do not sound until a person turns the sound on again; stays as long as that holds. */
export const AudioOffBanner = () => {
  const chairs = useStation()?.chairs ?? NO_CHAIRS;
  return chairs.map(({ id, name, alarms: { audio } }) =>
    audio.kind !== 'off' ? null : (
      <p key={id} className="audio-off-banner" role="alert" data-testid={`audio-off-banner-${id}`}>
        <AudioOffIcon />
        <strong>
          {TEXT.audioOff}: {name}
        </strong>{' '}
        {TEXT.audioOffHelp} By {audio.by} since {clockText(audio.since.wall)}: {audio.reason}.{' '}
        <a href={chairHash(id)}>{name}</a>
      </p>
    ),
  );
};

/** This window is a new one in the place of one that failed (the desktop's own doing). */
export const RecoveredBanner = () => {
  const [isShown, setShown] = useState(
    () => new URLSearchParams(location.search).get('recovered') === 'renderer',
  );
  const dismiss = () => {
    // Not shown again when the window is read anew.
    const address = new URL(location.href);
    address.searchParams.delete('recovered');
    history.replaceState(history.state, '', address);
    setShown(false);
  };
  return isShown ? (
    <p className="recovered-banner" role="status" data-testid="recovered-banner">
      <span>{TEXT.recovered}</span>
      <button type="button" className="button" onClick={dismiss} data-testid="recovered-dismiss">
        {TEXT.dismiss}
      </button>
    </p>
  ) : null;
};

/** The station is not heard. */
export const NotMonitoringBanner = () => {
  const { store } = useApp();
  const link = useWindow((state) => state.link);
  const lastHeardAt = useWindow((state) => state.lastHeardAt);
  const silencedUntil = useWindow((state) => state.silencedUntil);
  // Renders again with each tick, for the countdown.
  useWindow((state) => state.now);
  if (link !== 'silent') return null;
  const leftMs = silencedUntil === null ? 0 : silencedUntil - Date.now();
  return (
    <section className="not-monitoring" role="alert" data-testid="not-monitoring">
      <strong>{TEXT.notMonitoring}</strong>
      <span>
        {TEXT.notMonitoringHelp}{' '}
        {lastHeardAt === null ? TEXT.never : `${TEXT.lastHeard} ${clockSecondsText(lastHeardAt)}.`}{' '}
        {window.chairsideHost === undefined ? TEXT.restarted : null}
      </span>
      {leftMs > 0 ? (
        <span className="not-monitoring-paused">
          {TEXT.soundPaused} {countdownText(leftMs)}
        </span>
      ) : (
        <button
          type="button"
          className="button"
          onClick={() => store.setState({ silencedUntil: epochMs(Date.now() + SILENCE_MS) })}
        >
          {TEXT.pauseSound}
        </button>
      )}
    </section>
  );
};

/** The window's title says what must not be missed behind other windows; no patient's name in it. */
export const useAlarmTitle = (): void => {
  const title = useWindow((state) => {
    if (state.link === 'silent') return `${TEXT.notMonitoring} · Chairside`;
    const first = foremost((state.station?.chairs ?? []).flatMap(({ alarms }) => alarms.alarms));
    return first === null ? 'Chairside' : `${PRIORITY_MARKS[first.priority]} ALARM · Chairside`;
  });
  useEffect(() => {
    document.title = title;
  }, [title]);
};
