import { describe, expect, it } from 'vitest';
import { BASELINE, type Chair, chair, HR, PR, SPO2 } from './bench-chair.ts';

/** Everything that happened, one line each, with the time since the start of the infusion. */
const timeline = (c: Chair): readonly string[] =>
  c.events.map((event) => {
    const seconds = Math.floor((event.at.mono - 1000) / 1000);
    const clock = `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
    if (!('alarm' in event)) return `${clock} ${event.type}`;
    const { title, message, priority, state } = event.alarm;
    return `${clock} ${event.type.padEnd(13)} ${priority.padEnd(6)} ${state.padEnd(11)} ${title} | ${message}`;
  });

/** Steady vitals until a time (minutes), then one cuff reading. */
const cuffAt = (c: Chair, minute: number, systolic: number, diastolic: number, mean: number): void => {
  c.hold({ [SPO2]: 97, [HR]: 76, [PR]: 76 }, minute * 60 - c.seconds);
  c.cuff(systolic, diastolic, mean);
};

describe('an infusion with a spike and a short desaturation', () => {
  it('gives this log', () => {
    const c = chair();
    c.send({ type: 'baseline', baseline: BASELINE, at: c.now() });
    c.send({ type: 'nibp-schedule', intervalMs: 300_000, at: c.now() });
    cuffAt(c, 1, 122, 76, 91);
    cuffAt(c, 6, 131, 82, 98);
    cuffAt(c, 11, 153, 92, 112);
    cuffAt(c, 13, 155, 93, 113);
    cuffAt(c, 16, 184, 104, 129);
    c.acknowledge('bp-high');
    cuffAt(c, 18, 181, 103, 128);
    c.hold({ [SPO2]: 88, [HR]: 76, [PR]: 76 }, 20);
    c.hold({ [SPO2]: 83, [HR]: 76, [PR]: 76 }, 10);
    cuffAt(c, 21, 158, 92, 113);
    c.acknowledge('spo2-low');
    cuffAt(c, 24, 138, 84, 101);
    c.hold({ [SPO2]: 97, [HR]: 76, [PR]: 76 }, 60);
    c.phase('recovery');
    expect(timeline(c)).toEqual([
      '11:00 raised        medium unconfirmed BP UP | SYS 153 = baseline 120 + 33 · also SYS 153 = last reading 131 + 22',
      '13:00 confirmed     medium active      BP UP | SYS 155 = baseline 120 + 35',
      '16:00 escalated     high   active      BP SPIKE | SYS 184 ≥ 180 · also SYS 184 = baseline 120 + 64, DIA 104 = baseline 75 + 29, DIA 104 ≥ 100',
      '16:00 acknowledged  high   active      BP SPIKE | SYS 184 ≥ 180 · also SYS 184 = baseline 120 + 64, DIA 104 = baseline 75 + 29, DIA 104 ≥ 100',
      '18:00 realarmed     high   active      BP SPIKE | SYS 184 ≥ 180 · also SYS 184 = baseline 120 + 64, DIA 104 = baseline 75 + 29, DIA 104 ≥ 100',
      '18:00 confirmed     high   active      BP SPIKE | SYS 181 ≥ 180 · also SYS 181 = baseline 120 + 61, DIA 103 = baseline 75 + 28, DIA 103 ≥ 100',
      '18:15 raised        medium active      SpO₂ LOW | SpO₂ 88 < 90',
      '18:25 escalated     high   active      SpO₂ VERY LOW | SpO₂ 83 < 85',
      '18:35 latched       high   latched     SpO₂ VERY LOW | SpO₂ 83 < 85',
      '21:00 acknowledged  high   latched     SpO₂ VERY LOW | SpO₂ 83 < 85',
      '21:00 cleared       high   latched     SpO₂ VERY LOW | SpO₂ 83 < 85',
      '24:00 latched       high   latched     BP SPIKE | SYS 158 = baseline 120 + 38 · was SYS 181 ≥ 180',
    ]);
  });
});
