import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, conditionRow } from '../../../core/alarm/catalogue.ts';
import {
  DEFAULT_PRESET,
  PRESETS,
  relativeLimitsOf,
  STANDARD_RELATIVE_LIMITS,
} from '../../../core/alarm/presets.ts';
import { SUPPRESSIONS } from '../../../core/alarm/suppression.ts';
import type { AlarmPriority } from '../../../core/alarm/types.ts';
import { isPlausible } from '../../../core/nomenclature/metrics.ts';

/** Potential harm × onset → priority, after Table 1 of IEC 60601-1-8. */
const PRIORITY: Readonly<Record<string, AlarmPriority>> = {
  'irreversible immediate': 'high',
  'irreversible prompt': 'high',
  'irreversible delayed': 'medium',
  'reversible immediate': 'high',
  'reversible prompt': 'medium',
  'reversible delayed': 'low',
  'minor immediate': 'medium',
  'minor prompt': 'low',
  'minor delayed': 'low',
};

describe('the catalogue', () => {
  it.each(CATALOGUE.map((row) => [row.id, row] as const))('gives %s the priority of its harm', (_, row) => {
    expect(row.priority).toBe(PRIORITY[`${row.harm} ${row.onset}`]);
  });
  it('names every condition once', () => {
    expect(new Set(CATALOGUE.map((row) => row.id)).size).toBe(CATALOGUE.length);
  });
  it('latches high conditions of the patient and nothing else (C-4)', () => {
    const latching = CATALOGUE.filter((row) => row.latching);
    const high = CATALOGUE.filter((row) => row.category === 'physiological' && row.priority === 'high');
    expect(latching).toEqual(high);
  });
  it('never makes a high or medium condition silent', () => {
    expect(CATALOGUE.filter((row) => !row.sound && row.priority !== 'low')).toEqual([]);
  });
  it('is printed whole in docs/alarms.md', () => {
    const doc = readFileSync(new URL('../../../docs/alarms.md', import.meta.url), 'utf8');
    const printed = (id: string, priority: string, rule: string) =>
      new RegExp(`\\| \`${id}\` \\|.*\\| ${priority} \\|.*\\| ${rule} \\|`).test(doc);
    const missing = CATALOGUE.filter((row) => !printed(row.id, row.priority, row.rule)).map((row) => row.id);
    expect(missing).toEqual([]);
  });
  it('has every condition that a suppression names', () => {
    const named = SUPPRESSIONS.flatMap((rule) => rule.suppresses);
    expect(named.filter((id) => conditionRow(id) === undefined)).toEqual([]);
  });
});

describe.each(PRESETS.map((preset) => [preset.presetId, preset] as const))('the preset %s', (_, preset) => {
  const limits = [...preset.limits, ...relativeLimitsOf(preset)];
  it('has a catalogue row for every limit, with the same priority', () => {
    expect(limits.map((limit) => [limit.id, limit.priority])).toEqual(
      limits.map((limit) => [limit.id, conditionRow(limit.id)?.priority]),
    );
  });
  it('names every limit once and keeps thresholds where a number can be', () => {
    expect(new Set(limits.map((limit) => limit.id)).size).toBe(limits.length);
    const impossible = preset.limits.filter(
      (limit) => limit.threshold !== null && !isPlausible(limit.metric, limit.threshold),
    );
    expect(impossible).toEqual([]);
  });
  it('has its high limits beyond its medium ones', () => {
    for (const high of preset.limits.filter((limit) => limit.priority === 'high')) {
      for (const medium of preset.limits.filter((limit) => limit.priority === 'medium')) {
        if (high.metric !== medium.metric || high.side !== medium.side) continue;
        if (high.threshold === null || medium.threshold === null) continue;
        const beyond =
          high.side === 'high' ? high.threshold - medium.threshold : medium.threshold - high.threshold;
        expect(beyond).toBeGreaterThan(0);
      }
    }
  });
  it('never turns SpO₂ or the hard caps of the systolic pressure off', () => {
    const ids = ['spo2-low-high-priority', 'spo2-low-medium-priority', 'nibp-sys-high-high-priority'];
    const kept = preset.limits.filter((limit) => ids.includes(limit.id)).map((limit) => limit.threshold);
    expect(kept).toEqual([85, 90, 180]);
  });
});

it('a limit set stored without relative limits is judged by the standard ones', () => {
  const { relative: _, ...old } = DEFAULT_PRESET;
  expect(relativeLimitsOf(old)).toBe(STANDARD_RELATIVE_LIMITS);
});
