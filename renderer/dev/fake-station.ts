/**
 * A station that only pretends, inside the page: moving numbers and alarms of each priority, over the real
 * contract. For development (`/?fake`); the build does not contain it. `window.fakeStation` lets a person (or
 * a script) stop it, to see NOT MONITORING.
 */

import type { Handlers } from '../../core/api/commands.ts';
import { memoryChannelPair } from '../../core/api/memory-channel.ts';
import { NOTHING_SENT } from '../../core/api/sending-views.ts';
import { RefusedError, type ServedChannel, serveChannel } from '../../core/api/serve.ts';
import type { ChairView, MonitorView, StationView } from '../../core/api/views.ts';
import { eventId } from '../../core/ids.ts';
import type { SessionEvent, SessionEventBody } from '../../core/session/events.ts';
import type { Session } from '../../core/session/session.ts';
import { addMs, type Instant, instant } from '../../core/time.ts';
import type { ChannelSource } from '../channel/channel-source.ts';
import { fakeAlarmHandlers } from './fake-alarms.ts';
import {
  FAKE_FAMILIES,
  fakeAlarm,
  fakeAlarms,
  fakeChair,
  fakeMonitor,
  fakeSession,
  fakeValues,
} from './fake-data.ts';
import { FAKE_IDENTITY, fakePeopleHandlers } from './fake-people.ts';
import { fakeTrend } from './fake-trend.ts';
import { fakeVisitHandlers } from './fake-visit.ts';

const now = (): Instant => instant(Date.now(), performance.now() + 1_000_000);

declare global {
  interface Window {
    fakeStation?: { pause(): void; resume(): void; cut(): void };
  }
}

const firstChairs = (at: Instant): ChairView[] => {
  const bp = fakeAlarm(
    'bp-sys-high',
    'high',
    'NIBP SYS HIGH',
    'SYS 184 > 180',
    'MDC_PRESS_BLD_NONINV_SYS',
    at,
  );
  const spo2 = fakeAlarm('spo2-low', 'medium', 'SpO₂ LOW', 'SpO₂ 89 < 90', 'MDC_PULS_OXIM_SAT_O2', at);
  const hr = fakeAlarm(
    'hr-high',
    'high',
    'HR HIGH',
    'HR 152 > 150',
    'MDC_ECG_HEART_RATE',
    addMs(at, -90_000),
    'latched',
  );
  const link = fakeAlarm('probe-off', 'low', 'SpO₂ PROBE OFF', 'Probe off at B450', null, at);
  const rise = fakeAlarm(
    'bp-rise',
    'medium',
    'NIBP SYS RISE',
    'SYS 162 = baseline 128 + 34',
    'MDC_PRESS_BLD_NONINV_SYS',
    at,
    'unconfirmed',
  );
  return [
    fakeChair('1', 'Chair 1', at, {
      session: fakeSession('1', 'AB', 'infusing', at),
      alarms: fakeAlarms({ alarms: [bp, hr, spo2, link], sounding: 'high' }),
    }),
    fakeChair('2', 'Chair 2', at, {
      session: fakeSession('2', 'KM', 'recovery', at),
      alarms: fakeAlarms({
        alarms: [rise],
        audio: { kind: 'paused', since: at, until: addMs(at, 120_000), by: 'JD' },
        off: [{ parameter: 'rr-high', since: addMs(at, -900_000), by: 'KL', reason: 'Talks all the time' }],
        paused: [
          {
            parameter: 'cuff',
            since: at,
            until: addMs(at, 180_000),
            by: 'JD',
            reason: 'Moving the cuff',
          },
          { parameter: 'hr-high', since: at, until: addMs(at, 100_000), by: 'JD', reason: null },
        ],
        reminder: { since: addMs(at, -900_000), everyMs: 120_000, count: 7, lastAt: addMs(at, -60_000) },
      }),
    }),
    fakeChair('3', 'Chair 3', at, {
      session: fakeSession('3', 'TS', 'baseline', at),
      alarms: fakeAlarms({
        alarms: [link],
        audio: { kind: 'off', since: at, by: 'KL', reason: 'Family is with the patient' },
        reminder: { since: at, everyMs: 120_000, count: 0, lastAt: null },
      }),
    }),
    fakeChair('4', 'Chair 4', at, {
      cuff: { last: null, measuringSince: at, nextDueAt: null, repeatReason: null },
    }),
  ];
};

