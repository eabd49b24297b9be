/** `capture`: record the raw line of a monitor, both directions, while its driver keeps it talking. */
import type { Command } from 'commander';
import { type CaptureRecord, encodeCaptureHeader, encodeCaptureRecord } from '../../core/capture/format.ts';
import { elapsedMs, type Instant } from '../../core/time.ts';
import type { DeviceProfile, SerialSettings } from '../../devices/device.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { framedTransport } from '../../devices/transport/line-batching.ts';
import { lineSettingsOf } from '../../devices/transport/line-settings.ts';
import { serialTransport } from '../../devices/transport/serial.ts';
import { tcpTransport } from '../../devices/transport/tcp.ts';
import { tcpListenTransport } from '../../devices/transport/tcp-listen.ts';
import type { Transport } from '../../devices/transport/transport.ts';
import { startDeviceSession } from '../../station/device-session.ts';
import { openCaptureFile } from './capture-file.ts';
import { CliError, type CliIo, pause, say } from './io.ts';
import {
  LINE_HELP,
  requireAddress,
  requireLine,
  requireOptions,
  requirePositive,
  requireProfile,
} from './profile-argument.ts';

const HELP = `
Records what the monitor sends and what is sent to it, with times, into a file that is only ever appended to and
is on the disk within a second (docs/capture-format.md). The family's driver runs meanwhile, so that a monitor
that has to be asked is asked. A lost line is opened again, for ever. Ends after --duration or with Ctrl-C; then
one line of JSON on stderr says what was captured.
  chairside capture --device nellcor --serial /dev/ttyUSB0 --out bed3.cap
Exit status: 0 ok, 1 nothing arrived or the file could not be written, 2 wrong usage.`;

interface CaptureOptions {
  readonly device: string;
  readonly serial?: string;
  readonly tcp?: string;
  readonly tcpListen?: string;
  readonly out: string;
  readonly duration?: string;
  readonly append?: boolean;
  readonly option?: readonly string[];
  readonly line?: string;
}

/** Makes the line to the monitor; tests may give one without a port. */
export type MakeLine = (
  options: CaptureOptions,
  profile: DeviceProfile,
  io: CliIo,
  settings: SerialSettings,
) => () => Transport;

/** Adds the verb `capture`. */
export const registerCapture = (
  program: Command,
  io: CliIo,
  profiles: readonly DeviceProfile[] = DEVICE_PROFILES,
  makeLine: MakeLine = lineFromOptions,
): void => {
  program
    .command('capture')
    .summary('record the raw line of a monitor')
    .description('Record the raw line of a monitor with times.')
    .requiredOption('--device <id>', 'device family, as listed by `devices`')
    .option('--serial <path>', 'serial port, e.g. /dev/ttyUSB0 or COM3')
    .option('--tcp <host:port>', 'serial-to-Ethernet server')
    .option('--tcp-listen <host:port>', 'listen there for a monitor that connects to this computer')
    .requiredOption('--out <file>', 'the capture; must not exist yet, unless --append')
    .option('--append', 'continue an existing capture')
    .option('--option <key=value...>', "options of the family's driver, e.g. intervalS=1 (see `devices`)")
    .option('--line <settings>', LINE_HELP)
    .option('--duration <seconds>', 'stop after so long')
    .addHelpText('after', HELP)
    .action((options: CaptureOptions) => capture(options, io, profiles, makeLine));
};

const lineFromOptions: MakeLine = ({ serial, tcp, tcpListen }, _profile, io, settings) => {
  const given = [serial, tcp, tcpListen].filter((text) => text !== undefined);
  if (given.length !== 1)
    throw new CliError(2, 'give one of --serial PATH, --tcp HOST:PORT or --tcp-listen HOST:PORT');
  if (serial !== undefined) return () => serialTransport(serial, settings, io.clock.now);
  if (tcpListen !== undefined) {
    const { host, port } = requirePort('--tcp-listen', tcpListen, 'is not a port that a monitor can be told');
    return () => tcpListenTransport(host, port, io.clock.now);
  }
  const { host, port } = requirePort('--tcp', tcp ?? '', 'cannot be connected to');
  return () => tcpTransport(host, port, io.clock.now);
};

