/** The room at a glance: one tile a chair, in a fixed order, never sorted by alarm. */
import { memo, useRef, useState } from 'react';
import type { ChairView, LinkState } from '../../../core/api/views.ts';
import { vitalNames } from '../../../core/nomenclature/vitals.ts';
import { useNow, useStation } from '../../app-context.tsx';
import { AlarmsElsewhere } from '../../parts/alarms-elsewhere.tsx';
import { PriorityIcon } from '../../parts/icons.tsx';
import { SignalIcon } from '../../parts/signal-icons.tsx';
import { Vitals } from '../../parts/vitals.tsx';
import { alarmLine } from '../../view-model/alarm.ts';
import { shortWords } from '../../view-model/alarms-elsewhere.ts';
import { cuffPlan } from '../../view-model/cuff.ts';
import { createMonitorFaces, type MonitorFace } from '../../view-model/monitor-faces.ts';
import { ORIGIN_WORDS } from '../../view-model/origin.ts';
import { roomName } from '../../view-model/patients.ts';
import { isOpen, phaseView } from '../../view-model/phase.ts';
import { foremostOfChair } from '../../view-model/room-alarms.ts';
import { chairHash } from '../../view-model/route.ts';
import { SIGNAL_WORDS, type SignalLine, type SignalState, signalLines } from '../../view-model/signals.ts';
import { countdownText } from '../../view-model/time-text.ts';
import { dueLines } from '../../view-model/visit.ts';
import { LINK_WORDS, TEXT } from './text.ts';
import { useInView } from './use-in-view.ts';

export const RoomScreen = () => {
  const station = useStation();
  const [faces] = useState(createMonitorFaces);
  const room = useRef<HTMLDivElement>(null);
  const isInView = useInView(room, station?.chairs.map(({ id }) => id) ?? []);
  if (station === null) return <p className="empty">{TEXT.waiting}</p>;
  if (station.chairs.length === 0) return <p className="empty">{TEXT.noChairs}</p>;
  const monitorsOf = faces(station.monitors);
  return (
    <>
      <div className="room" ref={room} data-count={station.chairs.length}>
        <h1 className="visually-hidden">{TEXT.title}</h1>
        {station.chairs.map((chair) => (
          <ChairTile key={chair.id} chair={chair} monitors={monitorsOf(chair.id)} />
        ))}
      </div>
      <AlarmsElsewhere chairs={station.chairs} isInView={isInView} />
    </>
  );
};

/** Drawn when its own chair or monitors changed, and with the time: not with every number of the room. */
const ChairTile = memo(function ChairTile({
  chair,
  monitors,
}: {
  readonly chair: ChairView;
  readonly monitors: readonly MonitorFace[];
}) {
  const now = useNow();
  const phase = phaseView(chair.session, now);
  const origin = ORIGIN_WORDS[chair.origin];
  const first = foremostOfChair(chair.alarms.alarms);
  return (
    <a
      className="chair-tile"
      data-chair={chair.id}
      href={chairHash(chair.id)}
      data-testid={`chair-tile-${chair.id}`}
      data-alarm={first?.priority}
      aria-label={`${chair.name}: ${TEXT.openChair}`}
    >
      <header className="chair-tile-head">
        <strong className="chair-name">{chair.name}</strong>
        <span className="chair-patient">
          {isOpen(chair.session)
            ? roomName(chair.session.patientInitials, chair.session.patient?.mrn ?? null)
            : TEXT.noSession}
        </span>
        {phase === null ? null : (
          <span className="chair-phase" data-due={phase.isDue}>
            {phase.label} {phase.elapsed}
          </span>
        )}
      </header>
      <AlarmStrip chair={chair} />
      <Signals chair={chair} />
      <div className="chair-vitals">
        <Vitals chair={chair} monitors={monitors} size="room" />
      </div>
      <footer className="chair-tile-foot">
        <LinkSummary monitors={monitors} />
        <NextCuff chair={chair} monitors={monitors} />
        {chair.alarms.unwatched.length === 0 ? null : (
          <strong className="not-approved-word" data-testid="not-watched">
            {TEXT.notWatched}: {vitalNames(chair.alarms.unwatched)}
          </strong>
        )}
        <NextDue chair={chair} />
        {origin === null ? null : <span className="origin-word">{origin}</span>}
        {chair.approval.state === 'approved' ? null : (
          <span className="not-approved-word">{TEXT.notApproved}</span>
        )}
      </footer>
    </a>
  );
});

