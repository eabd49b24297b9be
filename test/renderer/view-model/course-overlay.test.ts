import { describe, expect, it } from 'vitest';
import type { OverlayVisit } from '../../../core/course/overlay.ts';
import { sessionId } from '../../../core/ids.ts';
import { epochMs } from '../../../core/time.ts';
import { overlayChart, overlayRow, stretches } from '../../../renderer/view-model/course-overlay.ts';

const NONE = { before: null, after: null };
const visit = (part: Partial<OverlayVisit> = {}): OverlayVisit => ({
  sessionId: sessionId('s'),
  number: 1,
  openedAt: epochMs(Date.UTC(2026, 2, 2, 10)),
  origin: 'live',
  isOver: true,
  dose: null,
  doseNotes: [],
  baseline: null,
  peak: null,
  rise: null,
  lowestSpo2: null,
  sideEffects: [],
  mood: NONE,
  pain: NONE,
  response: null,
  isSigned: false,
  pressures: [],
  heartRate: null,
  spo2: null,
  ...part,
});
const minute = (at: number, lowest: number, highest: number) => ({ minute: at, lowest, highest });
const cuff = (at: number, systolic: number, isAfterGap = false) => ({
  minute: at,
  systolic,
  diastolic: 80,
  isAfterGap,
});

describe('a course laid over itself', () => {
  it('breaks a line where minutes have no number, and keeps the worst of each minute', () => {
    const one = visit({
      heartRate: {
        metric: 'MDC_ECG_HEART_RATE',
        minutes: [minute(0, 60, 70), minute(1, 61, 90), minute(3, 62, 71)],
      },
      spo2: { metric: 'MDC_PULS_OXIM_SAT_O2', minutes: [minute(0, 83, 98)] },
    });
    const values = (metric: 'heartRate' | 'spo2') =>
      stretches(one, metric).map((points) => points.map((p) => p.value));
    expect(values('heartRate')).toEqual([[70, 90], [71]]);
    expect(values('spo2')).toEqual([[83]]);
  });

  it('gives every unbroken stretch of every visit a line of its own; the number stands at the last one’s end', () => {
    const visits = [
      visit({ pressures: [cuff(0, 130), cuff(5, 140), cuff(20, 150, true)] }),
      visit({ number: null, pressures: [] }),
      visit({ number: 2, pressures: [cuff(0, 120), cuff(5.5, 125)] }),
    ];
    const { rows, lines } = overlayChart(visits, 'systolic');
    expect(lines.map(({ key, place, isLast, end }) => [key, place, isLast, end])).toEqual([
      ['v1s0', 0, false, 5],
      ['v1s1', 0, true, 20],
      ['v2s0', 1, true, 5.5],
    ]);
    expect(rows).toEqual([
      { minute: 0, v1s0: 130, v2s0: 120 },
      { minute: 5, v1s0: 140 },
      { minute: 5.5, v2s0: 125 },
      { minute: 20, v1s1: 150 },
    ]);
  });

  it('says a missing figure with a dash, and what is not live or not known beside the figure', () => {
    const course = { id: 'c', title: 'x', planned: 6, isClosed: false } as never;
    expect(overlayRow(visit({ number: null }), course)).toMatchObject({
      number: '–',
      dose: '–',
      peak: '–',
      mood: '–',
    });
    const full = visit({
      origin: 'simulated',
      dose: { drug: 'Ketamine', mg: 31.25, mgPerKg: 0.4375, isPartial: true },
      peak: { value: 168, minute: 21 },
      rise: 44,
      mood: { before: 3, after: null },
    });
    expect(overlayRow(full, course)).toMatchObject({
      number: '1 of 6',
      dose: 'Ketamine more than 31.3 mg (0.44 mg/kg)',
      peak: '168 (+44) at 21 min',
      mood: '3 → –',
      state: 'not signed, SIMULATED',
    });
  });
});