const requirePort = (option: string, text: string, whyNotZero: string) => {
  const address = requireAddress(option, text);
  if (address.port === 0) throw new CliError(2, `${option}: port 0 ${whyNotZero}`);
  return address;
};

const capture = async (
  options: CaptureOptions,
  io: CliIo,
  profiles: readonly DeviceProfile[],
  makeLine: MakeLine,
): Promise<void> => {
  const profile = requireProfile(options.device, profiles);
  const seconds = options.duration === undefined ? null : requirePositive('--duration', options.duration);
  const driverOptions = requireOptions(profile, options.option ?? []);
  const settings = lineSettingsOf(profile, requireLine(options.line));
  const openLine = makeLine(options, profile, io, settings);
  const file = await openCaptureFile(options.out, { append: options.append === true }, io.clock);

  const start = io.clock.now();
  const counts = { records: 0, receivedBytes: 0, sentBytes: 0 };
  file.append(
    encodeCaptureHeader({
      device: profile.id,
      source: openLine().label,
      serial: settings,
      startedAt: start.wall,
    }),
  );
  const record: Recorder = (what, at) => {
    counts.records += 1;
    if (what.kind === 'rx') counts.receivedBytes += what.bytes.length;
    if (what.kind === 'tx') counts.sentBytes += what.bytes.length;
    file.append(encodeCaptureRecord({ ...what, offsetMs: elapsedMs(start, at), wall: at.wall }));
  };

  let lastWords = '';
  const session = startDeviceSession(
    profile,
    driverOptions,
    () => framedTransport(recorded(openLine(), record, io), profile.framing),
    io.clock,
    {
      outputs: () => undefined,
      raw: () => undefined,
      status({ detail }) {
        if (detail !== lastWords) say(io, detail);
        lastWords = detail;
      },
    },
  );

  let problem: unknown = null;
  try {
    await Promise.race([stopAfter(io, seconds), file.failed]);
  } catch (error) {
    problem = error;
  }
  const endedAt = io.clock.now();
  await session.stop();
  try {
    await file.close();
  } catch (error) {
    problem ??= error;
  }
  if (problem !== null) throw problem;

  const { frames, rejectedBytes, rejected, observations, reconnects } = session.counters();
  if (counts.receivedBytes === 0) say(io, `nothing arrived from ${openLine().label}`);
  const summary = { device: profile.id, file: options.out, ...counts, frames, rejectedBytes };
  const seen = { rejected, observations, reconnects, seconds: Math.round(elapsedMs(start, endedAt)) / 1_000 };
  say(io, JSON.stringify({ ...summary, ...seen }));
  if (counts.receivedBytes === 0) throw new CliError(1, '');
};

type Recorder = (what: WithoutTime<CaptureRecord>, at: Instant) => void;
type WithoutTime<R> = R extends unknown ? Omit<R, 'offsetMs' | 'wall'> : never;

/** `transport` with everything that passes also given to `record`, byte for byte as it was on the line. */
const recorded = (transport: Transport, record: Recorder, io: CliIo): Transport => ({
  label: transport.label,
  open: (listener) =>
    transport.open((event) => {
      if (event.type === 'data') record({ kind: 'rx', bytes: event.bytes }, event.at);
      if (event.type === 'open') record({ kind: 'open' }, io.clock.now());
      if (event.type === 'closed')
        record({ kind: 'closed', reason: event.cause?.message ?? null }, io.clock.now());
      listener(event);
    }),
  write: async (bytes) => {
    const at = io.clock.now();
    await transport.write(bytes);
    record({ kind: 'tx', bytes }, at);
  },
  close: () => transport.close(),
});

const stopAfter = async (io: CliIo, seconds: number | null): Promise<void> => {
  if (seconds !== null) return pause(io, seconds * 1_000);
  await new Promise<void>((resolve) => {
    if (io.stopped.aborted) resolve();
    io.stopped.addEventListener('abort', () => resolve(), { once: true });
  });
};
