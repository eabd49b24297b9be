/**
 * Which temperature channel is body temperature. The label names the site; skin, airway, room and surface are
 * not the body's temperature, and the bare channel names (T1 to T6) do not say where the probe is.
 * Source: GE DRI record specification 8005313, 12th edition (temperature labels); the order is our choice.
 */
import type { BasicClass } from './basic-class.ts';
import { moduleExists } from './raw-value.ts';

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

/**
 * The plugged-in channel with the best body label, or null when there is none. A channel without a measurement
 * is still chosen: sites are not mixed because one of them fails for a moment.
 */
export const bodyTemperatureChannel = (basic: BasicClass): BasicClass['t1'] | null => {
  const channels = [basic.t1, basic.t2, basic.t3, basic.t4].filter(moduleExists);
  for (const site of BODY_SITES) {
    const channel = channels.find(({ label }) => label === site);
    if (channel !== undefined) return channel;
  }
  return null;
};
