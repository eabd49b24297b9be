/** `fixture`: a capture from a clinic becomes a test fixture: values stay, identifiers go. */
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { encodeCaptureHeader, encodeCaptureRecord } from '../../core/capture/format.ts';
import { epochMs } from '../../core/time.ts';
import type { DeviceProfile, DriverOptions } from '../../devices/device.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { anonymised, namesIn, partOf, survivorIn } from '../anonymised-recording.ts';
import { fileBytes, type RecordingEvent, readRecording } from '../recording.ts';
import { readable } from './decode.ts';
import { CliError, type CliIo, say } from './io.ts';
import { requireOptions, requireProfile } from './profile-argument.ts';
import { observationLine, recordedMonitor } from './recorded-monitor.ts';

const HELP = `
Every message of the monitor is decoded, blanked of what identifies (names, patient and serial numbers, beds, free
texts; which ones, the family declares and the verb prints) and encoded anew with the right lengths and checks.
Bytes that are no message become zeros; what was sent to the monitor is left out. Values and times stay: a fixture
still says when it was recorded. Beside it FILE.expected.ndjson holds the observations, as \`decode\` prints them.
Nothing is written unless the fixture decodes to the very observations of the capture. Read it before you give it away.
  chairside fixture --in bed3.cap --out test/fixtures/nellcor/bed3.cap --from 60 --to 120
Exit status: 0 ok, 1 no fixture can be made, 2 wrong usage.`;

interface FixtureOptions {
  readonly in: string;
  readonly out: string;
  readonly device?: string;
  readonly from?: string;
  readonly to?: string;
  readonly option?: readonly string[];
}

/** Adds the verb `fixture`. */
export const registerFixture = (
  program: Command,
  io: CliIo,
  profiles: readonly DeviceProfile[] = DEVICE_PROFILES,
): void => {
  program
    .command('fixture')
    .summary('make a test fixture without identifiers from a capture')
    .description('Make a test fixture without identifiers from a capture.')
    .requiredOption('--in <capture>', 'what `capture` wrote, or raw bytes (then --device is needed)')
    .requiredOption('--out <file>', 'the fixture; must not exist yet')
    .option('--device <id>', 'device family; a capture knows its own')
    .option('--from <seconds>', 'from so long after its start')
    .option('--to <seconds>', 'until so long after its start')
    .option('--option <key=value...>', "options of the family's driver (see `devices`)")
    .addHelpText('after', HELP)
    .action((options: FixtureOptions) => fixture(options, io, profiles));
};

const fixture = async (
  options: FixtureOptions,
  io: CliIo,
  profiles: readonly DeviceProfile[],
): Promise<void> => {
  const fromMs = seconds('--from', options.from, 0);
  const toMs = seconds('--to', options.to, Number.POSITIVE_INFINITY);
  if (toMs <= fromMs) throw new CliError(2, '--to must be later than --from');
  const { profile, events } = await read(options, io, profiles);
  const { anonymity } = profile;
  if (anonymity.kind === 'refuses')
    throw new CliError(1, `no fixture can be made of ${profile.id}: ${anonymity.why}`);
  const driverOptions = requireOptions(profile, options.option ?? []);
  const part = partOf(events, fromMs, toMs);
  if (part.length === 0) throw new CliError(1, `${options.in}: no bytes of the monitor in this part`);

  const clean = cleanOf(part, profile, driverOptions, () => anonymised(part, anonymity, driverOptions));
  const expected = observationsOf(clean, profile, driverOptions);
  await writeNew(options.out, captureText(clean, profile));
  await writeNew(`${options.out}.expected.ndjson`, expected.map((line) => `${line}\n`).join(''));
  const size = (all: readonly RecordingEvent[]): number =>
    all.reduce((sum, event) => sum + (event.type === 'data' ? event.bytes.length : 0), 0);
  say(io, `blanked: ${anonymity.what.join('; ')}`);
  say(
    io,
    JSON.stringify({
      device: profile.id,
      file: options.out,
      bytesOfCapture: size(part),
      bytes: size(clean),
      observations: expected.length,
    }),
  );
};

