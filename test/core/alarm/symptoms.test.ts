import { describe, expect, it } from 'vitest';
import { isAlarmingSymptom } from '../../../core/alarm/symptoms.ts';

describe('a side effect entered while the pressure is high', () => {
  it.each([
    'Headache',
    'severe head ache',
    'Chest pain',
    'blurred vision',
    'Short of breath',
    'slurred speech',
  ])('is an emergency when it is "%s"', (text) => {
    expect(isAlarmingSymptom(text)).toBe(true);
  });
  it.each(['Nausea 4/10', 'Drowsy', 'Vivid dreams', 'Anxious', 'Itching'])(
    'is none when it is "%s"',
    (text) => {
      expect(isAlarmingSymptom(text)).toBe(false);
    },
  );
});
