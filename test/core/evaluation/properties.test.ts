/** Random traces: no sustained violation goes without its alarm, and it does not matter how the trace is run. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AlarmEngineState,
  type AlarmInput,
  createAlarmEngine,
  restoreAlarms,
  stepAlarms,
} from '../../../core/alarm/engine.ts';
import { DEFAULT_PRESET } from '../../../core/alarm/presets.ts';
import type { ActiveAlarm, AlarmEvent } from '../../../core/alarm/types.ts';
import { evaluateTrace } from '../../../core/evaluation/evaluate.ts';
import { createRunner, runTrace } from '../../../core/evaluation/run.ts';
import { isFrame, type TraceFrame, type TraceInput } from '../../../core/evaluation/trace.ts';
import { addMs, elapsedMs } from '../../../core/time.ts';
import { at, BASELINE, connected, every, frame, infusing, phase, type Values } from './trace-builder.ts';

/** More restarts: ALARM_RUNS=500. */
const RESTARTS = Number(process.env.ALARM_RUNS ?? 25);

const doubtfulSometimes = (low: number, high: number) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: low, max: high }) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.integer({ min: low, max: high }).map((doubtful) => ({ doubtful })) },
  );

const continuous: fc.Arbitrary<Values> = fc.record(
  {
    spo2: doubtfulSometimes(80, 100),
    hr: doubtfulSometimes(35, 160),
    pr: doubtfulSometimes(35, 160),
    rr: doubtfulSometimes(4, 36),
  },
  { requiredKeys: [] },
);

const pressure = fc
  .tuple(fc.integer({ min: 70, max: 215 }), fc.integer({ min: 8, max: 90 }))
  .map(([sys, pulse]): Values => ({ sys, dia: sys - pulse, map: sys - Math.round(pulse * 0.6) }));

/** Values that hold for some seconds, sometimes with a cuff reading at their start, sometimes silence. */
const stretch = fc.record({
  values: continuous,
  seconds: fc.integer({ min: 1, max: 45 }),
  cuff: fc.option(pressure, { freq: 4 }),
  silence: fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 5, max: 40 }) },
  ),
});

const traceArbitrary = fc.array(stretch, { minLength: 1, maxLength: 12 }).map((stretches) => {
  const frames: TraceInput[] = [];
  let now = 1;
  for (const { values, seconds, cuff, silence } of stretches) {
    if (cuff !== null) {
      frames.push(frame(now, { ...values, ...cuff }));
      now += 1;
    }
    frames.push(...every(now, now + seconds - 1, values));
    now += seconds + silence;
  }
  return infusing(frames);
});

/** The alarms of the patient and of the numbers that are missing. */
const shown = (alarms: readonly ActiveAlarm[]) =>
  alarms
    .filter(({ category, conditionId }) => category === 'physiological' || conditionId === 'metric-stale')
    .map(({ key, priority, state }) => `${key} ${priority} ${state}`)
    .toSorted((a, b) => (a < b ? -1 : 1));

describe('random traces', () => {
  it('have no sustained violation without an alarm or a declared reason', () => {
    fc.assert(
      fc.property(traceArbitrary, (trace) => {
        const evaluation = evaluateTrace(trace, DEFAULT_PRESET, { acknowledging: { kind: 'when-over' } });
        expect(evaluation?.answered.filter((entry) => entry.answer.kind === 'missed')).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  it('inside all limits never alarm', () => {
    const calm = fc.record({
      spo2: fc.integer({ min: 92, max: 100 }),
      hr: fc.integer({ min: 58, max: 87 }),
      rr: fc.integer({ min: 10, max: 30 }),
    });
    fc.assert(
      fc.property(fc.array(calm, { minLength: 1, maxLength: 200 }), (values) => {
        const trace = infusing(values.map((entry, index) => frame(index + 1, entry)));
        expect(evaluateTrace(trace, DEFAULT_PRESET)?.episodes).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('give the same alarms live, step by step with the state stored in between, as replayed at once', () => {
    fc.assert(
      fc.property(traceArbitrary, (trace) => {
        const atOnce = runTrace(DEFAULT_PRESET, trace);
        let state = createAlarmEngine(DEFAULT_PRESET);
        let now = at(0);
        const live: AlarmEvent[] = [];
        const step = (input: AlarmInput) => {
          const done = stepAlarms(state, input);
          state = JSON.parse(JSON.stringify(done.state)) as AlarmEngineState; // as a database would give it back
          live.push(...done.events);
          now = input.at;
        };
        for (const input of trace) {
          while (elapsedMs(now, input.at) > 1000) step({ type: 'tick', at: addMs(now, 1000) });
          step(input);
        }
        expect(live).toEqual(atOnce?.events);
      }),
      { numRuns: 25 },
    );
  });

  it('restarted half way from the log end with the same alarms on', () => {
    // Beyond a limit or well inside, for longer than any usual delay: delays in progress are lost in a restart.
    const settled = fc
      .record({
        spo2: fc.constantFrom(80, 88, 97),
        hr: fc.constantFrom(36, 45, 75, 100, 130, 156),
        rr: fc.constantFrom(5, 9, 14, 34),
      })
      .map((values): Values => values);
    fc.assert(
      fc.property(traceArbitrary, settled, traceArbitrary, settled, (before, calm, after, end) => {
        const half = lastSecond(before) + 61;
        const first = [...before, ...every(half - 60, half, calm)];
        const resumed = shifted(after.filter(isFrame), half);
        const finish = half + lastSecond(after);
        const rest = [...resumed, ...every(finish + 1, finish + 150, end)];

        const through = createRunner(DEFAULT_PRESET);
        for (const input of [...first, ...rest]) through.take(input);

        const cut = createRunner(DEFAULT_PRESET);
        for (const input of first) cut.take(input);
        const log = cut.result()?.events ?? [];
        const { readings } = cut.state().cuff;
        const restored = restoreAlarms(DEFAULT_PRESET, log, at(half), readings);
        const second = createRunner(DEFAULT_PRESET, {}, restored);
        second.take(connected(half));
        second.take(phase(half, 'infusing'));
        second.take({ type: 'baseline', baseline: BASELINE, at: at(half) });
        for (const input of rest) second.take(input);
        expect(shown(second.result()?.open ?? [])).toEqual(shown(through.result()?.open ?? []));
      }),
      { numRuns: RESTARTS },
    );
  });
});

const lastSecond = (trace: readonly TraceInput[]): number => (trace.at(-1)?.at.mono ?? 0) / 1000;

/** The frames so many seconds later. */
const shifted = (frames: readonly TraceFrame[], seconds: number): readonly TraceInput[] =>
  frames.map((entry) => {
    const when = addMs(entry.at, seconds * 1000);
    const observations = entry.observations.map((value) => ({ ...value, receivedAt: when }));
    return { ...entry, observations, at: when };
  });
