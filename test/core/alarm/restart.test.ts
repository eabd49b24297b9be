/** A restart in the middle of cuff readings: the alarms afterwards are those of a station that never stopped. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restoreAlarms } from '../../../core/alarm/engine.ts';
import { DEFAULT_PRESET } from '../../../core/alarm/presets.ts';
import type { NibpReading } from '../../../core/session/events.ts';
import type { Instant } from '../../../core/time.ts';
import { BASELINE, type Chair, chair, HR, M1, RR, SPO2 } from './bench-chair.ts';

const RUNS = {
  numRuns: Number(process.env.ALARM_RUNS ?? 12),
};

type Told = (c: Chair) => void;
const tellPhase: Told = (c) => c.phase('infusing');
const tellBaseline: Told = (c) => c.send({ type: 'baseline', baseline: BASELINE, at: c.now() });
const tellLimits: Told = (c) => c.send({ type: 'limits', limits: { ...DEFAULT_PRESET }, at: c.now() });
const tellLink: Told = (c) => c.link('associated', []);
const BENCH = [tellLink, tellPhase, tellBaseline];
const STATION = [tellLimits, tellBaseline, tellPhase, tellLink];

/** The station stops and is there again: only the log and the readings are left. */
const restart = (
  c: Chair,
  readings: readonly NibpReading[],
  told: readonly Told[] = BENCH,
  baselineSince: Instant | null = null,
): void => {
  c.state = restoreAlarms(DEFAULT_PRESET, c.events, c.now(), readings, baselineSince);
  for (const tell of told) tell(c);
};

interface Cuffed extends Chair {
  readonly readings: NibpReading[];
}

const cuffed = (): Cuffed => {
  const c = chair();
  const readings: NibpReading[] = [];
  const real = c.cuff;
  return Object.assign(c, {
    readings,
    cuff: (systolic: number, diastolic: number, mean: number | null = null) => {
      const rest = { mean, pulseRate: null, receivedAt: c.now(), ageAtReceiptMs: 0, monitorId: M1 };
      readings.push({ systolic, diastolic, ...rest });
      real(systolic, diastolic, mean);
    },
  });
};

const withBaseline = (): Cuffed => {
  const c = cuffed();
  tellLink(c);
  tellBaseline(c);
  return c;
};

const pressures = (c: Chair) =>
  Object.values(c.state.alarms)
    .map(({ alarm }) => alarm)
    .filter(({ key }) => key === 'bp-high' || key === 'bp-low')
    .map(({ key, priority, state, acknowledged }) => ({ key, priority, state, by: acknowledged?.by ?? null }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));

