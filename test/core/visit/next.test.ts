import { describe, expect, it } from 'vitest';
import type { ScaleId } from '../../../core/scales/scales.ts';
import type { Session } from '../../../core/session/session.ts';
import { type NextItem, nextItems } from '../../../core/visit/next.ts';
import { at, entry, INFUSING, toPhase, visit } from './make.ts';

const score = (minute: number, scale: ScaleId, value: number) =>
  entry(minute, { type: 'score-recorded', scale, value, parts: null });
const items = (session: Session, minute: number) => nextItems(session, at(minute), null, null);
const find = (session: Session, minute: number, kind: NextItem['kind'], scale: ScaleId | null = null) =>
  items(session, minute).find((item) => item.kind === kind && item.scale === scale);
const minuteOf = (item: NextItem | undefined): number | null =>
  item === undefined ? null : (item.dueAt - at(0).wall) / 60_000;

describe('the questions of the timetable', () => {
  it('ask for sedation every 15 min from the start on, counted from the last answer', () => {
    expect(minuteOf(find(visit(INFUSING), 11, 'scale', 'moaa-s'))).toBe(25);
    const answered = visit([...INFUSING, score(27, 'moaa-s', 5)]);
    expect(minuteOf(find(answered, 28, 'scale', 'moaa-s'))).toBe(42);
  });

  it('do not begin anew with a pause', () => {
    const paused = visit([...INFUSING, toPhase(20, 'infusing', 'paused')]);
    expect(minuteOf(find(paused, 21, 'scale', 'moaa-s'))).toBe(25);
  });

  it('do not nag: what was passed over comes again at its next time', () => {
    const skipped = visit([
      ...INFUSING,
      entry(26, { type: 'prompt-skipped', scale: 'moaa-s', reason: 'Asleep' }),
    ]);
    expect(minuteOf(find(skipped, 27, 'scale', 'moaa-s'))).toBe(41);
  });

  it('come back when the answer was struck', () => {
    const entries = [...INFUSING, score(24, 'moaa-s', 5)];
    const [scored] = visit(entries).visit.scores;
    if (scored === undefined) throw new Error('no score');
    const strike = entry(25, { type: 'entry-struck', entry: scored.id, reason: 'Wrong patient' });
    const struck = visit([...entries, strike]);
    expect(minuteOf(find(struck, 26, 'scale', 'moaa-s'))).toBe(25);
  });

  it('ask once before the start and once in recovery for what is asked once', () => {
    const baseline = visit([toPhase(1, 'intake', 'baseline')]);
    expect(minuteOf(find(baseline, 1, 'scale', 'mood'))).toBe(2);
    const answered = visit([toPhase(1, 'intake', 'baseline'), score(3, 'mood', 4)]);
    expect(find(answered, 4, 'scale', 'mood')).toBeUndefined();
    const recovery = visit([...INFUSING, score(3, 'mood', 4), toPhase(50, 'infusing', 'recovery')]);
    expect(minuteOf(find(recovery, 51, 'scale', 'mood'))).toBe(51);
  });

  it('are none without a protocol', () => {
    expect(items(visit(INFUSING, null), 20).filter(({ kind }) => kind === 'scale')).toEqual([]);
  });
});

describe('what is due next', () => {
  it('is the end of the drug, which a pause puts off', () => {
    expect(minuteOf(find(visit(INFUSING), 20, 'infusion-end'))).toBe(50);
    const resumed = visit([
      ...INFUSING,
      toPhase(20, 'infusing', 'paused'),
      toPhase(30, 'paused', 'infusing'),
    ]);
    expect(minuteOf(find(resumed, 35, 'infusion-end'))).toBe(60);
  });

  it('says since when more than planned has run by the entries', () => {
    const over = find(visit(INFUSING), 57, 'infusion-end');
    expect([minuteOf(over), over?.label]).toEqual([50, 'More than planned by the entries: look at the pump']);
  });

  it('is in recovery its minimum, its planned end, and the physician for what does not go', () => {
    const recovery = [...INFUSING, toPhase(50, 'infusing', 'recovery')];
    const session = visit([
      ...recovery,
      entry(51, {
        type: 'side-effect-noted',
        kind: 'nausea',
        severity: 'moderate',
        onsetAt: at(51).wall,
        text: null,
      }),
    ]);
    expect(minuteOf(find(session, 52, 'recovery-minimum'))).toBe(65);
    expect(minuteOf(find(session, 52, 'recovery-planned'))).toBe(80);
    expect(minuteOf(find(session, 52, 'escalate'))).toBe(110);
    expect(find(session, 52, 'escalate')?.label).toContain('nausea, moderate');
    expect(find(visit(recovery), 52, 'escalate')).toBeUndefined();
    expect(find(session, 66, 'recovery-minimum')).toBeUndefined();
  });

  it('comes in order of time', () => {
    const due = items(visit(INFUSING), 11).map(({ dueAt }) => dueAt);
    expect(due).toEqual([...due].sort((a, b) => a - b));
    expect(due.length).toBeGreaterThan(2);
  });
});
