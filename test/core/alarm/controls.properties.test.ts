import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmSnapshot, restoreAlarms, stepAlarms } from '../../../core/alarm/engine.ts';
import { isHidden } from '../../../core/alarm/hidden.ts';
import { mayBeOff, parameterOf } from '../../../core/alarm/parameters.ts';
import type { AlarmEvent } from '../../../core/alarm/types.ts';
import { instant } from '../../../core/time.ts';
import { type Action, anyActions, controlAction, sessionActions } from './actions.ts';
import { type Chair, chair, HR, RR, SPO2 } from './bench-chair.ts';

const RUNS = {
  numRuns: Number(process.env.ALARM_RUNS ?? 10),
};

/** Vital signs and people's hands at once. */
const mixed = (actions: fc.Arbitrary<readonly Action[]>) =>
  fc
    .tuple(actions, fc.array(fc.tuple(fc.nat(15), controlAction), { maxLength: 8 }))
    .map(([list, extra]) =>
      extra.reduce<readonly Action[]>(
        (all, [index, action]) => [...all.slice(0, index), action, ...all.slice(index)],
        list,
      ),
    );

/** The controls in force after a log, with who set them, from the log alone. */
const controlsOf = (log: readonly AlarmEvent[]) => {
  const named = new Map<string, { readonly by: string; readonly until: number; readonly since: number }>();
  for (const event of log) {
    switch (event.type) {
      case 'audio-paused':
        named.set('audio', { by: event.by, until: event.until.mono, since: event.at.mono });
        break;
      case 'audio-off':
        named.set('audio', {
          by: event.by,
          until: Number.POSITIVE_INFINITY,
          since: Number.POSITIVE_INFINITY,
        });
        break;
      case 'audio-resumed':
        named.delete('audio');
        break;
      case 'alarms-paused':
        for (const parameter of event.parameters) {
          named.set(parameter, { by: event.by, until: event.until.mono, since: event.at.mono });
        }
        break;
      case 'alarms-resumed':
        for (const parameter of event.parameters) named.delete(parameter);
        break;
      case 'alarm-off':
        named.set(`${event.parameter} off`, { by: event.by, until: Number.POSITIVE_INFINITY, since: 0 });
        break;
      case 'alarm-on':
        named.delete(`${event.parameter} off`);
        break;
      default:
    }
  }
  return named;
};

/** Every high alarm of the engine is heard, or acknowledged, or silenced by a control that has a name. */
const nothingHighIsLost = (c: Chair): void => {
  const now = c.now();
  const snapshot = alarmSnapshot(c.state, now);
  const controls = controlsOf(c.events);
  for (const { alarm, signalAt } of Object.values(c.state.alarms)) {
    if (alarm.priority !== 'high' || alarm.acknowledged !== null) continue;
    const pause = controls.get(parameterOf(alarm) ?? 'nothing');
    const hidden = pause !== undefined && pause.until > now.mono && pause.by !== '';
    expect(isHidden(c.state, alarm, now)).toBe(hidden);
    expect(snapshot.alarms.some((entry) => entry.key === alarm.key)).toBe(!hidden);
    if (hidden) continue;
    const audio = controls.get('audio');
    const silenced = audio !== undefined && audio.until > now.mono && signalAt.mono <= audio.since;
    if (!silenced) expect(snapshot.sounding).toBe('high');
  }
};

describe('whatever people do to the alarms', () => {
  it('every high-priority alarm is sounding, acknowledged, or under a named control that still holds', () => {
    fc.assert(
      fc.property(mixed(anyActions), (actions) => {
        const c = chair();
        for (const action of actions) {
          action(c);
          nothingHighIsLost(c);
        }
      }),
      RUNS,
    );
  });

  it('a violation of a high limit that lasts its delay is an alarm, or its parameter is off by name', () => {
    const violations = fc.constantFrom(
      { values: { [SPO2]: 80, [HR]: 70, [RR]: 14 }, key: 'spo2-low', seconds: 6 },
      { values: { [SPO2]: 98, [HR]: 35, [RR]: 14 }, key: 'hr-low', seconds: 11 },
      { values: { [SPO2]: 98, [HR]: 160, [RR]: 14 }, key: 'hr-high', seconds: 11 },
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 2, arbitrary: controlAction }, violations), {
          minLength: 1,
          maxLength: 10,
        }),
        (steps) => {
          const c = chair();
          for (const step of steps) {
            if (typeof step === 'function') {
              step(c);
              continue;
            }
            c.hold(step.values, step.seconds);
            const isOff = controlsOf(c.events).has(`${step.key} off`);
            expect([step.key, c.state.alarms[step.key]?.alarm.priority]).toEqual([
              step.key,
              isOff ? undefined : 'high',
            ]);
            nothingHighIsLost(c);
          }
        },
      ),
      RUNS,
    );
  });

  it('what the engine holds is what the log says, and nothing is off that the phase forbids', () => {
    fc.assert(
      fc.property(mixed(anyActions), (actions) => {
        const c = chair();
        for (const action of actions) {
          action(c);
          const snapshot = alarmSnapshot(c.state, c.now());
          const names = [
            ...snapshot.paused.map((entry) => entry.parameter),
            ...snapshot.off.map((entry) => `${entry.parameter} off`),
            ...(snapshot.audio.kind === 'on' ? [] : ['audio']),
          ];
          expect([...controlsOf(c.events).keys()].sort()).toEqual(names.sort());
          expect(snapshot.off.filter((entry) => !mayBeOff(entry.parameter, c.state.phase))).toEqual([]);
          expect(snapshot.reminder !== null).toBe(snapshot.off.length > 0 || snapshot.audio.kind === 'off');
        }
      }),
      RUNS,
    );
  });

  it('a restart from the log hides, silences and shows the same', () => {
    fc.assert(
      fc.property(mixed(sessionActions), (actions) => {
        const c = chair();
        for (const action of actions) action(c);
        const at = instant(c.now().wall, 77);
        const restored = restoreAlarms(c.state.limits, c.events, at);
        const { state } = stepAlarms(restored, { type: 'phase', phase: 'infusing', at });
        const [before, after] = [alarmSnapshot(c.state, c.now()), alarmSnapshot(state, at)];
        const paused = (snapshot: typeof before, zero: number) =>
          snapshot.paused.map(({ parameter, until, by }) => [parameter, Math.round(until.mono - zero), by]);
        expect(paused(after, at.mono)).toEqual(paused(before, c.now().mono));
        expect(after.off.map(({ parameter, by, reason }) => [parameter, by, reason])).toEqual(
          before.off.map(({ parameter, by, reason }) => [parameter, by, reason]),
        );
        expect(after.audio.kind).toBe(before.audio.kind);
      }),
      RUNS,
    );
  });
});
