import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AlarmEngineState,
  type AlarmInput,
  alarmSnapshot,
  createAlarmEngine,
  restoreAlarms,
  stepAlarms,
} from '../../../core/alarm/engine.ts';
import { DEFAULT_PRESET } from '../../../core/alarm/presets.ts';
import { CONFIRM_WITHIN_MS } from '../../../core/alarm/timing.ts';
import type { ActiveAlarm, AlarmEvent, ConditionEvent } from '../../../core/alarm/types.ts';
import { elapsedMs, type Instant, instant } from '../../../core/time.ts';
import { anyActions, sessionActions } from './actions.ts';
import { type Chair, chair, HR, M1, observe, PR, RR, SPO2 } from './bench-chair.ts';

/** More runs with another seed: ALARM_RUNS=500 CHAIRSIDE_SEED=7. */
const RUNS = {
  numRuns: Number(process.env.ALARM_RUNS ?? 10),
};

/** One sample a second; the engine also ticks four times a second. Null: no number. */
const run = (metric: 'MDC_PULS_OXIM_SAT_O2', trace: readonly (number | null)[]): Chair => {
  const c = chair();
  for (const value of trace) c.hold({ [metric]: value ?? 'invalid' }, 1);
  return c;
};

/** Runs of samples that all violate: [first second, number of seconds]. */
const runsBelow = (
  trace: readonly (number | null)[],
  limit: number,
): readonly (readonly [number, number])[] => {
  const runs: [number, number][] = [];
  trace.forEach((value, second) => {
    const last = runs.at(-1);
    if (value === null || value >= limit) return;
    if (last !== undefined && last[0] + last[1] === second) last[1] += 1;
    else runs.push([second, 1]);
  });
  return runs;
};

/** A reading that waited 3 min for its repeat counts as confirmed, also above a latched alarm: fail loud. */
const isPromotion = ({ type, alarm, at }: ConditionEvent): boolean =>
  type === 'reopened' && alarm.key === 'bp-high' && elapsedMs(alarm.onsetAt, at) === CONFIRM_WITHIN_MS;

