import { describe, expect, it } from 'vitest';
import { withThresholds } from '../../../core/alarm/change-limits.ts';
import { DEFAULT_PRESET, PRESETS } from '../../../core/alarm/presets.ts';
import {
  changesOf,
  editedCount,
  isLooserThanPreset,
  limitRows,
  presetOf,
  storedThreshold,
  verdictOn,
} from '../../../renderer/view-model/limit-rows.ts';

const HR = 'hr-high-medium-priority';
const tightened = withThresholds(DEFAULT_PRESET, [{ limitId: HR, threshold: 110 }]);
const row = (id: string, set = DEFAULT_PRESET) => {
  const found = limitRows(set, DEFAULT_PRESET).find((each) => each.id === id);
  if (found === undefined) throw new Error(`no row ${id}`);
  return found;
};

describe('a limit in the dialog', () => {
  it('stands beside what the preset says', () => {
    expect(row(HR, tightened)).toMatchObject({ inForce: 110, preset: 120, label: 'HR' });
    expect(editedCount(limitRows(tightened, DEFAULT_PRESET))).toBe(1);
    expect(editedCount(limitRows(DEFAULT_PRESET, DEFAULT_PRESET))).toBe(0);
  });

  it('goes back to the preset after tightening without being called looser', () => {
    const mine = row(HR, tightened);
    expect(verdictOn(mine, 120)).toBe('preset');
    expect(isLooserThanPreset(mine, 120)).toBe(false);
    expect(verdictOn(mine, 115)).toBe('tighter');
    expect(verdictOn(mine, 125)).toBe('looser');
    expect(verdictOn(mine, 145)).toBe('beyond');
  });

  it('is measured against what is in force where the preset is not known', () => {
    const [mine] = limitRows(tightened, null).filter(({ id }) => id === HR);
    expect(mine?.preset).toBeUndefined();
    expect(mine === undefined ? null : isLooserThanPreset(mine, 115)).toBe(true);
  });

  it('shows shares in percent and gives them back as shares', () => {
    const fall = row('nibp-sys-fall-medium-priority');
    expect(fall).toMatchObject({ inForce: 25, unit: '%', what: '▼ fall below baseline' });
    expect(storedThreshold(fall, 30)).toBe(0.3);
    expect(verdictOn(fall, 30)).toBe('looser');
    expect(verdictOn(fall, 20)).toBe('tighter');
  });

  it('shows every limit of every preset, without a rounding that would be a change of its own', () => {
    for (const preset of PRESETS) {
      const rows = limitRows(preset, preset);
      expect(rows.length).toBe(preset.limits.length + (preset.relative ?? []).length);
      const untouched = Object.fromEntries(
        rows.flatMap(({ id, inForce }) => (inForce === null ? [] : [[id, inForce]])),
      );
      expect(changesOf(rows, untouched)).toEqual([]);
      for (const each of rows) {
        if (each.inForce !== null) {
          expect(storedThreshold(each, each.inForce)).toBe(each.limit.threshold);
        }
      }
    }
  });

  it('becomes a change only where a number was entered', () => {
    const rows = limitRows(tightened, DEFAULT_PRESET);
    expect(changesOf(rows, { [HR]: 115, 'spo2-low-medium-priority': 90 })).toEqual([
      { limitId: HR, threshold: 115 },
    ]);
  });
});

describe('the preset of limits in force', () => {
  const view = {
    preset: DEFAULT_PRESET,
    approval: { state: 'not-approved' },
    origin: 'product',
    basedOn: null,
    isDefault: true,
  } as const;

  it('is the one of the same version, or none', () => {
    expect(presetOf(tightened, [view])).toBe(DEFAULT_PRESET);
    expect(presetOf({ ...tightened, presetVersion: 99 }, [view])).toBeNull();
  });
});
