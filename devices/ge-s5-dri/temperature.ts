/**
 * Which temperature channel is body temperature (the rule of all families: `devices/framing/body-temperature.ts`). The label
 * names the site; skin, airway, room and surface are not the body's temperature, and the bare channel names (T1 to T6) do
 * not say where the probe is.
 * Source: GE DRI record specification 8005313, 12th edition (temperature labels); the order is our choice.
 */
import type { BasicClass } from './basic-class.ts';
import { isMeasured, moduleActive, moduleExists } from './raw-value.ts';

/** Labels that are body temperature, the one nearest to the core first. */
const BODY_SITES: readonly number[] = [
  15, // CORE
  1, // ESO, oesophagus
  2, // NASO, nasopharynx
  5, // BLAD, bladder
  4, // RECT, rectum
  3, // TYMP, eardrum
  6, // AXIL, armpit
];

/** The bare channel name T1: the body's only where a person said so, and then after every site that the monitor names. */
const T1 = 11;

const SITE_NAMES: Readonly<Record<number, string>> = {
  1: 'ESO',
  2: 'NASO',
  3: 'TYMP',
  4: 'RECT',
  5: 'BLAD',
  6: 'AXIL',
  7: 'SKIN',
  8: 'AIRW',
  9: 'ROOM',
  10: 'MYO',
  11: 'T1',
  12: 'T2',
  13: 'T3',
  14: 'T4',
  15: 'CORE',
  16: 'SURF',
  17: 'T5',
  18: 'T6',
};

type Channel = BasicClass['t1'];

const channelsOf = ({ t1, t2, t3, t4 }: BasicClass): readonly Channel[] => [t1, t2, t3, t4];

/**
 * The plugged-in channel with the best body label, or null when there is none. A channel without a measurement
 * is still chosen: sites are not mixed because one of them fails for a moment.
 */
export const bodyTemperatureChannel = (basic: BasicClass, t1IsBody: boolean): Channel | null => {
  const channels = channelsOf(basic).filter(moduleExists);
  for (const site of t1IsBody ? [...BODY_SITES, T1] : BODY_SITES) {
    const channel = channels.find(({ label }) => label === site);
    if (channel !== undefined) return channel;
  }
  return null;
};

/** The other plugged-in channels, for people: name and text. */
export const otherTemperatures = (
  basic: BasicClass,
  t1IsBody: boolean,
): readonly (readonly [id: string, value: string])[] => {
  const body = bodyTemperatureChannel(basic, t1IsBody);
  return channelsOf(basic).flatMap((channel, index) => {
    if (channel === body || !moduleExists(channel)) return [];
    const { label, values } = channel;
    const isNumber = moduleActive(channel) && isMeasured(values.temperature);
    const text = isNumber ? `${(values.temperature / 100).toFixed(1)} °C` : '--';
    return [[`temperature channel ${index + 1}: ${SITE_NAMES[label] ?? `label ${label}`}`, text] as const];
  });
};
