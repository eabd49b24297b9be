/** The trend's colours, read from the theme's CSS variables. No line is red, and none flashes (alarm rules V-9). */

export interface Palette {
  readonly lane: Readonly<Record<'--hr' | '--spo2' | '--rr' | '--nibp', string>>;
  readonly alarm: Readonly<Record<'high' | 'medium' | 'low', string>>;
  readonly dose: string;
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly laneFill: string;
  readonly phase: Readonly<Record<string, string>>;
  readonly font: string;
}

/** Used where the theme defines nothing, so that a chart is never drawn in invisible ink. */
const FALLBACK = {
  '--hr': '#3ddc84',
  '--spo2': '#55d6ea',
  '--rr': '#fff0b8',
  '--nibp': '#b39bff',
  '--dose': '#8ab4ff',
  '--high': '#e0162b',
  '--medium': '#ffd21a',
  '--low': '#45d3e4',
  '--text': '#eef3f8',
  '--dim': '#a3b4c4',
  '--line': '#2b3846',
  '--panel': '#131a22',
  '--font': 'system-ui, "Segoe UI", Roboto, sans-serif',
} as const;

/** Reads the variables in force on an element. */
export const readPalette = (element: Element): Palette => {
  const style = getComputedStyle(element);
  const read = (name: keyof typeof FALLBACK): string => style.getPropertyValue(name).trim() || FALLBACK[name];
  return {
    lane: { '--hr': read('--hr'), '--spo2': read('--spo2'), '--rr': read('--rr'), '--nibp': read('--nibp') },
    alarm: { high: read('--high'), medium: read('--medium'), low: read('--low') },
    dose: read('--dose'),
    text: read('--text'),
    muted: read('--dim'),
    grid: read('--line'),
    laneFill: read('--panel'),
    phase: {
      baseline: 'rgb(150 165 180 / 0.12)',
      infusing: 'rgb(80 130 220 / 0.20)',
      paused: 'rgb(200 180 140 / 0.22)',
      recovery: 'rgb(90 160 140 / 0.14)',
    },
    font: read('--font'),
  };
};
