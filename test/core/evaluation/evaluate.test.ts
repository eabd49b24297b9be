import { describe, expect, it } from 'vitest';
import type { LimitSet } from '../../../core/alarm/limits.ts';
import { DEFAULT_PRESET } from '../../../core/alarm/presets.ts';
import { compareEvaluations } from '../../../core/evaluation/compare.ts';
import { type Evaluation, type EvaluationOptions, evaluateTrace } from '../../../core/evaluation/evaluate.ts';
import type { TraceInput } from '../../../core/evaluation/trace.ts';
import { every, frame, infusing, phase } from './trace-builder.ts';

const evaluate = (
  inputs: readonly TraceInput[],
  limits: LimitSet = DEFAULT_PRESET,
  options: Partial<EvaluationOptions> = {},
): Evaluation => {
  const evaluation = evaluateTrace(inputs, limits, options);
  if (evaluation === null) throw new Error('the trace is empty');
  return evaluation;
};

const withLimit = (id: string, change: { threshold?: number | null; delayMs?: number }): LimitSet => ({
  ...DEFAULT_PRESET,
  limits: DEFAULT_PRESET.limits.map((limit) => (limit.id === id ? { ...limit, ...change } : limit)),
});

const answers = (evaluation: Evaluation) =>
  evaluation.answered.map(({ violation, answer }) => [
    violation.limitId,
    answer.kind === 'none' ? answer.reason : answer.kind,
  ]);

const seconds = (evaluation: Evaluation) =>
  evaluation.episodes.map((episode) => ({
    condition: episode.conditionId,
    onset: episode.onsetAt.mono / 1000,
    raised: episode.raisedAt.mono / 1000,
    end: episode.endAt === null ? null : episode.endAt.mono / 1000,
    peak: episode.peak,
  }));

const DESATURATION = infusing(
  every(1, 29, { spo2: 97 }),
  every(30, 49, { spo2: 88 }),
  frame(50, { spo2: 86 }),
  every(51, 59, { spo2: 88 }),
  every(60, 90, { spo2: 97 }),
);

