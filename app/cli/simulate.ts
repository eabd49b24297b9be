/** `simulate`: a monitor that speaks its real wire protocol, over TCP, a pseudo-terminal, a serial port, or into a file. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import { instant } from '../../core/time.ts';
import type { DeviceProfile, DriverOutput } from '../../devices/device.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { createBedsideMonitor } from '../../simulators/bedside-monitor.ts';
import { SIMULATOR_PROFILES } from '../../simulators/index.ts';
import { openFileSink } from '../../simulators/outlets/file.ts';
import { OutletError } from '../../simulators/outlets/outlet.ts';
import { type RecordingHost, recordSimulator } from '../../simulators/record.ts';
import { createBedside, monitorAt, type RunClock, runSimulator } from '../../simulators/run.ts';
import { builtInScenarios } from '../../simulators/scenarios/index.ts';
import type { SimulatorProfile } from '../../simulators/simulator.ts';
import { resolveOptions } from '../../station/driver-options.ts';
import { openOutlet } from '../outlets.ts';
import { CliError, type CliIo, say } from './io.ts';
import { LINE_HELP, requireProfile } from './profile-argument.ts';
import { readSimulateOptions, type SimulateOptions, type SimulateTexts } from './simulate-options.ts';

/** The registries the verb works with; tests give their own. */
export interface SimulateFamilies {
  readonly profiles: readonly DeviceProfile[];
  readonly simulators: readonly SimulatorProfile[];
}

const FAMILIES: SimulateFamilies = { profiles: DEVICE_PROFILES, simulators: SIMULATOR_PROFILES };

/** The monitor's clock at the start of a recorded file: fixed, so that the same seed gives the same file. */
const RECORDING_START_EPOCH_MS = Date.UTC(2026, 0, 1, 9, 0, 0);
/** After so many steps (25 s of simulated time) a recording looks whether it was asked to stop. */
const STEPS_BETWEEN_LOOKS = 500;

/** Adds the verb to the program. */
export const registerSimulate = (program: Command, io: CliIo): void => {
  program
    .command('simulate')
    .summary('a monitor that speaks the real wire protocol')
    .description(
      'Simulates a bedside monitor that speaks its real wire protocol. Prints one line of JSON when it is ready.',
    )
    .option('--device <id>', 'device family (see `devices`)')
    .addOption(
      new Option('--scenario <name|file>', 'built-in scenario, or a scenario file (JSON)').default('steady'),
    )
    .option('--tcp <host:port>', 'listen there, like a serial-to-Ethernet server (port 0: a free one)')
    .option('--tcp-connect <host:port>', 'connect to a listening host, as a networked monitor does')
    .option('--pty <link>', 'make a pseudo-terminal and a link to it (Linux, macOS)')
    .option('--serial <path>', 'speak on a real serial port')
    .option('--line <settings>', `with --serial: ${LINE_HELP}`)
    .option('--out <file>', 'write the raw bytes into a file, as fast as possible (needs --duration)')
    .addOption(new Option('--speed <x>', 'simulated seconds per second, up to 1000').default('1'))
    .addOption(new Option('--seed <n>', 'whole number; the same seed gives the same patient').default('1'))
    .option('--duration <s>', 'end after so many simulated seconds')
    .option('--list-scenarios', 'print the built-in scenarios as JSON and end')
    .action((texts: SimulateTexts) => simulateCommand(texts, io));
};

/**
 * Runs the verb to its end: the duration, or the wish to stop.
 * @throws CliError 2 for wrong usage, naming the option; 1 when the outlet cannot be opened or fails.
 */
export const simulateCommand = async (
  texts: SimulateTexts,
  io: CliIo,
  families: SimulateFamilies = FAMILIES,
): Promise<void> => {
  if (texts.listScenarios === true) {
    io.stdout.write(`${JSON.stringify(scenarioList(), null, 2)}\n`);
    return;
  }
  const options = readSimulateOptions(texts);
  for (const note of options.notes) say(io, note);
  const profile = requireProfile(options.device, families.profiles);
  const simulator = families.simulators.find((candidate) => candidate.profileId === profile.id);
  if (simulator === undefined) throw new CliError(2, `--device ${profile.id} has no simulator yet`);
  try {
    if (options.outlet.kind === 'out') await record(options, options.outlet.path, simulator, profile, io);
    else await serve(options, simulator, profile, io);
  } catch (error) {
    if (error instanceof OutletError) throw new CliError(1, error.message);
    throw error;
  }
};

