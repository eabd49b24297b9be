/** The page that people get holds nothing of what developers look at. Skipped where it was not built. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ASSETS = join(ROOT, 'out/renderer/assets');

const textsIn = (...rooms: readonly string[]) =>
  rooms.flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => ({
        path: path.replaceAll('\\', '/'),
        source: readFileSync(join(ROOT, room, path), 'utf8'),
      })),
  );

describe.skipIf(!existsSync(ASSETS))('the built page', () => {
  it('has no station with made-up numbers in it', () => {
    const scripts = readdirSync(ASSETS)
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(join(ASSETS, name), 'utf8'))
      .join('\n');
    // Texts that only the made-up station has; a minifier keeps texts.
    const real = textsIn('core', 'renderer').filter(({ path }) => !path.startsWith('dev/'));
    const elsewhere = real.map(({ source }) => source).join('\n');
    const names = textsIn('renderer')
      .filter(({ path }) => path.startsWith('dev/'))
      .flatMap(({ source }) => [...source.matchAll(/'([^'\n./]{10,})'/g)].map(([, text]) => text ?? ''))
      .filter((text) => !elsewhere.includes(text));
    expect(names.length).toBeGreaterThan(3);
    expect(scripts).toContain('Secondary display');
    expect(names.filter((name) => scripts.includes(name))).toEqual([]);
    expect(scripts).not.toContain('fake-station');
  });
});
