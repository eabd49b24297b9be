/** One chair, for the person beside it: alarms, numbers, trend, session. Everything has its fixed place. */
import { useCallback, useEffect, useState } from 'react';
import type { ChairView } from '../../../core/api/views.ts';
import type { ChairId, SessionId } from '../../../core/ids.ts';
import type { Phase } from '../../../core/session/phase.ts';
import type { Session } from '../../../core/session/session.ts';
import { instant } from '../../../core/time.ts';
import { useAction } from '../../app-actions.ts';
import { useApp, useStation, useWindow } from '../../app-context.tsx';
import { LiveTrend } from '../../charts/live-trend.tsx';
import { WaveStrip } from '../../charts/sweep/wave-strip.tsx';
import { start } from '../../parts/perform.ts';
import { FurtherVitals, Vitals } from '../../parts/vitals.tsx';
import { personKey } from '../../store/identity.ts';
import type { MonitorFace } from '../../view-model/monitor-faces.ts';
import { isOpen } from '../../view-model/phase.ts';
import { type Centre, usualCentre } from '../../view-model/visit.ts';
import { VisitCentre } from '../visit/centre.tsx';
import { AlarmPanel } from './alarm-panel.tsx';
import { SessionBar } from './session-bar.tsx';
import { SessionSide } from './session-side.tsx';
import { TEXT } from './text.ts';

const NO_EVENTS: readonly never[] = [];

export const ChairScreen = ({ chairId }: { readonly chairId: ChairId }) => {
  const station = useStation();
  if (station === null) return <p className="empty">{TEXT.waiting}</p>;
  const chair = station.chairs.find(({ id }) => id === chairId);
  if (chair === undefined) {
    return (
      <p className="empty">
        {TEXT.noChair} <a href="#/">{TEXT.back}</a>
      </p>
    );
  }
  return <OneChair chair={chair} monitors={station.monitors} />;
};

const OneChair = ({
  chair,
  monitors,
}: {
  readonly chair: ChairView;
  readonly monitors: readonly MonitorFace[];
}) => {
  const sessionId = chair.session?.id ?? null;
  const hasFailed = useSessionEvents(sessionId);
  const events = useWindow((state) =>
    sessionId === null ? NO_EVENTS : (state.station?.events[sessionId] ?? NO_EVENTS),
  );
  const session = isOpen(chair.session) ? chair.session : null;
  const { shown, show } = useCentre(session);
  const trend = (
    <>
      <WaveStrip chair={chair} />
      <Trend chair={chair} events={events} />
    </>
  );
  return (
    <div className="chair">
      <AlarmPanel chair={chair} />
      <div className="chair-numerics">
        <Vitals chair={chair} monitors={monitors} size="large" />
        <FurtherVitals chair={chair} monitors={monitors} />
      </div>
      <div className="chair-trend trend">
        {session === null ? (
          trend
        ) : (
          <VisitCentre chair={chair} session={session} shown={shown} onShow={show} trend={trend} />
        )}
      </div>
      <SessionSide chair={chair} events={events} hasFailed={hasFailed} onGo={show} />
      <SessionBar chair={chair} />
    </div>
  );
};

/** What stands in the middle: what the phase wants, until somebody chooses; a new phase begins anew. */
const useCentre = (session: Session | null) => {
  const phase = session?.phase ?? null;
  const [choice, setChoice] = useState<{ readonly phase: Phase | null; readonly centre: Centre } | null>(
    null,
  );
  const usual = usualCentre(phase, session !== null && session.visit.protocol !== null);
  const shown = choice !== null && choice.phase === phase ? choice.centre : usual;
  const show = useCallback((centre: Centre) => setChoice({ phase, centre }), [phase]);
  return { shown, show };
};

/** Reads the record so far, again after each new line to the station. True while it could not be read. */
const useSessionEvents = (sessionId: SessionId | null): boolean => {
  const { link } = useApp();
  const connection = useWindow((state) => (state.link === 'live' ? state.connection : 0));
  // Whoever comes to the window sees the record as they may.
  const person = useWindow((state) => personKey(state.identity));
  const { failure, run } = useAction();
  useEffect(() => {
    if (sessionId !== null && connection > 0 && person !== '') start(run(() => link.loadEvents(sessionId)));
  }, [sessionId, connection, link, run, person]);
  return failure !== null;
};

const Trend = ({
  chair,
  events,
}: {
  readonly chair: ChairView;
  readonly events: Parameters<typeof LiveTrend>[0]['events'];
}) => {
  const { link } = useApp();
  const connection = useWindow((state) => state.connection);
  const sessionId = chair.session?.id ?? null;
  const loadHistory = useCallback(
    (from: number, to: number, buckets: number) =>
      sessionId === null
        ? Promise.reject(new Error('There is no session on this chair.'))
        : link.call('history.trend', { sessionId, from, to, buckets }),
    [link, sessionId],
  );
  // Before the station's first word there is no chart; the window's own clock only stands in for the compiler.
  const stationNow = useCallback(() => link.stationNow() ?? instant(Date.now(), performance.now()), [link]);
  // A new line to the station, or another session: the chart reads its history anew.
  return (
    <LiveTrend
      key={`${connection} ${sessionId ?? ''}`}
      chair={chair}
      samples={link.samples(chair.id)}
      events={events}
      loadHistory={loadHistory}
      stationNow={stationNow}
    />
  );
};
