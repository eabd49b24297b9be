/** The page for the bedside: one source for the screen, the command line and the README of each family. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bedsideRowsOf, bedsideSectionOf } from '../../devices/bedside.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';

describe.each(DEVICE_PROFILES.map((profile) => [profile.id, profile] as const))('%s', (id, profile) => {
  it('has a page for the bedside, word for word in its README', () => {
    const readme = readFileSync(new URL(`../../devices/${id}/README.md`, import.meta.url), 'utf8');
    expect(readme).toContain(`\n${bedsideSectionOf(profile)}`);
  });

  it('says what is not known instead of leaving it out', () => {
    const rows = bedsideRowsOf(profile);
    expect(rows.map(({ label }) => label)).toEqual([
      'Switch on at the monitor',
      'Plug at the monitor',
      'Cable',
      'Line settings',
      'Chairside sends',
      'Unsure',
      'Tried on',
    ]);
    for (const { texts } of rows) {
      expect(texts.length).toBeGreaterThan(0);
      for (const text of texts) expect(text).toMatch(/^\S.*[.]$/);
    }
    // One line of a table: a bar or a line end would break the README.
    expect(rows.flatMap(({ texts }) => texts).filter((text) => /[|\n]/.test(text))).toEqual([]);
  });

  it('names everything that is sent to the monitor, and that the cuff waits for a person', () => {
    const sends = bedsideRowsOf(profile).find(({ label }) => label === 'Chairside sends')?.texts ?? [];
    if (profile.transmits.length === 0) expect(sends).toEqual(['Nothing: it only listens.']);
    else expect(sends).toHaveLength(profile.transmits.length);
    const cuff = profile.transmits.filter(({ effect }) => effect.endsWith('-cuff'));
    expect(sends.filter((text) => text.includes('only when a person asks'))).toHaveLength(cuff.length);
  });
});
