/** `decode`: raw bytes or a capture in, observations out. */
import type { Command } from 'commander';
import type { DeviceProfile } from '../../devices/device.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { lineSettingsOf } from '../../devices/transport/line-settings.ts';
import { fileBytes, RecordingError, type RecordingEvent, readRecording } from '../recording.ts';
import { CliError, type CliIo, lineWriter, say } from './io.ts';
import { LINE_HELP, requireLine, requireOptions, requireProfile } from './profile-argument.ts';
import { observationLine, recordedMonitor } from './recorded-monitor.ts';

const HELP = `
Reads raw bytes (stdin by default) or a capture file, recognised by its first line, and prints one JSON object a
line:
  {"time":"2026-03-01T14:00:05.000Z","code":"MDC_PULS_OXIM_SAT_O2","value":97,"unit":"%","validity":"valid","device":"masimo-ascii"}
  time       the monitor's own clock, read as UTC, where its protocol carries one; else, for a capture, the time
             of receipt; else "elapsed" in its place: seconds from the start, at the family's line rate
  value      null exactly when there is no usable number; validity says why
  ageAtReceiptMs  only when the value may have been that old when it arrived
At the end one line of JSON on stderr counts bytes, frames and what was refused.
Exit status: 0 ok, 1 the file cannot be read, 2 wrong usage.`;

/** Adds the verb `decode`. */
export const registerDecode = (
  program: Command,
  io: CliIo,
  profiles: readonly DeviceProfile[] = DEVICE_PROFILES,
): void => {
  program
    .command('decode')
    .summary('decode recorded bytes of a monitor into observations')
    .description('Decode recorded bytes of a monitor into observations (NDJSON).')
    .requiredOption('--device <id>', 'device family, as listed by `devices`')
    .option('--in <file>', 'raw bytes or a capture; stdin when not given')
    .option('--option <key=value...>', "options of the family's driver (see `devices`)")
    .option('--line <settings>', `of plain bytes: ${LINE_HELP}`)
    .addHelpText('after', HELP)
    .action((options: DecodeOptions) => decode(options, io, profiles));
};

interface DecodeOptions {
  readonly device: string;
  readonly in?: string;
  readonly option?: readonly string[];
  readonly line?: string;
}

const decode = async (
  options: DecodeOptions,
  io: CliIo,
  profiles: readonly DeviceProfile[],
): Promise<void> => {
  const profile = requireProfile(options.device, profiles);
  const monitor = recordedMonitor(profile, requireOptions(profile, options.option ?? []));
  const serial = lineSettingsOf(profile, requireLine(options.line));
  const out = lineWriter(io.stdout);
  let isCapture = false;
  const input = options.in === undefined ? stdinBytes(io) : fileBytes(options.in);
  for await (const event of readable(readRecording(input, serial))) {
    if (event.type === 'begin') isCapture = event.isCapture;
    tellPeople(io, event, profile);
    const observations = monitor.take(event);
    await out.write(observations.map((observation) => observationLine(observation, profile.id, isCapture)));
    if (out.isReaderGone() || io.stopped.aborted) break;
  }
  await out.flush();
  say(io, JSON.stringify(monitor.counts()));
};

/** Says what a person should know about a recording while it is read. */
export const tellPeople = (io: CliIo, event: RecordingEvent, profile: DeviceProfile): void => {
  if (event.type === 'warning') say(io, event.message);
  if (event.type === 'begin' && event.device !== null && event.device !== profile.id)
    say(io, `the capture says that it is of ${event.device}; decoding it as ${profile.id}, as asked`);
};

/** The same events; a recording that cannot be read ends the verb with exit status 1. */
export async function* readable(
  events: AsyncIterable<RecordingEvent>,
): AsyncGenerator<RecordingEvent, void, undefined> {
  try {
    yield* events;
  } catch (error) {
    if (error instanceof RecordingError) throw new CliError(1, error.message);
    throw error;
  }
}

/** Standard input until it ends or the program is asked to stop. */
async function* stdinBytes(io: CliIo): AsyncGenerator<Uint8Array, void, undefined> {
  const stdin: AsyncIterable<Buffer | string> = io.stdin;
  const leave = () => io.stdin.destroy();
  io.stopped.addEventListener('abort', leave);
  try {
    for await (const chunk of stdin) yield typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk;
  } catch (error) {
    // A stop closes the stream under the reader, which it reports as a premature end.
    if (!io.stopped.aborted) throw new RecordingError(`stdin could not be read: ${String(error)}`);
  } finally {
    io.stopped.removeEventListener('abort', leave);
  }
}
