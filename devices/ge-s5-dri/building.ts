/** Builds whole displayed records, for the simulator and for tests: what a monitor would send. */
import { type BasicClass, GROUP_NAMES, GROUPS } from './basic-class.ts';
import type { PhysiologicalRecord } from './messages.ts';
import { RAW_INVALID } from './raw-value.ts';

/** A basic class with nothing plugged in: status 0, label 0, every value "invalid". */
export const blankBasic = (): BasicClass => {
  const groups = Object.fromEntries(
    GROUP_NAMES.map((name) => {
      const values = Object.fromEntries(
        Object.keys(GROUPS[name].fields).map((field) => [field, RAW_INVALID]),
      );
      return [name, { status: 0, label: 0, values }];
    }),
  );
  // The table is walked completely; fromEntries cannot say so.
  return {
    ...(groups as unknown as Pick<BasicClass, keyof typeof GROUPS>),
    ecgExtra: { hr: RAW_INVALID, hrMax: RAW_INVALID, hrMin: RAW_INVALID },
    reserved: 0,
  };
};

/** A record with displayed values (or a trend, as subrecord type 2 or 3), basic class only, with the class word of the real logs (00A1 at level 10). */
export const displayedRecord = (
  basic: BasicClass,
  {
    recordNumber,
    level,
    timeS,
  }: { readonly recordNumber: number; readonly level: number; readonly timeS: number },
  type: 1 | 2 | 3 = 1,
): PhysiologicalRecord => ({
  kind: 'physiological',
  header: { recordNumber, level, plugId: 0, timeS, reserved: 0 },
  subrecords: [
    { type, class: 0, timeS, marker: 0, reserved: 0, classWordRest: ((level & 0xf) << 4) | 1, basic },
  ],
  isListClean: true,
});
