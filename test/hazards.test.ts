/** `docs/hazards.md` is only worth something while every control it claims has the tests it names. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hazardProblems, parseHazards, type Repository } from './support/hazard-table.ts';
import { testTitles } from './support/test-titles.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TABLE = readFileSync(join(ROOT, 'docs/hazards.md'), 'utf8');

const isFile = (path: string): boolean => {
  const file = join(ROOT, path);
  return existsSync(file) && statSync(file).isFile();
};
const REPOSITORY: Repository = {
  isFile,
  titles: (file) =>
    /^test\/.+\.test\.tsx?$/.test(file) && isFile(file)
      ? testTitles(readFileSync(join(ROOT, file), 'utf8'))
      : null,
};

describe('the hazard table', () => {
  it('has a control, a severity and existing tests for every hazard, or says that it is not yet controlled', () => {
    expect(hazardProblems(parseHazards(TABLE), REPOSITORY)).toEqual([]);
  });

  it('holds the hazards the project began with, and those found since', () => {
    const ids = parseHazards(TABLE).map(({ id }) => id);
    const seed = Array.from({ length: 21 }, (_, index) => `HZ-${String(index + 1).padStart(2, '0')}`);
    expect(seed.filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids.length).toBeGreaterThan(60);
  });

  it('says who has not reviewed it', () => {
    expect(TABLE.slice(0, 1500)).toContain('not reviewed by a clinical risk board');
  });

  it('lists at its end exactly the rows that are not yet controlled', () => {
    const open = parseHazards(TABLE)
      .filter(({ cells }) => cells.some((cell) => cell.toLowerCase().includes('not yet controlled')))
      .map(({ id }) => id);
    const [, list = ''] = TABLE.split('## Not yet controlled');
    expect([...list.matchAll(/^- \*\*(HZ-\d+)\*\*/gm)].map(([, id]) => id).toSorted()).toEqual(
      open.toSorted(),
    );
  });
});

describe('the check itself', () => {
  const GOOD =
    '| HZ-01 | stale number | line lost | late care | S4 | P4 → P2 | greyed (`core/a.ts`) | `test/a.test.ts` "greys it" | – |';
  const small: Repository = {
    isFile: (path) => path === 'core/a.ts',
    titles: (file) => (file === 'test/a.test.ts' ? new Set(['greys it', 'says %s']) : null),
  };
  const problems = (...rows: string[]) => hazardProblems(parseHazards(rows.join('\n')), small);

  it('accepts a good table', () => {
    expect(problems('| id | hazard |', '| --- | --- |', GOOD)).toEqual([]);
    expect(problems(GOOD.replace('"greys it"', '"greys it" "says %s"'))).toEqual([]);
    expect(problems(GOOD.replace('`test/a.test.ts` "greys it" | –', '– | not yet controlled'))).toEqual([]);
  });

  it.each([
    ['a test that does not exist', ['greys it', 'greys it all'], 'names "greys it all", which is no test'],
    [
      'a file that does not exist',
      ['test/a.test', 'test/b.test'],
      'names test/b.test.ts, which is not there',
    ],
    ['a control that does not exist', ['core/a.ts', 'core/b.ts'], 'its control names core/b.ts'],
    ['a missing control', ['greyed (`core/a.ts`)', ''], 'lacks a control'],
    ['a missing severity', ['S4', ''], 'lacks a severity'],
    ['a missing probability', ['P4 → P2', 'P4'], 'lacks a probability'],
    ['a control that makes it worse', ['P4 → P2', 'P2 → P4'], 'makes it more probable'],
    ['a missing harm', ['late care', ''], 'lacks its hazard, its sequence or its harm'],
    ['no test and no confession', ['`test/a.test.ts` "greys it"', '–'], 'names no test'],
    ['a grave rest without a confession', ['P4 → P2', 'P4 → P3'], 'is grave after its control'],
    [
      'a proof in other words',
      ['`test/a.test.ts` "greys it"', 'see the tests'],
      'cannot be read: see the tests',
    ],
    ['a missing cell', ['| late care ', ''], 'has 8 cells, not 9'],
    ['a wrong id', ['HZ-01', 'HZ-1a'], 'the id is not'],
  ] as const)('finds %s', (_, [from, to], words) => {
    expect(problems(GOOD.replace(from, to)).join('\n')).toContain(words);
  });

  it('finds a doubled id', () => {
    expect(problems(GOOD, GOOD)).toEqual(['HZ-01: the id is doubled']);
  });
});

describe('the titles of a test file', () => {
  const titles = (...lines: string[]) => [...testTitles(lines.join('\n'))];

  it('are read from every form that runs', () => {
    expect(
      titles(
        "describe('a thing', () => {",
        "  it('is plain', () => {});",
        "  test.only('is alone', () => {});", // a source text that the check must see through
        "  it('is the system\\'s', () => {});",
        "  it.skipIf(!isThere || list(')').length > 0)('is conditional', async () => {});",
        '  it.each([[1, /[)/]x"/], [2, "("]] as const)(',
        '    // the title is on a line of its own',
        '  );',
        '  it.each<[string, number]>([',
        "    ['a (b', 1], // not ' closed )",
        '  ])(',
        "    'has %s and $count',",
        '    () => {},',
        '  );',
        `  it(\`has \${words} in it\`, () => {});`,
      ),
    ).toEqual([
      'is plain',
      'is alone',
      "is the system's",
      'is conditional',
      'has %s and $count',
      `has \${words} in it`,
    ]);
  });

  it('are not read from what does not run', () => {
    expect(
      titles(
        "// it('is commented out', () => {});",
        " * it('is in a comment', () => {});",
        "it.skip('is skipped', () => {});", // a source text that the check must refuse
        "test.todo('is to be done');",
        "it.fails('fails', () => {});",
        "describe('is a group', () => {});",
        'const text = "it(\'is text\')";',
      ),
    ).toEqual([]);
  });

  it('are found in this very file', () => {
    const own = testTitles(readFileSync(fileURLToPath(import.meta.url), 'utf8'));
    expect([...own]).toEqual(
      expect.arrayContaining(['finds a doubled id', 'finds %s', 'are found in this very file']),
    );
  });
});
