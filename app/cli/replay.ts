/** `replay`: a recording played back as if the monitor were there. */
import type { Command } from 'commander';
import { CAPTURE_MAGIC } from '../../core/capture/format.ts';
import type { DeviceProfile } from '../../devices/device.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { lineSettingsOf } from '../../devices/transport/line-settings.ts';
import { fileBytes, type RecordingEvent, readRecording } from '../recording.ts';
import { readable, tellPeople } from './decode.ts';
import { CliError, type CliIo, lineWriter, pause, say } from './io.ts';
import {
  LINE_HELP,
  requireAddress,
  requireLine,
  requireOptions,
  requirePositive,
  requireProfile,
} from './profile-argument.ts';
import { observationLine, recordedMonitor } from './recorded-monitor.ts';
import { serveLine } from './replay-server.ts';

const HELP = `
A capture is played with its own pauses; plain bytes at the family's line rate (then --device is needed).
Without --tcp the observations go to stdout as \`decode\` prints them, each when its time has come and marked
"replayed":true; their times are those of the recording.
With --tcp the verb listens like a serial-to-Ethernet server: it prints {"listening":"HOST:PORT"}, waits for the
first client, plays the monitor's bytes to every client that is there, and ends with the recording. What a client
sends is read and not answered: the answers are in the recording. Port 0 takes a free port.
  chairside replay session.cap --tcp 127.0.0.1:4001
  chairside replay db02.raw --device ge-s5-dri --speed 10
A pause between two parts of a continued capture is played as 10 s at most.
Exit status: 0 ok, 1 the file cannot be read or the address is taken, 2 wrong usage.`;

interface ReplayOptions {
  readonly device?: string;
  readonly speed: string;
  readonly tcp?: string;
  readonly option?: readonly string[];
  readonly line?: string;
}

/** Adds the verb `replay`. */
export const registerReplay = (
  program: Command,
  io: CliIo,
  profiles: readonly DeviceProfile[] = DEVICE_PROFILES,
): void => {
  program
    .command('replay')
    .summary('play a recording back as if live')
    .description('Play a capture or raw bytes back as if the monitor were there.')
    .argument('<file>', 'a capture, or raw bytes of a monitor')
    .option('--device <id>', 'device family; a capture knows its own')
    .option('--speed <x>', 'how many times faster than it was, or "max"', '1')
    .option('--option <key=value...>', "options of the family's driver (see `devices`)")
    .option('--line <settings>', `of plain bytes: ${LINE_HELP}`)
    .option('--tcp <host:port>', 'serve the raw bytes at this address instead of decoding them')
    .addHelpText('after', HELP)
    .action((file: string, options: ReplayOptions) => replay(file, options, io, profiles));
};

const replay = async (
  file: string,
  options: ReplayOptions,
  io: CliIo,
  profiles: readonly DeviceProfile[],
): Promise<void> => {
  const speed =
    options.speed === 'max' ? Number.POSITIVE_INFINITY : requirePositive('--speed', options.speed);
  const address = options.tcp === undefined ? null : requireAddress('--tcp', options.tcp);
  const profile = await profileOf(file, options.device, profiles);
  const serial = lineSettingsOf(profile, requireLine(options.line));
  const driverOptions = requireOptions(profile, options.option ?? []);
  const events = () => paced(readable(readRecording(fileBytes(file), serial)), speed, io);
  if (address !== null) return serveLine(address, events, io);

  const monitor = recordedMonitor(profile, driverOptions);
  const out = lineWriter(io.stdout);
  let isCapture = false;
  for await (const event of events()) {
    if (event.type === 'begin') isCapture = event.isCapture;
    tellPeople(io, event, profile);
    const lines = monitor.take(event).map((observation) => {
      const line = observationLine(observation, profile.id, isCapture);
      return `${line.slice(0, -1)},"replayed":true}`;
    });
    await out.write(lines);
    if (out.isReaderGone()) break;
  }
  await out.flush();
  say(io, JSON.stringify(monitor.counts()));
};

/** The family asked for, else the one that the capture names. */
const profileOf = async (
  file: string,
  device: string | undefined,
  profiles: readonly DeviceProfile[],
): Promise<DeviceProfile> => {
  if (device !== undefined) return requireProfile(device, profiles);
  const [anyProfile] = profiles;
  if (anyProfile === undefined) throw new CliError(1, 'no device family is built in');
  for await (const event of readable(readRecording(fileBytes(file), anyProfile.serial))) {
    if (event.type === 'begin' && event.device !== null) return requireProfile(event.device, profiles);
    if (event.type === 'begin') break;
  }
  throw new CliError(
    2,
    `${file} does not begin with ${CAPTURE_MAGIC}…, so --device must say whose bytes it holds`,
  );
};

/** The events, each when its time has come; ends early when the program is asked to stop. */
async function* paced(
  events: AsyncIterable<RecordingEvent>,
  speed: number,
  io: CliIo,
): AsyncGenerator<RecordingEvent, void, undefined> {
  const startMs = io.clock.now().mono;
  for await (const event of events) {
    if ('at' in event && Number.isFinite(speed)) {
      const waitMs = startMs + event.at.mono / speed - io.clock.now().mono;
      if (waitMs > 0) await pause(io, waitMs);
    }
    if (io.stopped.aborted) return;
    yield event;
  }
}
