/**
 * Which line settings and families are tried, in which order and for how long. Listening first, all families to the same
 * bytes; then those that have to be asked. A step on a silent line is short; where bytes come it gets its whole time.
 */
import {
  describeSettings,
  type LineOverride,
  type SerialSettings,
  withOverride,
} from '../../core/line/line-settings.ts';
import type { DeviceProfile, DriverOptions } from '../../devices/device.ts';
import { resolveOptions } from '../driver-options.ts';

/** How long finding out may take (ms); our choice: a person waits a minute beside a monitor, not longer. */
export const DETECT_LIMIT_MS = 60_000;

/**
 * How long a step lasts (ms); our choice. Monitors that send by themselves send about once a second, those that are asked
 * answer within about two.
 */
const SILENT_MS = { listening: 2_250, askingLeast: 2_000, askingMost: 5_500, elsewhere: 2_250 } as const;
/** After its first byte a step goes on for so long without a frame of anybody's (ms). */
const NOISE_MS = { usual: 3_000, elsewhere: 2_250 } as const;
/** At most so long while frames come (ms): two reports of the slowest family. */
const WITH_BYTES_MS = { least: 4_000, most: 8_000 } as const;

/** A family that hears, or asks on, a line. */
export interface Trial {
  readonly profile: DeviceProfile;
  readonly options: DriverOptions;
  /** What the line has otherwise than the family's usual settings. */
  readonly line: LineOverride;
}

export interface Step {
  readonly phase: 'listening' | 'asking';
  readonly settings: SerialSettings;
  /** Who hears the line; while asking, the first one asks. */
  readonly trials: readonly Trial[];
  /** Over after so long without a byte. */
  readonly silentMs: number;
  /** Over so long after the first byte, if no family has a frame by then. */
  readonly noiseMs: number;
  /** Over after so long in any case. */
  readonly lastsMs: number;
}

/** The steps of a line, before anything is known of it. */
export interface Plan {
  /** At the usual settings of all families: nothing is sent. */
  readonly listening: readonly Step[];
  /** The same at the other settings that menus offer: worth it at once where bytes came that nobody understood. */
  readonly elsewhere: readonly Step[];
  /** Each family that can ask, at its usual settings. */
  readonly asking: readonly Step[];
  /** Those whose monitors can be set otherwise, at the other settings; each family's likeliest first. */
  readonly askingElsewhere: readonly Step[];
}

/**
 * The plan for a line.
 * @param kind `network`: the settings are the server's; there is one line, and every family hears it.
 */
export const detectPlan = (profiles: readonly DeviceProfile[], kind: 'serial' | 'network'): Plan => {
  // A monitor that connects to this computer is not found on a line that this computer opens.
  const families = profiles.filter(({ callsIn }) => callsIn !== true);
  const hear = (settings: SerialSettings, asker: DeviceProfile | null = null): readonly Trial[] => {
    const ordered = asker === null ? families : [asker, ...families.filter((profile) => profile !== asker)];
    return ordered.map((profile) => ({
      profile,
      options: resolveOptions(profile, {}),
      line: kind === 'network' ? {} : otherThan(profile.serial, settings),
    }));
  };
  const longest = Math.max(...families.map(quietOf));
  const listen = (settings: SerialSettings, noiseMs: number): Step => ({
    phase: 'listening',
    settings,
    trials: hear(settings),
    silentMs: SILENT_MS.listening,
    noiseMs,
    lastsMs: within(longest, WITH_BYTES_MS.least, WITH_BYTES_MS.most),
  });
  const ask = (profile: DeviceProfile, settings: SerialSettings, silentMs: number): Step => ({
    phase: 'asking',
    settings,
    trials: hear(settings, profile),
    silentMs,
    noiseMs: NOISE_MS.usual,
    lastsMs: within(quietOf(profile), WITH_BYTES_MS.least, WITH_BYTES_MS.most),
  });

  const usual = new Map(families.map(({ serial }) => [heardAs(serial), serial]));
  // The first family's own settings, where several differ only in what does not matter for listening.
  for (const { serial } of families.toReversed()) usual.set(heardAs(serial), serial);
  const settingsOf = kind === 'network' ? [...usual.values()].slice(0, 1) : [...usual.values()];
  const variants = kind === 'network' ? [] : inTurn(families.map(variantsOf));
  const others = new Map(variants.map(({ settings }) => [heardAs(settings), settings]));
  for (const known of usual.keys()) others.delete(known);
  const askers = families.filter(canAsk);
  return {
    listening: settingsOf.map((settings) => listen(settings, NOISE_MS.usual)),
    elsewhere: [...others.values()].map((settings) => listen(settings, NOISE_MS.elsewhere)),
    asking: byLine(
      askers.map((profile) =>
        ask(
          profile,
          profile.serial,
          within(quietOf(profile) / 2, SILENT_MS.askingLeast, SILENT_MS.askingMost),
        ),
      ),
    ),
    askingElsewhere: variants
      .filter(({ profile }) => canAsk(profile))
      .map(({ profile, settings }) => ask(profile, settings, SILENT_MS.elsewhere)),
  };
};

/** A step in words: "philips-efficia at 19200 8N1", or the settings alone where only listening was planned. */
export const stepWords = ({ phase, settings, trials: [first] }: Step): string =>
  phase === 'asking' && first !== undefined
    ? `${first.profile.id} at ${describeSettings(settings)}`
    : `listening at ${describeSettings(settings)}`;

const canAsk = ({ transmits }: DeviceProfile): boolean => transmits.some(({ effect }) => effect === 'asks');

const within = (ms: number, least: number, most: number): number => Math.min(most, Math.max(least, ms));

const quietOf = (profile: DeviceProfile): number => profile.maxQuietMs(resolveOptions(profile, {}));

/** Steps on the same line one after the other: a port is not opened more often than needed. */
const byLine = (steps: readonly Step[]): readonly Step[] => {
  const lines = new Map<string, Step[]>();
  for (const step of steps) {
    const key = lineOf(step.settings);
    lines.set(key, [...(lines.get(key) ?? []), step]);
  }
  return [...lines.values()].flat();
};

interface Variant {
  readonly profile: DeviceProfile;
  readonly settings: SerialSettings;
}

/** Other settings that the menu of the family's monitors offers, as far as they are heard differently. */
const variantsOf = (profile: DeviceProfile): readonly Variant[] => {
  const seen = new Set([heardAs(profile.serial)]);
  return (profile.otherSettings ?? []).flatMap((line) => {
    const settings = withOverride(profile.serial, line);
    const key = heardAs(settings);
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ profile, settings }];
  });
};

/** The first of each list, then the second of each, and so on. */
const inTurn = <T>(lists: readonly (readonly T[])[]): readonly T[] => {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) =>
    lists.flatMap((list) => list.slice(index, index + 1)),
  ).flat();
};

/** What of `settings` the family hears otherwise: flow control and a second stop bit change nothing for a listener. */
const otherThan = (family: SerialSettings, settings: SerialSettings): LineOverride => ({
  ...(family.baudRate === settings.baudRate ? {} : { baudRate: settings.baudRate }),
  ...(family.dataBits === settings.dataBits ? {} : { dataBits: settings.dataBits }),
  ...(family.parity === settings.parity ? {} : { parity: settings.parity }),
});

/** Settings with the same key read the same bytes: who sends little needs no flow control, and a stop bit more is a pause. */
export const heardAs = ({ baudRate, dataBits, parity }: SerialSettings): string =>
  `${baudRate} ${dataBits} ${parity}`;

/** Settings with the same key are the same open port. */
export const lineOf = (settings: SerialSettings): string => describeSettings(settings);