/** The most urgent alarm and how many more there are; keeps its place without alarms. */
const AlarmStrip = ({ chair }: { readonly chair: ChairView }) => {
  const now = useNow();
  const { alarms } = chair.alarms;
  const first = foremostOfChair(alarms);
  const line = first === null ? null : alarmLine(first, now);
  return (
    <div
      className="alarm-strip"
      data-priority={line?.priority}
      data-flash={line?.flash === true ? 'on' : 'off'}
      role="status"
    >
      {line === null ? (
        <span className="no-alarms">{now === null ? TEXT.alarmsUnknown : TEXT.noAlarms}</span>
      ) : (
        <>
          <PriorityIcon priority={line.priority} />
          <span className="alarm-strip-words">
            <strong>
              {line.mark} {shortWords(line)}
            </strong>{' '}
            <span className="alarm-strip-state">
              {now === null ? TEXT.lastKnown : (line.stateText ?? line.age)}
            </span>
          </span>
          {alarms.length > 1 ? <span className="alarm-more">+{alarms.length - 1}</span> : null}
        </>
      )}
    </div>
  );
};

const STATES: readonly SignalState[] = ['audio-off', 'alarm-off', 'alarm-paused', 'audio-paused'];

/** What is paused or off on a chair, one sign for each state, with the shortest time left and how many. */
const Signals = ({ chair }: { readonly chair: ChairView }) => {
  const lines = signalLines(chair.alarms, useNow());
  if (lines.length === 0) return null;
  return (
    <div className="alarm-strip-signals">
      {STATES.map((state) => (
        <OneSignal key={state} state={state} lines={lines.filter((line) => line.state === state)} />
      ))}
    </div>
  );
};

const OneSignal = ({
  state,
  lines,
}: {
  readonly state: SignalState;
  readonly lines: readonly SignalLine[];
}) => {
  const lefts = lines.flatMap(({ leftMs }) => (leftMs === null ? [] : [leftMs]));
  return lines.length === 0 ? null : (
    <span
      className="alarm-strip-signal"
      title={lines.map(({ subject, who }) => `${subject}, ${who}`).join('; ')}
      data-testid={`signal-${state}`}
    >
      <SignalIcon state={state} />
      {SIGNAL_WORDS[state]}
      {lefts.length === 0 ? null : ` ${countdownText(Math.min(...lefts))}`}
      {lines.length > 1 ? ` ×${lines.length}` : null}
    </span>
  );
};

const WORST_FIRST: readonly LinkState[] = [
  'failed',
  'quiet',
  'closed',
  'opening',
  'negotiating',
  'associated',
];

const LinkSummary = ({ monitors }: { readonly monitors: readonly MonitorFace[] }) => {
  const now = useNow();
  const worst = WORST_FIRST.find((state) => monitors.some((monitor) => monitor.state === state));
  if (worst === undefined) return <span className="link-word">{TEXT.noMonitor}</span>;
  if (now === null) return <span className="link-word">{TEXT.unknown}</span>;
  const names = monitors.filter(({ state }) => state === worst).map(({ name }) => name);
  return (
    <span className="link-word" data-link-state={worst}>
      {worst === 'associated' ? LINK_WORDS.associated : `${names.join(', ')}: ${LINK_WORDS[worst]}`}
    </span>
  );
};

/** What the visit asks for next, besides the cuff. */
const NextDue = ({ chair }: { readonly chair: ChairView }) => {
  const [next] = dueLines(chair, useNow());
  return next === undefined ? null : (
    <span data-due={next.isDue} data-testid="next-due">
      {next.label} {next.when}
    </span>
  );
};

const NextCuff = ({
  chair,
  monitors,
}: {
  readonly chair: ChairView;
  readonly monitors: readonly MonitorFace[];
}) => {
  const plan = cuffPlan(chair, monitors, useNow());
  if (plan.kind === 'none' || plan.kind === 'unknown') return null;
  if (plan.kind === 'measuring') return <span>{TEXT.measuring}</span>;
  return plan.kind === 'due-in' ? (
    <span>
      {TEXT.nextCuff} {countdownText(plan.leftMs)}
    </span>
  ) : (
    <span className="overdue">
      {TEXT.cuffOverdue} {countdownText(plan.byMs)}
    </span>
  );
};
