import { describe, expect, it } from 'vitest';

const { needsBuild }: { needsBuild(args: readonly string[]): boolean } = await import(
  new URL('../../scripts/needs-build.mjs', import.meta.url).href
);

describe('the launcher of the verbs', () => {
  it.each([
    ['serve --port 0', true],
    ['lab', true],
    ['lab --device nellcor --watch all', true],
    ['bench', true],
    ['lab --no-page', false],
    ['lab --schema', false],
    ['serve --help', false],
    ['devices', false],
    ['toString', false],
    ['', false],
  ])('builds the pages before "%s": %s', (line, expected) => {
    expect(needsBuild(line.split(' ').filter((word) => word !== ''))).toBe(expected);
  });
});
