/** What the pretended station does with alarms and limits: the core's own rules on invented chairs. Never in a build. */
import { NEVER_PROPOSED, proposeLimits } from '../../core/alarm/auto-limits.ts';
import { changeLimits } from '../../core/alarm/change-limits.ts';
import type { LimitSet } from '../../core/alarm/limits.ts';
import { foldAlarmLog } from '../../core/alarm/log-fold.ts';
import { ALARM_PARAMETERS, type AlarmParameter, mayBeOff, parameterOf } from '../../core/alarm/parameters.ts';
import { DEFAULT_PRESET, PRESETS } from '../../core/alarm/presets.ts';
import { REMINDER_EVERY_MS } from '../../core/alarm/timing.ts';
import type { AlarmEvent, AlarmSnapshot } from '../../core/alarm/types.ts';
import type { Handlers } from '../../core/api/commands.ts';
import { RefusedError } from '../../core/api/serve.ts';
import type { ChairView } from '../../core/api/views.ts';
import type { SessionEvent, SessionEventBody } from '../../core/session/events.ts';
import type { Session } from '../../core/session/session.ts';
import { addMs, type Instant } from '../../core/time.ts';
import { fakeWhatIf } from './fake-what-if.ts';

interface FakeAlarmDeps {
  readonly now: () => Instant;
  readonly chairs: () => readonly ChairView[];
  readonly find: (id: string) => ChairView;
  readonly put: (chair: ChairView) => ChairView;
  readonly record: (session: Session, body: SessionEventBody, by: string) => SessionEvent;
  readonly events: (sessionId: string) => readonly SessionEvent[];
}

type FakeAlarmCommand = Extract<
  keyof Handlers,
  `alarm.${string}` | `limits.${string}` | `preset.${string}` | 'whatif.run'
>;

