/** `detect`: which monitor is on this line? */
import type { Command } from 'commander';
import type { DetectProgress } from '../../core/api/detect-views.ts';
import type { DeviceProfile } from '../../devices/device.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { serialTransport } from '../../devices/transport/serial.ts';
import { tcpTransport } from '../../devices/transport/tcp.ts';
import { type DetectDeps, detectMonitor } from '../../station/detect/detect.ts';
import { DETECT_LIMIT_MS } from '../../station/detect/plan.ts';
import { CliError, type CliIo, lineWriter, say } from './io.ts';
import { requireAddress, requirePositive } from './profile-argument.ts';

const HELP = `
First only listens, at the line settings of every family; then each family asks its own questions. Nothing is sent
that any known family takes for a cuff order; a monitor of an unknown make may still take a question for something
else, so do it before the patient is connected. One JSON object on stdout: outcome (found, not-understood, silent,
no-line, cancelled), words, found (family, settings, options, frames, acceptedBytes, rejectedBytes, values), others,
heard (bytes at each setting), sent, withheld, notTried, elapsedMs. Progress goes to stderr.
Monitors that connect to this computer (HL7) are not found this way.
  chairside detect --serial /dev/ttyUSB0
Exit status: 0 found, 1 not found, 2 wrong usage.`;

interface DetectOptions {
  readonly serial?: string;
  readonly tcp?: string;
  readonly limit?: string;
}

/** Makes the line; tests may give one without a port. */
export type DetectLine = (options: DetectOptions, io: CliIo) => Pick<DetectDeps, 'kind' | 'openLine'>;

/** Adds the verb `detect`. */
export const registerDetect = (
  program: Command,
  io: CliIo,
  profiles: readonly DeviceProfile[] = DEVICE_PROFILES,
  lineOf: DetectLine = lineFromOptions,
): void => {
  program
    .command('detect')
    .summary('find out which monitor is on a line')
    .description('Find out which monitor is on a line (JSON).')
    .option('--serial <path>', 'serial port, e.g. /dev/ttyUSB0 or COM3')
    .option('--tcp <host:port>', 'serial-to-Ethernet server')
    .option('--limit <seconds>', 'give up after so long', String(DETECT_LIMIT_MS / 1000))
    .addHelpText('after', HELP)
    .action((options: DetectOptions) => detect(options, io, profiles, lineOf));
};

const lineFromOptions: DetectLine = ({ serial, tcp }, io) => {
  if ((serial === undefined) === (tcp === undefined))
    throw new CliError(2, 'give one of --serial PATH or --tcp HOST:PORT');
  if (serial !== undefined)
    return { kind: 'serial', openLine: (settings) => serialTransport(serial, settings, io.clock.now) };
  const { host, port } = requireAddress('--tcp', tcp ?? '');
  if (port === 0) throw new CliError(2, '--tcp: port 0 cannot be connected to');
  return { kind: 'network', openLine: () => tcpTransport(host, port, io.clock.now) };
};

const detect = async (
  options: DetectOptions,
  io: CliIo,
  profiles: readonly DeviceProfile[],
  lineOf: DetectLine,
): Promise<void> => {
  const limitMs =
    options.limit === undefined ? DETECT_LIMIT_MS : requirePositive('--limit', options.limit) * 1000;
  const result = await detectMonitor({
    profiles,
    clock: io.clock,
    ...lineOf(options, io),
    progress: (progress) => say(io, progressWords(progress)),
    cancelled: io.stopped,
    limitMs,
  });
  say(io, result.words);
  const out = lineWriter(io.stdout);
  await out.write([JSON.stringify(result)]);
  await out.flush();
  if (result.found === null) throw new CliError(1, '');
};

const progressWords = ({ phase, settings, families, step, steps, bytes }: DetectProgress): string => {
  const at = settings === null ? 'on the network line' : `at ${settings}`;
  const who = phase === 'asking' ? `asking as ${families[0] ?? ''}` : `listening for ${families.join(', ')}`;
  return `${step}/${steps} ${at}: ${who} (${bytes} bytes so far)`;
};
