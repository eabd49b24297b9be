/** Simulated and replayed data say so, in words (design, rules that protect the patient, 3). */
import type { StationView } from '../../core/api/views.ts';
import type { DataOrigin } from '../../core/session/events.ts';
import { ORIGIN_WORDS } from '../../core/session/origin.ts';

export { ORIGIN_WORDS };

/** The words of the permanent banner for all that a window shows; null when everything is live. */
export const originBanner = (
  station: Pick<StationView, 'demo' | 'chairs' | 'monitors'> | null,
): string | null => {
  if (station === null) return null;
  if (station.demo) return 'SIMULATED: demonstration with simulated monitors. No real patient.';
  const origins = new Set([...station.chairs, ...station.monitors].map(({ origin }) => origin));
  const words = (Object.keys(ORIGIN_WORDS) as DataOrigin[])
    .filter((origin) => origins.has(origin))
    .flatMap((origin) => ORIGIN_WORDS[origin] ?? []);
  return words.length === 0 ? null : `${words.join(' / ')}: not, or not only, live data from a patient.`;
};