export const fakeAlarmHandlers = (deps: FakeAlarmDeps): Pick<Handlers, FakeAlarmCommand> => {
  const { now, find, put } = deps;
  const alter = (chairId: string, part: Partial<AlarmSnapshot>, event: AlarmEvent, by: string): ChairView => {
    const chair = find(chairId);
    if (chair.session !== null) deps.record(chair.session, { type: 'alarm', alarm: event }, by);
    const alarms = { ...chair.alarms, ...part };
    const isOff = alarms.off.length > 0 || alarms.audio.kind === 'off';
    const reminder = isOff
      ? (alarms.reminder ?? { since: now(), everyMs: REMINDER_EVERY_MS, count: 0, lastAt: null })
      : null;
    return put({ ...chair, alarms: { ...alarms, reminder } });
  };
  const order = <T extends { readonly parameter: AlarmParameter }>(list: readonly T[]): readonly T[] =>
    ALARM_PARAMETERS.flatMap((name) => list.filter(({ parameter }) => parameter === name));
  const setLimits = (
    chair: ChairView,
    after: LimitSet,
    entry: { readonly reason: string | null; readonly by: string },
  ): ChairView => {
    if (chair.session === null) throw new RefusedError('not-allowed', 'Open a session first.');
    const body = { type: 'limits-changed', before: chair.limits, after, reason: entry.reason } as const;
    deps.record(chair.session, body, entry.by);
    return put({ ...chair, limits: after });
  };
  const presetOf = (id: string): LimitSet =>
    PRESETS.find(({ presetId }) => presetId === id) ?? DEFAULT_PRESET;

  return {
    'limits.set': ({ chairId, changes, reason, physician, by }) => {
      const chair = find(chairId);
      const outcome = changeLimits(presetOf(chair.limits.presetId), chair.limits, changes, {
        reason,
        physician,
      });
      if (!outcome.ok) throw new RefusedError(outcome.refusal.code, outcome.refusal.message);
      return setLimits(chair, outcome.after, { reason, by });
    },
    'limits.proposeAuto': ({ chairId }) => {
      const { limits, session } = find(chairId);
      const baseline = session?.baseline ?? null;
      if (baseline === null) throw new RefusedError('not-allowed', 'There is no baseline yet.');
      const { proposals } = proposeLimits(presetOf(limits.presetId), limits, baseline);
      return { baseline, proposals, notes: [NEVER_PROPOSED] };
    },
    'preset.list': () =>
      PRESETS.map((preset) => ({
        preset,
        approval: { state: 'not-approved' },
        origin: 'product',
        basedOn: null,
        isDefault: preset === DEFAULT_PRESET,
      })),
    'preset.use': ({ chairId, presetId, reason, by }) =>
      setLimits(find(chairId), presetOf(presetId), { reason, by }),
    'preset.approve': ({ by }) => {
      for (const chair of deps.chairs())
        put({ ...chair, approval: { state: 'approved', by, atEpochMs: Date.now() } });
      return {};
    },
    'alarm.acknowledge': ({ chairId, key, by }) => {
      const chair = find(chairId);
      const alarms = chair.alarms.alarms.map((alarm) =>
        alarm.key === key ? { ...alarm, acknowledged: { at: now(), by } } : alarm,
      );
      const loud = alarms.find(({ acknowledged }) => acknowledged === null)?.priority ?? null;
      put({ ...chair, alarms: { ...chair.alarms, alarms, sounding: loud } });
      return { acknowledgedAtEpochMs: Date.now() };
    },
    'alarm.pauseAudio': ({ chairId, by }) => {
      const until = addMs(now(), 120_000);
      const audio = { kind: 'paused', since: now(), until, by } as const;
      alter(chairId, { audio, sounding: null }, { type: 'audio-paused', at: now(), until, by }, by);
      return { untilEpochMs: until.wall };
    },
    'alarm.resumeAudio': ({ chairId, by }) => {
      alter(chairId, { audio: { kind: 'on' } }, { type: 'audio-resumed', at: now(), by }, by);
      return {};
    },
    'alarm.audioOff': ({ chairId, reason, by }) => {
      const audio = { kind: 'off', since: now(), by, reason } as const;
      alter(chairId, { audio, sounding: null }, { type: 'audio-off', at: now(), by, reason }, by);
      return {};
    },
    'alarm.pause': ({ chairId, parameters, durationMs, reason, by }) => {
      const { alarms } = find(chairId);
      const until = addMs(now(), durationMs);
      const added = parameters.map((parameter) => ({ parameter, since: now(), until, by, reason }));
      const kept = alarms.paused.filter(({ parameter }) => !parameters.includes(parameter));
      const hidden = alarms.alarms.filter((alarm) => {
        const parameter = parameterOf(alarm);
        return parameter === null || !parameters.includes(parameter);
      });
      const event = { type: 'alarms-paused', at: now(), until, parameters, by, reason } as const;
      alter(chairId, { paused: order([...kept, ...added]), alarms: hidden }, event, by);
      return { untilEpochMs: until.wall };
    },
    'alarm.resume': ({ chairId, parameters, by }) => {
      const paused = find(chairId).alarms.paused.filter(({ parameter }) => !parameters.includes(parameter));
      alter(chairId, { paused }, { type: 'alarms-resumed', at: now(), parameters, by }, by);
      return {};
    },
    'alarm.off': ({ chairId, parameter, reason, by }) => {
      const { alarms, session } = find(chairId);
      if (!mayBeOff(parameter, session?.phase ?? null)) {
        throw new RefusedError('not-allowed', 'This alarm cannot be off while the drug runs.');
      }
      const off = order([...alarms.off, { parameter, since: now(), by, reason }]);
      alter(chairId, { off }, { type: 'alarm-off', at: now(), parameter, by, reason }, by);
      return {};
    },
    'alarm.on': ({ chairId, parameter, by }) => {
      const off = find(chairId).alarms.off.filter((each) => each.parameter !== parameter);
      alter(chairId, { off }, { type: 'alarm-on', at: now(), parameter, by }, by);
      return {};
    },
    'whatif.run': ({ sessionId, presetId }) => fakeWhatIf(sessionId, presetId, now().wall),
    'alarm.log': ({ sessionId }) => foldAlarmLog(deps.events(sessionId), now().wall),
  };
};
