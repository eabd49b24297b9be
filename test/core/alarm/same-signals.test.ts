import fc from 'fast-check';
import { expect, it } from 'vitest';
import { alarmSnapshot, haveSameSignals } from '../../../core/alarm/engine.ts';
import { VITALS } from '../../../core/nomenclature/vitals.ts';
import { anyActions, controlAction } from './actions.ts';
import { chair, HR } from './bench-chair.ts';

const RUNS = { numRuns: 15, seed: 20_260_301 };

it('a chair that is said to look the same does, whatever happened to it', () => {
  fc.assert(
    fc.property(anyActions, fc.array(controlAction, { maxLength: 6 }), (actions, controls) => {
      const c = chair();
      c.send({ type: 'vitals', required: VITALS, waived: ['respiration'], at: c.now() });
      for (const act of [...actions, ...controls]) {
        const before = c.state;
        act(c);
        if (!haveSameSignals(before, c.state)) continue;
        expect(alarmSnapshot(c.state, c.now())).toEqual(alarmSnapshot(before, c.now()));
      }
    }),
    RUNS,
  );
});

it('and a number that changes nothing is seen as such', () => {
  const c = chair();
  c.see({ [HR]: 70 });
  const before = c.state;
  c.see({ [HR]: 71 });
  expect(c.state).not.toBe(before);
  expect(haveSameSignals(before, c.state)).toBe(true);
});