const spo2Trace = fc
  .array(
    fc.oneof(
      fc.tuple(fc.integer({ min: 78, max: 99 }), fc.integer({ min: 1, max: 25 })),
      fc.tuple(fc.constant(null), fc.integer({ min: 1, max: 5 })),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((pieces) => pieces.flatMap(([value, seconds]) => Array.from({ length: seconds }, () => value)));

/** The alarms that are on after a log, folded from its events alone. @throws when the log contradicts itself. */
const foldLog = (log: readonly AlarmEvent[]): ReadonlyMap<string, ActiveAlarm> => {
  const on = new Map<string, ActiveAlarm>();
  for (const event of log) {
    if (!('alarm' in event)) continue;
    const { key } = event.alarm;
    const before = on.get(key);
    const begins = event.type === 'raised' || (event.type === 'reopened' && before?.state !== 'latched');
    if (begins === (before !== undefined)) throw new Error(`${event.type} ${key} cannot follow`);
    if (event.type === 'cleared' || event.type === 'not-confirmed') on.delete(key);
    else on.set(key, event.alarm);
  }
  return on;
};

const essence = (alarm: ActiveAlarm) => ({
  key: alarm.key,
  priority: alarm.priority,
  state: alarm.state,
  acknowledged: alarm.acknowledged?.by ?? null,
  occurrence: alarm.occurrence,
});
const openOf = (state: AlarmEngineState, at: Instant) =>
  Object.fromEntries(alarmSnapshot(state, at).alarms.map((alarm) => [alarm.key, essence(alarm)]));

describe('whatever the trace', () => {
  it.each([
    ['medium', 90, 15],
    ['high', 85, 5],
  ] as const)('no violation as long as the delay goes without its %s alarm', (priority, limit, delay) => {
    fc.assert(
      fc.property(spo2Trace, (trace) => {
        const c = run(SPO2, trace);
        for (const [start, seconds] of runsBelow(trace, limit)) {
          if (seconds < delay) continue;
          const due = c.events.filter((event) => event.at.mono <= 1000 + (start + delay) * 1000);
          const alarm = foldLog(due).get('spo2-low');
          expect(alarm?.priority === 'high' || alarm?.priority === priority).toBe(true);
        }
      }),
      RUNS,
    );
  });
  it('a trace inside all limits never alarms', () => {
    const inside = fc.record({
      [SPO2]: fc.integer({ min: 92, max: 100 }),
      [HR]: fc.integer({ min: 50, max: 120 }),
      [RR]: fc.integer({ min: 10, max: 30 }),
    });
    fc.assert(
      fc.property(fc.array(inside, { minLength: 60, maxLength: 200 }), (frames) => {
        const c = chair();
        for (const frame of frames) c.hold({ ...frame, [PR]: frame[HR] }, 1);
        expect(c.events).toEqual([]);
      }),
      RUNS,
    );
  });
  it('no high violation shorter than its delay becomes a high alarm', () => {
    fc.assert(
      fc.property(spo2Trace, (trace) => {
        const c = run(SPO2, trace);
        // A gap does not restart a delay, so runs are joined across gaps here.
        const joined = trace.map((value, index) =>
          value === null ? (trace.slice(0, index).findLast((earlier) => earlier !== null) ?? null) : value,
        );
        if (runsBelow(joined, 85).every(([, seconds]) => seconds < 5)) {
          expect(c.events.filter((event) => 'alarm' in event && event.alarm.priority === 'high')).toEqual([]);
        }
      }),
      RUNS,
    );
  });
});

describe('whatever happens', () => {
  it('the log tells exactly which alarms are on', () => {
    fc.assert(
      fc.property(anyActions, (actions) => {
        const c = chair();
        for (const action of actions) {
          action(c);
          const told = [...foldLog(c.events).values()].map((alarm) => [alarm.key, essence(alarm)]);
          expect(Object.fromEntries(told)).toEqual(openOf(c.state, c.now()));
        }
      }),
      RUNS,
    );
  });
  it('the state is plain data: stored and read back it goes on the same', () => {
    fc.assert(
      fc.property(sessionActions, (actions) => {
        const live = chair();
        const stored = chair();
        for (const action of actions) {
          action(live);
          stored.state = JSON.parse(JSON.stringify(stored.state));
          action(stored);
        }
        expect(stored.events).toEqual(live.events);
      }),
      RUNS,
    );
  });
  it('a restart from the log has the same alarms open', () => {
    fc.assert(
      fc.property(sessionActions, fc.integer({ min: 0, max: 20 }), (actions, downForSeconds) => {
        const c = chair();
        for (const action of actions) action(c);
        const after = instant(c.now().wall + downForSeconds * 1000, 7);
        const restored = restoreAlarms(DEFAULT_PRESET, c.events, after);
        expect(openOf(restored, after)).toEqual(openOf(c.state, c.now()));
        const told = stepAlarms(restored, { type: 'phase', phase: 'infusing', at: after });
        const kept = told.events.filter((event) => event.type !== 'realarmed' && event.type !== 'confirmed');
        expect(kept.filter((event) => event.type !== 'audio-resumed')).toEqual([]);
      }),
      RUNS,
    );
  });
  it('silence raises, worsens and ends no alarm of the patient', () => {
    fc.assert(
      fc.property(sessionActions, (actions) => {
        const c = chair();
        for (const action of actions) action(c);
        c.link('associated', [SPO2, PR, HR]);
        c.wait(16); // numbers still count for 10 s, and a clearing for 5 s more
        const before = c.events.length;
        c.wait(200);
        const said = c.events.slice(before).filter((event) => 'alarm' in event);
        const wrong = said.filter(
          (event) =>
            event.alarm.category === 'physiological' &&
            ['raised', 'reopened', 'escalated', 'deescalated', 'cleared', 'latched'].includes(event.type) &&
            !['pulse-lost', 'asystole'].includes(event.alarm.key) && // told by the monitor, not by silence
            !isPromotion(event) &&
            !event.alarm.conditionId.startsWith('monitor-'),
        );
        expect(wrong).toEqual([]);
      }),
      RUNS,
    );
  });
  it('nothing but a person ends an alarm that has latched', () => {
    fc.assert(
      fc.property(sessionActions, sessionActions, (actions, more) => {
        const c = chair();
        for (const action of actions) action(c);
        const unanswered = new Set<string>();
        const people = c.send;
        c.send = (input) => {
          if (input.type === 'acknowledge') return;
          for (const { alarm } of Object.values(c.state.alarms)) {
            if (alarm.state === 'latched') unanswered.add(alarm.key);
          }
          people(input);
          expect(c.keys()).toEqual(expect.arrayContaining([...unanswered]));
        };
        for (const action of more) action(c);
      }),
      RUNS,
    );
  });
  it('the order of metrics within a frame does not matter', () => {
    const frame = fc.record({
      [SPO2]: fc.integer({ min: 80, max: 99 }),
      [PR]: fc.integer({ min: 30, max: 160 }),
      [HR]: fc.integer({ min: 30, max: 160 }),
      MDC_PRESS_BLD_NONINV_SYS: fc.integer({ min: 100, max: 220 }),
      MDC_PRESS_BLD_NONINV_DIA: fc.integer({ min: 60, max: 90 }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(frame, fc.integer({ min: 1, max: 20 })), { maxLength: 10 }),
        fc.integer(),
        (frames, seed) => {
          const [straight, shuffled] = [chair(), chair()];
          for (const [values, seconds] of frames) {
            const observations = observe(values, straight.now());
            const turned = [...observations].sort((a, b) => order(a.metric, seed) - order(b.metric, seed));
            straight.send({ type: 'observations', monitorId: M1, observations, at: straight.now() });
            shuffled.send({ type: 'observations', monitorId: M1, observations: turned, at: shuffled.now() });
            straight.wait(seconds);
            shuffled.wait(seconds);
          }
          expect(shuffled.events).toEqual(straight.events);
          expect(shuffled.state).toEqual(straight.state);
        },
      ),
      RUNS,
    );
  });
  it('the wall clock changes no decision', () => {
    fc.assert(
      fc.property(sessionActions, fc.integer({ min: -1e9, max: 1e9 }), (actions, jumpMs) => {
        const straight = chair();
        const jumped = createAlarmEngine(DEFAULT_PRESET);
        const seen: AlarmInput[] = [];
        const real = straight.send;
        straight.send = (input) => {
          seen.push(input);
          real(input);
        };
        for (const action of actions) action(straight);
        let state = stepAlarms(jumped, { type: 'phase', phase: 'infusing', at: instant(0, 1000) }).state;
        const told: string[] = [];
        for (const input of seen) {
          const at = instant(input.at.wall + jumpMs * Math.sin(input.at.mono), input.at.mono);
          const step = stepAlarms(state, { ...input, at });
          state = step.state;
          for (const event of step.events) told.push(`${event.type} ${event.at.mono}`);
        }
        expect(told).toEqual(straight.events.map((event) => `${event.type} ${event.at.mono}`));
      }),
      RUNS,
    );
  });
  it('every running alarm of a value has a value, a limit and words without an age', () => {
    fc.assert(
      fc.property(anyActions, (actions) => {
        const c = chair();
        for (const action of actions) {
          action(c);
          for (const alarm of alarmSnapshot(c.state, c.now()).alarms) {
            expect(alarm.message).not.toMatch(/ ago|\bfor \d|\bsince \d/);
            if (alarm.conditionId.match(/-(advisory|(high|medium)-priority|immediate)$/)) {
              expect(alarm.limit).not.toBeNull();
            }
          }
        }
      }),
      RUNS,
    );
  });
});

const order = (metric: string, seed: number): number =>
  [...metric].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 9973, Math.abs(seed % 1000) + 7);