describe('an evaluation', () => {
  it('tells an alarm from onset over its delay to its end, with the worst value', () => {
    expect(seconds(evaluate(DESATURATION))).toEqual([
      { condition: 'spo2-low-medium-priority', onset: 30, raised: 45, end: 65, peak: 86 },
    ]);
  });

  it('adds up alarms, their time and what sounded', () => {
    const { summary } = evaluate(DESATURATION);
    expect(summary.hours).toBeCloseTo(90 / 3600);
    expect(summary.byPriority.medium).toEqual({
      alarms: 1,
      perHour: 40,
      sounded: 1,
      soundedPerHour: 40,
      burdenSeconds: 20,
      shorterThan15s: 0,
    });
    expect(summary.soundingSeconds).toBe(20);
    expect(summary.byCondition).toEqual([
      {
        conditionId: 'spo2-low-medium-priority',
        category: 'physiological',
        priority: 'medium',
        alarms: 1,
        perHour: 40,
        burdenSeconds: 20,
        sounded: 1,
      },
    ]);
    expect(summary.missed).toBe(0);
  });

  it('takes plain thresholds at their word: on at the first number beyond, off at the first inside', () => {
    const { plain } = evaluate(DESATURATION);
    expect(plain.map((alarm) => [alarm.key, alarm.onsetAt.mono, alarm.endAt?.mono])).toEqual([
      ['spo2-low', 30_000, 60_000],
    ]);
  });

  it('says of a violation shorter than its delay that it was', () => {
    const trace = infusing(
      every(1, 9, { spo2: 97 }),
      every(10, 23, { spo2: 88 }),
      every(24, 60, { spo2: 97 }),
    );
    expect(evaluate(trace).episodes).toEqual([]);
    expect(answers(evaluate(trace))).toEqual([
      ['spo2-low-advisory', 'shorter-than-delay'],
      ['spo2-low-medium-priority', 'shorter-than-delay'],
    ]);
  });

  it('says of a violation without an open session that nothing is judged then', () => {
    const trace = [phase(0, null), ...every(1, 60, { spo2: 80 })];
    expect(new Set(answers(evaluate(trace)).map(([, answer]) => answer))).toEqual(new Set(['no-session']));
  });

  it('says of a violation at the end that the trace ended before the alarm was due', () => {
    const trace = infusing(every(1, 9, { spo2: 97 }), every(10, 25, { spo2: 89 }));
    const last = answers(evaluate(trace)).find(([limit]) => limit === 'spo2-low-medium-priority');
    expect(last?.[1]).toBe('alarm');
    const shorter = infusing(every(1, 9, { spo2: 97 }), every(10, 20, { spo2: 89 }));
    expect(answers(evaluate(shorter))[0]?.[1]).toBe('shorter-than-delay');
  });

  it('says of a violation of a limit that is off that it was', () => {
    const off = withLimit('spo2-low-medium-priority', { threshold: null });
    expect(answers(evaluate(DESATURATION, off))).toContainEqual(['spo2-low-medium-priority', 'alarm-off']);
  });

  it('names limits that could not be judged: off, without numbers, without a baseline', () => {
    const trace = [phase(0, 'infusing'), frame(1, { spo2: 97, sys: 120, dia: 70, map: 90 })];
    const { notJudged } = evaluate(trace, withLimit('spo2-low-medium-priority', { threshold: null })).summary;
    expect(notJudged).toContainEqual({ limitId: 'spo2-low-medium-priority', why: 'off' });
    expect(notJudged).toContainEqual({ limitId: 'rr-high-medium-priority', why: 'no-numbers' });
    expect(notJudged).toContainEqual({ limitId: 'nibp-sys-rise-medium-priority', why: 'no-baseline' });
    expect(notJudged.map((entry) => entry.limitId)).not.toContain('spo2-low-high-priority');
  });

  it('tells a cuff reading that a second one did not confirm as shown and never sounded', () => {
    const trace = [
      phase(0, 'infusing'),
      frame(10, { sys: 165, dia: 80, map: 105 }),
      frame(130, { sys: 130, dia: 78, map: 95 }),
      frame(140, { spo2: 97 }),
    ];
    const [episode] = evaluate(trace).episodes;
    expect(episode).toMatchObject({ priority: 'medium', confirmation: 'not-confirmed', soundedAt: null });
    const medium = evaluate(trace).answered.find(
      (entry) => entry.violation.limitId === 'nibp-sys-high-medium-priority',
    );
    expect(medium?.answer).toMatchObject({ kind: 'alarm', sounded: false });
  });

  it('answers a high pressure at once, unconfirmed or not', () => {
    const trace = infusing(frame(10, { sys: 185, dia: 90, map: 120 }), frame(20, { spo2: 97 }));
    const { episodes, summary } = evaluate(trace);
    expect(episodes[0]).toMatchObject({ key: 'bp-high', priority: 'high', raisedAt: { mono: 10_000 } });
    expect(summary.missed).toBe(0);
  });

  it('gives a reading that cannot be one a technical alarm, and no alarm of the patient', () => {
    const trace = infusing(frame(10, { sys: 205, dia: 200, map: 202 }), frame(20, { spo2: 97 }));
    expect(new Set(answers(evaluate(trace)).map(([, answer]) => answer))).toEqual(new Set(['technical']));
  });

  it('with somebody acknowledging what is over, each occurrence is an alarm of its own', () => {
    const dip = (from: number) => [
      ...every(from, from + 9, { spo2: 80 }),
      ...every(from + 10, from + 99, { spo2: 97 }),
    ];
    const trace = infusing(every(1, 9, { spo2: 97 }), dip(10), dip(110), dip(210));
    const { episodes } = evaluate(trace, DEFAULT_PRESET, { acknowledging: { kind: 'when-over' } });
    expect(episodes.map((episode) => [episode.raisedAt.mono / 1000, episode.occurrence])).toEqual([
      [15, 1],
      [115, 1],
      [215, 1],
    ]);
  });

  it('of an empty trace is null', () => {
    expect(evaluateTrace([], DEFAULT_PRESET)).toBeNull();
  });
});

describe('what if', () => {
  const compare = (limits: LimitSet) =>
    compareEvaluations(evaluate(DESATURATION), evaluate(DESATURATION, limits));

  it('the same limits change nothing', () => {
    expect(compare(DEFAULT_PRESET).counts).toEqual({ same: 1, moved: 0, gone: 0, came: 0 });
  });

  it('a lower limit takes the alarm away', () => {
    expect(compare(withLimit('spo2-low-medium-priority', { threshold: 85 })).differences).toMatchObject([
      { kind: 'moved', before: { priority: 'medium' }, after: { priority: 'low' } },
    ]);
    const off = {
      ...DEFAULT_PRESET,
      limits: DEFAULT_PRESET.limits.filter((limit) => !limit.id.startsWith('spo2')),
    };
    expect(compare(off).counts).toEqual({ same: 0, moved: 0, gone: 1, came: 0 });
  });

  it('a longer delay moves it by as much', () => {
    const { differences } = compare(withLimit('spo2-low-medium-priority', { delayMs: 20_000 }));
    expect(differences).toMatchObject([
      { kind: 'moved', reachedByMs: 5_000, before: { priority: 'medium' }, after: { priority: 'medium' } },
    ]);
  });

  it('a tighter limit brings a new one', () => {
    const limits = withLimit('rr-high-medium-priority', { threshold: 18 });
    const trace = infusing(every(1, 60, { spo2: 97, rr: 20 }));
    const { counts, differences } = compareEvaluations(evaluate(trace), evaluate(trace, limits));
    expect(counts).toEqual({ same: 0, moved: 0, gone: 0, came: 1 });
    expect(differences).toMatchObject([{ kind: 'came', after: { conditionId: 'rr-high-medium-priority' } }]);
  });
});