const scenarioList = () =>
  builtInScenarios().map(({ name, title, description }) => ({ name, title, description }));

/** Real time: until the duration is over, the outlet fails, or the program is asked to stop. */
const serve = async (
  options: SimulateOptions,
  simulator: SimulatorProfile,
  profile: DeviceProfile,
  io: CliIo,
): Promise<void> => {
  const clock: RunClock = {
    monoMs: () => io.clock.now().mono,
    wallMs: () => io.clock.now().wall,
    every: (periodMs, action) => io.clock.every(periodMs, action),
  };
  if (options.outlet.kind === 'out') throw new CliError(2, '--out is not an outlet in real time');
  const outlet = await openOutlet(options.outlet, profile, () => io.clock.now());
  const bedside = createBedside({
    ...options,
    clock,
    patient: options.makePatient(options.scenario, options.seed),
  });
  const run = runSimulator({
    simulator: monitorAt(bedside, simulator),
    bedside,
    outlet,
    clock,
    ...(options.durationMs === null ? {} : { durationMs: options.durationMs }),
  });
  const stop = () => void run.stop();
  io.stopped.addEventListener('abort', stop);
  if (io.stopped.aborted) stop();
  const where = { [READY_KEY[options.outlet.kind]]: outlet.address };
  announce(io, options, where);
  say(
    io,
    `Simulated ${profile.title}, scenario "${options.scenario.name}", on ${outlet.address}. Ctrl-C ends it.`,
  );
  try {
    await run.ended;
  } finally {
    io.stopped.removeEventListener('abort', stop);
  }
};

const READY_KEY = {
  tcp: 'listening',
  'tcp-connect': 'connecting',
  pty: 'pty',
  serial: 'serial',
  out: 'out',
} as const;

/** Simulated time only, with the family's own driver as the host, so that a polled monitor is asked as in life. */
const record = async (
  options: SimulateOptions,
  path: string,
  simulator: SimulatorProfile,
  profile: DeviceProfile,
  io: CliIo,
): Promise<void> => {
  const { scenario, seed, durationMs, makePatient } = options;
  if (durationMs === null) throw new CliError(2, '--out needs --duration (simulated seconds)');
  const monitor = createBedsideMonitor({
    profile: simulator,
    patient: makePatient(scenario, seed),
    startEpochMs: RECORDING_START_EPOCH_MS,
    seed,
    line: scenario.line,
    poweredOnAtMs: 0,
  });
  const sink = openFileSink(path);
  let byteCount = 0;
  let stepCount = 0;
  try {
    for (const { bytes } of recordSimulator({
      simulator: monitor,
      durationMs,
      host: driverAsHost(profile),
    })) {
      sink.write(bytes);
      byteCount += bytes.length;
      stepCount += 1;
      if (stepCount % STEPS_BETWEEN_LOOKS === 0) await nextTurn();
      if (io.stopped.aborted) break;
    }
  } finally {
    sink.close();
  }
  announce(io, options, { [READY_KEY.out]: path, bytes: byteCount });
};

const announce = (
  io: CliIo,
  options: SimulateOptions,
  where: Readonly<Record<string, string | number>>,
): void => {
  const { device, scenario, seed, speed } = options;
  io.stdout.write(`${JSON.stringify({ device, scenario: scenario.name, seed, speed, ...where })}\n`);
};

/** What the driver of a family would write to the line; its observations are dropped here. */
const driverAsHost = (profile: DeviceProfile): RecordingHost => {
  const driver = profile.createDriver(resolveOptions(profile, {}));
  const at = (ms: number) => instant(RECORDING_START_EPOCH_MS + ms, ms);
  const requests = (outputs: readonly DriverOutput[]): Uint8Array =>
    new Uint8Array(
      Buffer.concat(outputs.flatMap((output) => (output.type === 'request' ? [output.bytes] : []))),
    );
  return {
    start: (atMs) => requests(driver.start(at(atMs))),
    receive: (bytes, atMs) => requests(driver.receive(bytes, at(atMs))),
    tick: (atMs) => requests(driver.tick(at(atMs))),
  };
};