const makeEvent = (session: Session, sequence: number, body: SessionEventBody, by: string): SessionEvent => ({
  id: eventId(`${session.id}-${sequence}`),
  sessionId: session.id,
  sequence,
  at: now(),
  by,
  body,
});

/** Starts a pretended station and hands out lines to it. */
export const fakeSource = (): ChannelSource => ({
  start(onChannel) {
    const startedAt = now();
    let chairs = firstChairs(startedAt);
    const monitors: MonitorView[] = chairs.flatMap(({ id }) => [
      fakeMonitor(id, 'multi', startedAt),
      fakeMonitor(id, 'oximeter', startedAt),
    ]);
    const events = new Map<string, SessionEvent[]>();
    let served: ServedChannel | null = null;
    let isPaused = false;

    const view = (): StationView => ({
      product: { name: 'Chairside', version: 'dev' },
      demo: true,
      chairs,
      monitors,
      strandedSessions: [],
      sending: NOTHING_SENT,
      alarmPolicy: { allowAudioOff: true, reminderMs: 120_000 },
      storageFault: null,
      now: now(),
    });
    const find = (id: string): ChairView => {
      const chair = chairs.find((each) => each.id === id || each.session?.id === id);
      if (chair === undefined) throw new RefusedError('not-found', 'There is no such chair.');
      return chair;
    };
    const put = (chair: ChairView): ChairView => {
      chairs = chairs.map((each) => (each.id === chair.id ? chair : each));
      const { current: _current, ...rest } = chair;
      served?.push('chair', rest);
      return chair;
    };
    const record = (session: Session, body: SessionEventBody, by: string): SessionEvent => {
      const list = events.get(session.id) ?? [];
      const event = makeEvent(session, list.length + 1, body, by);
      events.set(session.id, [...list, event]);
      served?.push('event', event);
      return event;
    };
    const sessionOf = (id: string): Session => {
      const { session } = find(id);
      if (session === null) throw new RefusedError('not-found', 'There is no such session.');
      return session;
    };
    const refuse = () => {
      throw new RefusedError('not-allowed', 'The pretended station does not do that.');
    };
    const change = (id: string, part: Partial<Session>): Session => {
      const chair = find(id);
      const session = { ...sessionOf(id), ...part };
      put({ ...chair, session });
      return session;
    };

    const handlers: Handlers = {
      'station.snapshot': view,
      'session.open': (params) => {
        const session = {
          ...fakeSession(params.chairId, params.patientInitials ?? '?', 'intake', now()),
          indication: params.indication,
        };
        put({ ...find(params.chairId), session });
        return session;
      },
      'session.move': ({ sessionId, from, to, reason, by }) => {
        if (to === 'discharged' && reason === null) {
          throw new RefusedError(
            'not-allowed',
            'Only 3 of at least 15 min of recovery have passed. Give a reason to go on.',
          );
        }
        record(sessionOf(sessionId), { type: 'phase-changed', from, to, reason }, by);
        return change(sessionId, { phase: to, spans: [{ phase: to, startedAt: now().wall, endedAt: null }] });
      },
      'session.note': ({ sessionId, kind, text, corrects, by }) =>
        record(sessionOf(sessionId), { type: 'note-added', kind, text, corrects }, by),
      'session.nibpInterval': ({ sessionId, intervalMs }) =>
        change(sessionId, { nibpIntervalMs: intervalMs }),
      'session.extendRecovery': ({ sessionId, plannedRecoveryMs }) =>
        change(sessionId, { plannedRecoveryMs }),
      ...fakeAlarmHandlers({
        now,
        chairs: () => chairs,
        find,
        put,
        record,
        events: (id) => events.get(id) ?? [],
      }),
      ...fakeVisitHandlers(),
      'nibp.start': refuse,
      'nibp.stop': refuse,
      'monitor.allowCuff': refuse,
      'review.session': refuse,
      'session.export': refuse,
      'session.exportPart': refuse,
      'review.exclude': refuse,
      'review.restore': refuse,
      'wave.watch': () => ({ recent: [] }),
      'history.waves': () => [],
      'history.trend': (range) => fakeTrend(range),
      'history.events': ({ sessionId }) => events.get(sessionId) ?? [],
      'clinic.picture': refuse,
      'sessions.find': () => ({ found: [], total: 0, pending: 0, unreadable: 0 }),
      'sessions.findPatient': () => ({ found: [], total: 0, pending: 0, unreadable: 0 }),
      'sessions.list': () => ({
        damaged: [],
        sessions: chairs.flatMap(({ id, session }) =>
          session === null
            ? []
            : [
                {
                  id: session.id,
                  chairId: id,
                  patientInitials: session.patientInitials,
                  indication: session.indication,
                  origin: session.origin,
                  openedAt: session.openedAt,
                  closedAt: null,
                  phase: session.phase,
                  eventCount: 4,
                  alarmCount: 2,
                  peakSystolic: 184,
                },
              ],
        ),
      }),
      'chair.add': refuse,
      'chair.remove': refuse,
      'chair.sourceOrder': refuse,
      'monitor.add': refuse,
      'monitor.change': refuse,
      'monitor.remove': refuse,
      'monitor.test': () => ({
        state: 'associated',
        detail: '12 frames in 3 s.',
        counters: {
          bytes: 3_000,
          frames: 12,
          rejectedBytes: 0,
          rejected: {},
          observations: 40,
          reconnects: 0,
        },
        values: [],
      }),
      'monitor.detect': refuse,
      'monitor.detectStop': () => ({}),
      'monitor.confirm': refuse,
      'monitor.watch': () => ({}),
      'window.sound': () => ({}),
      'ports.list': () => [
        {
          path: '/dev/ttyUSB0',
          vendorId: '0403',
          productId: '6001',
          serialNumber: 'A10K2',
          manufacturer: 'FTDI',
        },
      ],
      'families.list': () => FAKE_FAMILIES,
      ...fakePeopleHandlers,
      'sending.list': () => ({ destinations: [], sendings: [], doubts: [], objection: null }),
      'sending.send': refuse,
      'sending.retry': refuse,
      'sending.cancel': refuse,
    };

    const open = () => {
      const [near, far] = memoryChannelPair();
      served = serveChannel(far, handlers, (command, error) => console.error(command, error));
      const line = served;
      onChannel(near);
      line.push('snapshot', view());
      line.push('identity', FAKE_IDENTITY);
      window.fakeStation = {
        pause: () => {
          isPaused = true;
        },
        resume: () => {
          isPaused = false;
        },
        cut: () => {
          served = null;
          far.close();
          setTimeout(open, 5_000);
        },
      };
    };
    open();
    for (const chair of chairs) {
      if (chair.session !== null) {
        record(
          chair.session,
          { type: 'note-added', kind: 'side-effect', text: 'Nausea', corrects: null },
          'JD',
        );
        record(
          chair.session,
          { type: 'phase-changed', from: 'baseline', to: 'infusing', reason: null },
          'JD',
        );
      }
    }
    const timer = setInterval(() => {
      if (served === null || isPaused) return;
      served.push('heartbeat', { now: now() });
      for (const { id } of chairs.slice(0, 3)) {
        served.push('observations', { chairId: id, values: fakeValues(id, now(), id === '3') });
      }
      const [first] = monitors;
      if (first !== undefined) {
        served.push('monitor', { ...first, lastFrameAt: now() });
        served.push('raw', {
          monitorId: first.id,
          at: now(),
          direction: 'received',
          hex: '7e2a00410d0a536174203937207e',
        });
      }
    }, 1_000);
    return () => clearInterval(timer);
  },
});
