/** The rule of docs/body-temperature.md, on every family: the protocol or a person says what is body temperature, nobody else. */
import { describe, expect, it } from 'vitest';
import type { DriverOptions, DriverOutput } from '../../devices/device.ts';
import { builtInScenarios } from '../../simulators/scenarios/index.ts';
import { PAIRS, type Pair } from './pairs.ts';
import { runScenario } from './run.ts';

/** Who says that what the family's simulator sends is body temperature; families that are not here know no temperature. */
const SAID_BY: Readonly<Record<string, 'the protocol' | 't1IsBody' | 'tempIsBody'>> = {
  'ge-s5-dri': 'the protocol',
  'ge-dinamap': 'the protocol',
  'ivy-450c': 't1IsBody',
  'berrymed-pm6750': 't1IsBody',
  'philips-efficia': 't1IsBody',
  intellivue: 'tempIsBody',
  'hl7-oru': 'tempIsBody',
};

const STEADY = builtInScenarios().filter(({ name }) => name === 'steady');

const run = ({ profile, simulator }: Pair, options: DriverOptions = {}): readonly DriverOutput[] =>
  STEADY.flatMap((scenario) => runScenario({ profile, simulator, scenario, durationMs: 240_000, options }));

const temperaturesIn = (outputs: readonly DriverOutput[]): readonly (number | null)[] =>
  outputs.flatMap((output) =>
    output.type === 'observation' && output.observation.metric === 'MDC_TEMP_BODY'
      ? [output.observation.value]
      : [],
  );

const isBodyLike = (value: number | null): boolean => value !== null && value > 34 && value < 40;

describe.each(PAIRS)('$id', (pair) => {
  const { profile } = pair;
  const saidBy = SAID_BY[pair.id];
  const options = profile.options.filter(({ key }) => key.endsWith('IsBody'));

  it('declares body temperature where it can tell it, and nowhere else', () => {
    const isTold = (profile.metrics as readonly string[]).includes('MDC_TEMP_BODY');
    expect(isTold).toBe(saidBy !== undefined);
    if (!isTold) expect(options).toEqual([]);
  });

  it('shows no number as body temperature that neither its protocol nor a person calls so', () => {
    for (const option of options) expect(option.default).toBe(false);
    const said = run(pair);
    if (saidBy === 'the protocol') {
      expect(temperaturesIn(said).some(isBodyLike)).toBe(true);
      return;
    }
    expect(temperaturesIn(said)).toEqual([]);
    if (saidBy === undefined) return;
    // The number is not lost: it stands in the list of what is not mapped, under the monitor's own name.
    const listed = said.flatMap((output) =>
      output.type === 'unmapped' && /\bT1\b|\bTemp\b|TEMP/.test(output.id) ? [output.value] : [],
    );
    expect(listed.map((value) => Number.parseFloat(value)).some(isBodyLike)).toBe(true);
  });
});

it.each(PAIRS.filter(({ id }) => ['t1IsBody', 'tempIsBody'].includes(SAID_BY[id] ?? '')))(
  '$id shows it where a person says so',
  (pair) => {
    const told = temperaturesIn(run(pair, { [SAID_BY[pair.id] ?? '']: true }));
    expect(told.some(isBodyLike)).toBe(true);
  },
);
