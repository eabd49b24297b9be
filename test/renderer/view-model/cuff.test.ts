import { describe, expect, it } from 'vitest';
import { chairId } from '../../../core/ids.ts';
import { cuffPlan, cuffTile, startableCuff } from '../../../renderer/view-model/cuff.ts';
import { at, chair, MONITOR, monitor, session } from '../support.ts';

const reading = (seconds: number, ageAtReceiptMs = 0) => ({
  systolic: 142,
  diastolic: 88,
  mean: 106,
  pulseRate: 80,
  receivedAt: at(seconds),
  ageAtReceiptMs,
  monitorId: MONITOR,
});
const withReading = (seconds: number, part = {}) =>
  chair({
    cuff: { last: reading(seconds), measuringSince: null, nextDueAt: null, repeatReason: null },
    ...part,
  });

describe('the blood pressure tile', () => {
  it('always shows the age, with what the reading already had when it came', () => {
    const old = chair({
      cuff: { last: reading(0, 20_000), measuringSince: null, nextDueAt: null, repeatReason: null },
    });
    expect(cuffTile(old, [monitor()], at(40))).toEqual({
      state: 'fresh',
      text: '142/88',
      mean: '106',
      ageMs: 60_000,
      note: null,
      source: 'B450',
    });
  });

  it('does not expire after 30 s, but is grey once the next reading is overdue', () => {
    const infusing = withReading(10, { session: session() });
    expect(cuffTile(infusing, [], at(10 + 449)).state).toBe('fresh');
    expect(cuffTile(infusing, [], at(10 + 451)).state).toBe('stale');
  });

  it('says when the reading is from before this session', () => {
    const next = withReading(0, { session: session({ openedAt: at(30).wall }) });
    expect(cuffTile(next, [], at(40))).toMatchObject({ state: 'stale', note: 'before this session' });
  });

  it('shows no number without the station, and none before the first reading', () => {
    expect(cuffTile(withReading(0), [], null)).toMatchObject({ state: 'expired', text: '--', mean: null });
    const measuring = chair({
      cuff: { last: null, measuringSince: at(0), nextDueAt: null, repeatReason: null },
    });
    expect(cuffTile(measuring, [], at(5))).toMatchObject({ state: 'absent', text: '--', note: 'measuring…' });
  });

  it('does not go on saying “measuring” when the monitor is not heard, or longer than a cuff stays inflated', () => {
    const measuring = chair({
      cuff: { last: reading(0), measuringSince: at(10), nextDueAt: at(60), repeatReason: null },
    });
    const note = (state: 'associated' | 'quiet', seconds: number) =>
      cuffTile(measuring, [monitor({ state })], at(seconds)).note;
    expect(note('associated', 20)).toBe('measuring…');
    expect(note('quiet', 20)).toBeNull();
    expect(note('associated', 191)).toBeNull();
    expect(cuffPlan(measuring, [monitor({ state: 'quiet' })], at(20)).kind).toBe('due-in');
    expect(cuffPlan(measuring, [monitor()], at(20))).toEqual({ kind: 'measuring', forMs: 10_000 });
  });

  it('says so when the monitor reports a cuff fault', () => {
    const fault = monitor({
      conditions: [{ code: 'cuff-fault', metric: null, present: true, text: 'LOOSE' }],
    });
    expect(cuffTile(withReading(0), [fault], at(5)).note).toBe('cuff fault');
  });

  it('shows no mean where the monitor gave none', () => {
    const bare = chair({
      cuff: {
        last: { ...reading(0), mean: null },
        measuringSince: null,
        nextDueAt: null,
        repeatReason: null,
      },
    });
    expect(cuffTile(bare, [], at(5)).mean).toBeNull();
  });
});

describe('the next cuff reading', () => {
  const due = chair({ cuff: { last: null, measuringSince: null, nextDueAt: at(60), repeatReason: null } });

  it('is counted down, then counted up as overdue', () => {
    expect(cuffPlan(due, [], at(20))).toEqual({ kind: 'due-in', leftMs: 40_000 });
    expect(cuffPlan(due, [], at(75))).toEqual({ kind: 'overdue', byMs: 15_000 });
  });

  it('is not counted while the station is not heard', () => {
    expect(cuffPlan(due, [], null)).toEqual({ kind: 'unknown' });
  });

  it('says so while the cuff is inflated, and when none is planned', () => {
    const measuring = chair({
      cuff: { last: null, measuringSince: at(0), nextDueAt: at(60), repeatReason: null },
    });
    expect(cuffPlan(measuring, [], at(5))).toEqual({ kind: 'measuring', forMs: 5_000 });
    expect(cuffPlan(chair(), [], at(5))).toEqual({ kind: 'none' });
  });

  it('can be started from here only on this chair’s connected monitor that says it may', () => {
    expect(startableCuff(chair(), [monitor()])).toBeNull();
    expect(startableCuff(chair(), [monitor({ canStartNibp: true, state: 'quiet' })])).toBeNull();
    expect(startableCuff(chair(), [monitor({ canStartNibp: true, chairId: chairId('c2') })])).toBeNull();
    expect(startableCuff(chair(), [monitor({ canStartNibp: true })])?.id).toBe(MONITOR);
  });
});