const seconds = (option: string, text: string | undefined, otherwise: number): number => {
  if (text === undefined) return otherwise;
  if (!/^\d+(\.\d+)?$/.test(text))
    throw new CliError(2, `${option} ${JSON.stringify(text)} is no number of seconds`);
  return Number(text) * 1000;
};

const read = async (options: FixtureOptions, io: CliIo, profiles: readonly DeviceProfile[]) => {
  const asked = options.device === undefined ? null : requireProfile(options.device, profiles);
  const anyProfile = asked ?? profiles[0];
  if (anyProfile === undefined) throw new CliError(1, 'no device family is built in');
  const events: RecordingEvent[] = [];
  let device: string | null = null;
  for await (const event of readable(readRecording(fileBytes(options.in), anyProfile.serial))) {
    if (event.type === 'begin') device = event.device;
    if (event.type === 'warning') say(io, event.message);
    events.push(event);
  }
  if (asked === null && device === null)
    throw new CliError(2, `${options.in} does not say of which family it is, so --device must`);
  return { profile: asked ?? requireProfile(device ?? '', profiles), events };
};

/** The recording without identifiers, held to what it must be. @throws CliError 1 when it is not. */
const cleanOf = (
  part: readonly RecordingEvent[],
  profile: DeviceProfile,
  options: DriverOptions,
  make: () => readonly RecordingEvent[],
): readonly RecordingEvent[] => {
  let clean: readonly RecordingEvent[];
  try {
    clean = make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CliError(1, `no fixture was made: a message cannot be encoded anew (${error.message})`);
  }
  const before = observationsOf(part, profile, options);
  const after = observationsOf(clean, profile, options);
  const differs = before.findIndex((line, index) => line !== after[index]);
  if (differs >= 0 || before.length !== after.length)
    throw new CliError(
      1,
      `no fixture was made: it would give ${after.length} observations where the capture gives ${before.length}, or others`,
    );
  if (survivorIn(clean, namesIn(part, profile, options)) !== null)
    throw new CliError(1, 'no fixture was made: something that identifies would still be in it');
  return clean;
};

const observationsOf = (
  events: readonly RecordingEvent[],
  profile: DeviceProfile,
  options: DriverOptions,
): readonly string[] => {
  const monitor = recordedMonitor(profile, options);
  return events.flatMap((event) =>
    monitor.take(event).map((observation) => observationLine(observation, profile.id, true)),
  );
};

/** The fixture as a capture file. Where it was recorded is not in it. */
const captureText = (events: readonly RecordingEvent[], profile: DeviceProfile): string => {
  const [first] = events.flatMap((event) => ('at' in event ? [event.at] : []));
  if (first === undefined) throw new Error('a fixture of nothing');
  const header = { device: profile.id, source: 'fixture', serial: profile.serial, startedAt: first.wall };
  return [
    encodeCaptureHeader(header),
    ...events.flatMap((event) => {
      if (!('at' in event)) return [];
      const moment = { offsetMs: event.at.mono - first.mono, wall: epochMs(event.at.wall) };
      switch (event.type) {
        case 'open':
          return [encodeCaptureRecord({ kind: 'open', ...moment })];
        case 'closed':
          return [encodeCaptureRecord({ kind: 'closed', reason: null, ...moment })];
        default:
          return [encodeCaptureRecord({ kind: 'rx', bytes: event.bytes, ...moment })];
      }
    }),
  ].join('');
};

const writeNew = async (path: string, text: string): Promise<void> => {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const words = error instanceof Error ? error.message : String(error);
    throw new CliError(
      1,
      code === 'EEXIST'
        ? `${path} exists already; choose another name`
        : `${path} could not be written: ${words}`,
    );
  }
};
