/** Reads the options of `simulate` from their texts; each refusal names its option in one line. */
import type { LineOverride } from '../../core/line/line-settings.ts';
import type { Scenario } from '../../simulators/scenario.ts';
import { type LoadedScenario, loadScenario, ScenarioError } from '../scenario-file.ts';
import { CliError } from './io.ts';
import { requireAddress, requireLine, requirePositive } from './profile-argument.ts';

/** The options as the command line gives them. */
export interface SimulateTexts {
  readonly device?: string;
  readonly scenario: string;
  readonly tcp?: string;
  readonly tcpConnect?: string;
  readonly pty?: string;
  readonly serial?: string;
  readonly line?: string;
  readonly out?: string;
  readonly speed: string;
  readonly seed: string;
  readonly duration?: string;
  readonly listScenarios?: boolean;
}

/** Where the bytes go. */
export type OutletChoice =
  | { readonly kind: 'tcp' | 'tcp-connect'; readonly host: string; readonly port: number }
  | { readonly kind: 'pty'; readonly path: string }
  | { readonly kind: 'serial'; readonly path: string; readonly line: LineOverride }
  | { readonly kind: 'out'; readonly path: string };

/** The options, read and checked. */
export interface SimulateOptions {
  readonly device: string;
  readonly scenario: Scenario;
  readonly makePatient: LoadedScenario['makePatient'];
  /** What a person should know of the scenario's recording. */
  readonly notes: readonly string[];
  readonly outlet: OutletChoice;
  readonly speed: number;
  readonly seed: number;
  /** Simulated time; null: until stopped. */
  readonly durationMs: number | null;
}

const FASTEST = 1000;
const SEED_MAX = 0xffffffff;

/** @throws CliError 2 for anything that cannot be meant. */
export const readSimulateOptions = (texts: SimulateTexts): SimulateOptions => {
  if (texts.device === undefined)
    throw new CliError(2, '--device is missing (see `devices` for the families)');
  const outlet = readOutlet(texts);
  if (outlet.kind === 'out' && texts.duration === undefined) {
    throw new CliError(2, '--out needs --duration (simulated seconds)');
  }
  const speed = requirePositive('--speed', texts.speed);
  if (speed > FASTEST) throw new CliError(2, `--speed ${texts.speed} is more than ${FASTEST}`);
  const seed = Number(texts.seed);
  if (!/^\d+$/.test(texts.seed) || seed > SEED_MAX) {
    throw new CliError(2, `--seed ${JSON.stringify(texts.seed)} is not a whole number from 0 to ${SEED_MAX}`);
  }
  return {
    device: texts.device,
    ...readScenario(texts.scenario),
    outlet,
    speed,
    seed,
    durationMs: texts.duration === undefined ? null : requirePositive('--duration', texts.duration) * 1000,
  };
};

const readOutlet = (texts: SimulateTexts): OutletChoice => {
  const given: OutletChoice[] = [];
  if (texts.tcp !== undefined) given.push({ kind: 'tcp', ...requireAddress('--tcp', texts.tcp) });
  if (texts.tcpConnect !== undefined) {
    const address = requireAddress('--tcp-connect', texts.tcpConnect);
    if (address.port === 0) throw new CliError(2, '--tcp-connect: port 0 cannot be connected to');
    given.push({ kind: 'tcp-connect', ...address });
  }
  if (texts.pty !== undefined) given.push({ kind: 'pty', path: texts.pty });
  const line = requireLine(texts.line);
  if (texts.serial !== undefined) given.push({ kind: 'serial', path: texts.serial, line });
  if (texts.out !== undefined) given.push({ kind: 'out', path: texts.out });
  const [only, another] = given;
  if (only === undefined)
    throw new CliError(2, 'one of --tcp, --tcp-connect, --pty, --serial or --out is needed');
  if (another !== undefined) {
    throw new CliError(
      2,
      `--${only.kind} and --${another.kind} cannot be used together: one outlet at a time`,
    );
  }
  if (texts.line !== undefined && only.kind !== 'serial')
    throw new CliError(2, `--line belongs to --serial: --${only.kind} has no line settings`);
  return only;
};

/** A built-in name, or the path of a scenario file. */
const readScenario = (text: string): LoadedScenario => {
  try {
    return loadScenario(text);
  } catch (error) {
    if (error instanceof ScenarioError) throw new CliError(2, `--scenario ${error.message}`);
    throw error;
  }
};
