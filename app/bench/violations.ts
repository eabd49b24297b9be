/**
 * Alarms on demand: every cuff reading of the benchmarks' patients violates, and each raises its alarm anew because
 * the session in which it did is cancelled and the next one opened.
 */
import type { StationClient } from '../../core/api/client.ts';
import type { ChairId, SessionId } from '../../core/ids.ts';
import type { Clock } from '../../station/clock.ts';

/** One alarm of a cuff reading. Times on this process's monotonic clock (ms). */
export interface RaisedAlarm {
  readonly chair: ChairId;
  /** Identity of the alarm on its chair, and its occurrence: what a window calls it when it sounds. */
  readonly key: string;
  readonly occurrence: number;
  /** When the last byte of the violating frame was received. */
  readonly receivedMs: number;
  /** When a subscriber had the alarm event. */
  readonly heardMs: number;
}

export interface ViolationOptions {
  readonly client: StationClient;
  readonly clock: Clock;
  /** The station's monotonic clock minus this process's (ms); 0 when it is the same process. */
  readonly stationAheadMs: number;
  /** How long an alarm is left on before its session ends (ms). */
  readonly holdMs: number;
  readonly onRaised: (raised: RaisedAlarm) => void;
}

/** Opens a session with limits that judge the patient: baseline. */
export const openSession = async (client: StationClient, chair: ChairId): Promise<void> => {
  const by = 'bench';
  const session = await client.call('session.open', {
    chairId: chair,
    patientInitials: 'BE',
    indication: 'bench',
    plannedInfusionMs: 3_600_000,
    plannedRecoveryMs: 1_800_000,
    by,
  });
  await client.call('session.move', {
    sessionId: session.id,
    from: 'intake',
    to: 'baseline',
    reason: null,
    by,
  });
};

/** Listens from now on; returns the function that stops. */
export const watchViolations = (options: ViolationOptions): (() => void) => {
  const { client, clock, stationAheadMs, holdMs, onRaised } = options;
  const chairOf = new Map<SessionId, ChairId>();
  let isStopped = false;
  const replace = async (sessionId: SessionId, chair: ChairId): Promise<void> => {
    if (isStopped) return;
    const end = { from: 'baseline', to: 'cancelled', reason: 'next', by: 'bench' } as const;
    await client.call('session.move', { sessionId, ...end });
    await openSession(client, chair);
  };
  const stops = [
    client.on('event', ({ body, sessionId }) => {
      if (body.type !== 'alarm' || body.alarm.type !== 'raised') return;
      const { alarm, at } = body.alarm;
      if (alarm.metric === null || !alarm.metric.startsWith('MDC_PRESS')) return;
      const chair = chairOf.get(sessionId);
      if (chair === undefined) return;
      onRaised({
        chair,
        key: alarm.key,
        occurrence: alarm.occurrence,
        receivedMs: at.mono - stationAheadMs,
        heardMs: clock.now().mono,
      });
      clock.after(holdMs, () => {
        replace(sessionId, chair).catch((error: unknown) => {
          if (!isStopped) process.stderr.write(`bench: ${String(error)}\n`);
        });
      });
    }),
    client.on('chair', ({ id, session }) => {
      if (session !== null) chairOf.set(session.id, id);
    }),
  ];
  return () => {
    isStopped = true;
    for (const stop of stops) stop();
  };
};
