/** Driving the line and the monitor's switch by hand: a command becomes a fault of the scenario's line. Pure. */
import type { LineAct } from '../../core/lab/commands.ts';
import type { ScenarioLineFault } from '../scenario.ts';

/** The faults with the command among them, from `atS` on. Nothing before that is changed. */
export const withLineAct = (
  line: readonly ScenarioLineFault[],
  act: LineAct,
  atS: number,
): readonly ScenarioLineFault[] => {
  switch (act.do) {
    case 'cable':
      return switched(line, 'cut', act.state === 'out', act.for, atS);
    case 'silence':
      return switched(line, 'silence', act.state === 'on', act.for, atS);
    case 'hold':
      return switched(line, 'stall', act.state === 'on', act.for, atS);
    case 'power':
      return switched(line, 'restart', act.state === 'off', act.for, atS);
    case 'delay': {
      const before = closed(line, 'delay', atS);
      return act.by === 0 ? before : [...before, { kind: 'delay', atS, delayS: act.by }];
    }
    case 'noise': {
      const before = closed(line, 'noise', atS);
      const { flip, drop, insert } = act;
      if (flip + drop + insert === 0) return before;
      return [...before, { kind: 'noise', atS, flipPerByte: flip, dropPerByte: drop, insertPerByte: insert }];
    }
    default:
      return act satisfies never;
  }
};

/** The faults of another scenario's line, moved to begin at `atS`. */
export const withLineOf = (
  line: readonly ScenarioLineFault[],
  other: readonly ScenarioLineFault[],
  atS: number,
): readonly ScenarioLineFault[] => [...line, ...other.map((fault) => ({ ...fault, atS: fault.atS + atS }))];

const switched = (
  line: readonly ScenarioLineFault[],
  kind: 'cut' | 'silence' | 'stall' | 'restart',
  isOn: boolean,
  durationS: number | undefined,
  atS: number,
): readonly ScenarioLineFault[] => {
  const before = closed(line, kind, atS);
  if (!isOn) return before;
  return [...before, { kind, atS, ...(durationS === undefined || durationS === 0 ? {} : { durationS }) }];
};

/** The faults of a kind that are in force end now; those to come stay. */
const closed = (
  line: readonly ScenarioLineFault[],
  kind: ScenarioLineFault['kind'],
  atS: number,
): readonly ScenarioLineFault[] =>
  line.map((fault) => {
    const isInForce =
      fault.kind === kind &&
      fault.atS < atS &&
      (fault.durationS === undefined || fault.atS + fault.durationS > atS);
    return isInForce ? { ...fault, durationS: atS - fault.atS } : fault;
  });
