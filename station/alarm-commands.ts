/** What people do to the signals of a chair's alarms: acknowledge, pause, switch off, and back. */
import { PRIORITY_RANK } from '../core/alarm/catalogue.ts';
import { mayBeOff, PARAMETER_ROWS } from '../core/alarm/parameters.ts';
import type { Handlers } from '../core/api/commands.ts';
import { RefusedError } from '../core/api/serve.ts';
import type { AlarmPolicyView } from '../core/api/views.ts';
import type { ChairId } from '../core/ids.ts';
import { isClosed, PHASE_LABELS, type Phase } from '../core/session/phase.ts';
import type { Instant } from '../core/time.ts';
import type { Chair } from './chair.ts';

type AlarmCommand = Exclude<Extract<keyof Handlers, `alarm.${string}`>, 'alarm.log'>;

export interface AlarmCommandDeps {
  readonly now: () => Instant;
  /** @throws RefusedError when there is no such chair. */
  readonly chair: (id: ChairId) => Chair;
  readonly policy: AlarmPolicyView;
}

export const alarmCommands = (deps: AlarmCommandDeps): Pick<Handlers, AlarmCommand> => ({
  'alarm.acknowledge': ({ chairId, key, seenPriority, by }) => {
    const chair = deps.chair(chairId);
    const at = deps.now();
    const alarm = chair.view().alarms.alarms.find((item) => item.key === key);
    if (alarm === undefined) throw new RefusedError('not-found', 'This alarm is no longer on.');
    if (seenPriority !== null && PRIORITY_RANK[alarm.priority] > PRIORITY_RANK[seenPriority]) {
      throw new RefusedError(
        'conflict',
        `It has become ${alarm.priority} priority since: ${alarm.message}. Look again.`,
      );
    }
    chair.act({ type: 'acknowledge', key, by, at });
    return { acknowledgedAtEpochMs: at.wall };
  },

  'alarm.pauseAudio': ({ chairId, by }) => {
    const chair = deps.chair(chairId);
    if (chair.view().alarms.audio.kind === 'off') {
      throw new RefusedError('conflict', 'AUDIO OFF is set: turn the sound on first.');
    }
    chair.act({ type: 'pause-audio', by, at: deps.now() });
    const { audio } = chair.view().alarms;
    if (audio.kind !== 'paused') throw new RefusedError('not-allowed', 'The sound cannot be paused now.');
    return { untilEpochMs: audio.until.wall };
  },

  'alarm.resumeAudio': ({ chairId, by }) => {
    deps.chair(chairId).act({ type: 'resume-audio', by, at: deps.now() });
    return {};
  },

  'alarm.audioOff': ({ chairId, reason, by }) => {
    const chair = deps.chair(chairId);
    if (!deps.policy.allowAudioOff) {
      throw new RefusedError(
        'not-allowed',
        'AUDIO OFF is not allowed by the configuration (alarms.allowAudioOff). Use AUDIO PAUSED.',
      );
    }
    openPhase(chair);
    chair.act({ type: 'audio-off', reason, by, at: deps.now() });
    return {};
  },

  'alarm.pause': ({ chairId, parameters, durationMs, reason, by }) => {
    const chair = deps.chair(chairId);
    openPhase(chair);
    chair.act({ type: 'pause-alarms', parameters, durationMs, reason, by, at: deps.now() });
    const pause = chair.view().alarms.paused.find((entry) => parameters.includes(entry.parameter));
    if (pause === undefined) throw new RefusedError('not-allowed', 'These alarms cannot be paused now.');
    return { untilEpochMs: pause.until.wall };
  },

  'alarm.resume': ({ chairId, parameters, by }) => {
    deps.chair(chairId).act({ type: 'resume-alarms', parameters, by, at: deps.now() });
    return {};
  },

  'alarm.off': ({ chairId, parameter, reason, by }) => {
    const chair = deps.chair(chairId);
    const phase = openPhase(chair);
    const { label, kind } = PARAMETER_ROWS[parameter];
    if (kind === 'sensor') {
      throw new RefusedError('not-allowed', `${label}: on hold for some minutes (ALARM PAUSED), never off.`);
    }
    if (!mayBeOff(parameter, phase)) {
      throw new RefusedError(
        'not-allowed',
        `${label} cannot be switched off in ${PHASE_LABELS[phase]}. ALARM PAUSED is possible for 3 min at most.`,
      );
    }
    const before = chair.view().alarms.off.find((entry) => entry.parameter === parameter);
    if (before !== undefined) throw new RefusedError('conflict', `${label} is already off, by ${before.by}.`);
    chair.act({ type: 'alarm-off', parameter, reason, by, at: deps.now() });
    return {};
  },

  'alarm.on': ({ chairId, parameter, by }) => {
    deps.chair(chairId).act({ type: 'alarm-on', parameter, by, at: deps.now() });
    return {};
  },
});

/** What silences alarms is part of a session's record. @throws RefusedError without an open session. */
const openPhase = (chair: Chair): Phase => {
  const session = chair.session();
  if (session === null || isClosed(session.phase)) {
    throw new RefusedError('not-allowed', 'This is possible in a session only: open one first.');
  }
  return session.phase;
};