describe('a restart between cuff readings', () => {
  it.each([
    ['phase first', BENCH],
    ['baseline first', STATION],
  ] as const)('keeps a low pressure that another rule has taken over (%s)', (_, told) => {
    const c = withBaseline();
    c.wait(1);
    c.cuff(90, 49);
    c.wait(60);
    c.cuff(80, 70);
    c.wait(60);
    const before = c.events.length;
    restart(c, c.readings, told);
    c.wait(60);
    expect(c.alarm('bp-low')).toMatchObject({ priority: 'medium', state: 'active', value: 80 });
    expect(c.events.slice(before)).toEqual([]);
  });
  it('latches a spike that the reading after it confirms', () => {
    const c = withBaseline();
    c.cuff(120, 110);
    c.wait(60);
    restart(c, c.readings);
    c.cuff(110, 100);
    c.wait(60);
    c.cuff(118, 74);
    expect(c.alarm('bp-high')).toMatchObject({ priority: 'high', state: 'latched' });
  });
  it('judges readings from before the baseline without it', () => {
    const c = cuffed();
    c.cuff(140, 96);
    c.wait(60);
    const frozen = c.now();
    tellBaseline(c);
    c.wait(60);
    restart(c, c.readings, STATION, frozen);
    expect(pressures(c)).toEqual([]);
    restart(c, c.readings, STATION);
    expect(pressures(c)).toMatchObject([{ key: 'bp-high', priority: 'medium' }]);
  });
  it('keeps an alarm whose reading was not handed in', () => {
    const c = withBaseline();
    c.cuff(120, 76);
    c.wait(60);
    c.cuff(85, 60);
    c.wait(5);
    restart(c, c.readings.slice(0, 1));
    c.wait(60);
    expect(c.alarm('bp-low')).toMatchObject({ priority: 'medium', state: 'active' });
    c.cuff(120, 76);
    expect(c.alarm('bp-low')).toBeUndefined();
  });
  it('does not judge the readings of the last session against the baseline of the next', () => {
    const c = cuffed();
    c.cuff(120, 110);
    restart(c, c.readings, [tellPhase]);
    c.phase('discharged');
    c.phase('infusing');
    tellBaseline(c);
    expect(pressures(c)).toEqual([]);
  });
  it('wants the same repeat reading', () => {
    const c = withBaseline();
    c.cuff(120, 76);
    c.wait(120);
    c.cuff(145, 80);
    c.wait(10);
    const { cuff } = c.state;
    restart(c, c.readings);
    expect(c.state.cuff).toEqual(cuff);
  });

  const step = fc.record({
    sys: fc.integer({ min: 70, max: 215 }),
    pulse: fc.integer({ min: 10, max: 90 }),
    withMean: fc.boolean(),
    // No two readings exactly 3 min apart: whether the wait or the repeat comes first is then a matter of chance.
    wait: fc.constantFrom(21, 61, 122, 179, 181, 305, 620),
    acknowledge: fc.option(fc.constantFrom('bp-high', 'bp-low'), { freq: 3 }),
  });
  const near = fc.record({
    sys: fc.integer({ min: 145, max: 185 }),
    pulse: fc.integer({ min: 50, max: 80 }),
    withMean: fc.boolean(),
    wait: fc.constantFrom(21, 61, 122, 205),
    acknowledge: fc.option(fc.constantFrom('bp-high', 'bp-low'), { freq: 3 }),
  });
  const order = fc.constantFrom(BENCH, STATION);
  const sequence = fc.oneof(
    fc.array(step, { minLength: 1, maxLength: 8 }),
    fc.array(near, { minLength: 1, maxLength: 8 }),
  );

  it('ends with the pressure alarms of a station that never stopped', () => {
    fc.assert(
      fc.property(sequence, fc.nat(7), fc.constantFrom(0, 0.25, 19.75), order, (steps, cut, into, told) => {
        const [through, stopped] = [withBaseline(), withBaseline()];
        steps.forEach(({ sys, pulse, withMean, wait, acknowledge }, index) => {
          for (const c of [through, stopped]) {
            const dia = Math.max(30, sys - pulse);
            c.cuff(sys, dia, withMean ? dia + Math.round((sys - dia) * 0.4) : null);
            c.wait(into);
            if (c === stopped && index === cut % steps.length) restart(c, c.readings, told);
            if (acknowledge !== null) c.acknowledge(acknowledge);
            c.wait(wait - into);
          }
          expect(pressures(stopped)).toEqual(pressures(through));
        });
        expect(stopped.state.cuff).toEqual(through.state.cuff);
      }),
      RUNS,
    );
  });
});

describe('a restart while a number is missing', () => {
  const STALE = `metric-stale:${M1}:${RR}`;
  /** Respiration has stopped coming and its alarm is on when the station stops. */
  const missing = (): Chair => {
    const c = chair();
    c.link('associated', [SPO2, RR]);
    c.hold({ [SPO2]: 97, [RR]: 14 }, 5);
    c.hold({ [SPO2]: 97 }, 20);
    expect(c.keys()).toEqual([STALE]);
    return c;
  };

  it.each([
    ['whose line is told', [tellPhase, tellLink]],
    ['that is only heard', [tellPhase]],
  ] as const)('keeps it missing until it comes, from a monitor %s', (_, told) => {
    const c = missing();
    const before = c.events.length;
    restart(c, [], told);
    c.hold({ [SPO2]: 97 }, 120);
    expect(c.keys()).toEqual([STALE]);
    expect(c.events.slice(before)).toEqual([]);
    c.hold({ [SPO2]: 97, [RR]: 14 }, 1);
    expect(c.keys()).toEqual([]);
  });
  it('keeps it missing after the line was lost and is back', () => {
    const c = missing();
    restart(c, [], [tellPhase, tellLink]);
    c.link('not-associated', []);
    c.wait(30);
    expect(c.keys()).toEqual([`link-lost:${M1}`]);
    c.link('associated', []);
    c.hold({ [SPO2]: 97 }, 12);
    expect(c.keys()).toEqual([STALE]);
  });
  it('ends it when the monitor is removed', () => {
    const c = missing();
    restart(c, [], [tellPhase, tellLink]);
    c.wait(5);
    c.send({ type: 'monitor-removed', monitorId: M1, at: c.now() });
    c.wait(31);
    expect(c.keys()).toEqual([]);
  });
  it('ends it after 30 s when nobody speaks of the monitor any more', () => {
    const c = missing();
    restart(c, [], [tellPhase]);
    c.wait(29);
    expect(c.keys()).toEqual([STALE]);
    c.wait(2);
    expect(c.keys()).toEqual([]);
  });
  it('changes nothing on a quiet tick afterwards', () => {
    const c = missing();
    restart(c, [], [tellPhase, tellLink]);
    c.hold({ [SPO2]: 97, [HR]: 70 }, 40);
    const { state } = c;
    c.wait(1);
    expect(c.state).toBe(state);
  });
});
