/** How fast alarms flash: seen as what they are, and never fast enough to harm (alarm rules V-1, V-2, V-11). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const THEME = fileURLToPath(new URL('../../../renderer/theme', import.meta.url));
const STYLES = readdirSync(THEME)
  .filter((name) => name.endsWith('.css'))
  .map((name) => readFileSync(join(THEME, name), 'utf8'))
  .join('\n');

/** Every endless animation of the theme. */
const ENDLESS = [...STYLES.matchAll(/animation:\s*([\w-]+)\s+(\d+(?:\.\d+)?)(ms|s)\b[^;]*infinite/g)].map(
  ([, name = '', amount, unit]) => ({ name, hertz: 1000 / (Number(amount) * (unit === 's' ? 1000 : 1)) }),
);

/** Share of a period (%) for which the first look of a flash holds. */
const onShare = (name: string): number => {
  const frames = STYLES.slice(STYLES.indexOf(`@keyframes ${name}`));
  const match = /\{\s*0%,\s*(\d+(?:\.\d+)?)%\s*\{/.exec(frames);
  return Number(match?.[1]);
};

describe('flashing', () => {
  it.each([
    ['flash-high', 1.4, 2.8],
    ['flash-medium', 0.4, 0.8],
  ])('of %s keeps to its range, on for 20 to 60 %% of the time', (name, least, most) => {
    const found = ENDLESS.filter((animation) => animation.name === name);
    expect(found).not.toEqual([]);
    for (const { hertz } of found) {
      expect(hertz).toBeGreaterThanOrEqual(least);
      expect(hertz).toBeLessThanOrEqual(most);
    }
    expect(onShare(name)).toBeGreaterThanOrEqual(20);
    expect(onShare(name)).toBeLessThanOrEqual(60);
  });

  it('is never faster than three times a second, whatever it is for', () => {
    expect(ENDLESS.filter(({ hertz }) => hertz > 3)).toEqual([]);
  });

  it('is left to the alarms', () => {
    expect([...new Set(ENDLESS.map(({ name }) => name))].toSorted()).toEqual(['flash-high', 'flash-medium']);
  });
});
