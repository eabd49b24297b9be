import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { METRICS } from '../../core/nomenclature/metrics.ts';
import { DEVICE_PROFILES, findProfile } from '../../devices/index.ts';
import { lineSettingsOf } from '../../devices/transport/line-settings.ts';
import { findSimulator, SIMULATOR_PROFILES } from '../../simulators/index.ts';
import { resolveOptions } from '../../station/driver-options.ts';

const ROOT = new URL('../../', import.meta.url);
const ids = DEVICE_PROFILES.map(({ id }) => id);

describe('the registries', () => {
  it('hold each family once, with one simulator each', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(SIMULATOR_PROFILES.map(({ profileId }) => profileId).sort()).toEqual([...ids].sort());
    for (const id of ids) {
      expect(findProfile(id)?.id).toBe(id);
      expect(findSimulator(id)?.profileId).toBe(id);
    }
    expect(findProfile('nonesuch')).toBeNull();
  });

  it('leave no folder of a family out', () => {
    const folders = readdirSync(new URL('devices/', ROOT), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'framing' && entry.name !== 'transport')
      .map(({ name }) => name);
    expect(folders.sort()).toEqual([...ids].sort());
  });
});

describe.each(DEVICE_PROFILES.map((profile) => [profile.id, profile] as const))('%s', (id, profile) => {
  it('has a name people can script against, and words for people', () => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(profile.title.trim()).not.toBe('');
    expect(profile.manufacturer.trim()).not.toBe('');
    expect(profile.models.length).toBeGreaterThan(0);
  });

  it('has line settings that a serial port takes', () => {
    const { baudRate, dataBits, parity, stopBits, flowControl } = profile.serial;
    expect([1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200]).toContain(baudRate);
    expect([7, 8]).toContain(dataBits);
    expect(['none', 'even', 'odd']).toContain(parity);
    expect([1, 2]).toContain(stopBits);
    expect(['none', 'rtscts', 'xonxoff']).toContain(flowControl);
    if (profile.framing.kind === 'lines') {
      expect(profile.framing.delimiter.length).toBeGreaterThan(0);
      expect(profile.framing.maxLineBytes).toBeGreaterThan(0);
      expect(profile.framing.maxLineBytes).toBeLessThanOrEqual(4096);
    }
    expect(lineSettingsOf(profile, resolveOptions(profile, {}))).toEqual(profile.serial);
    const maxQuietMs = profile.maxQuietMs(resolveOptions(profile, {}));
    expect(maxQuietMs).toBeGreaterThan(0);
    expect(maxQuietMs).toBeLessThanOrEqual(30_000);
  });

  it('declares metrics of the vocabulary, each once', () => {
    expect(profile.metrics.length).toBeGreaterThan(0);
    expect(new Set(profile.metrics).size).toBe(profile.metrics.length);
    for (const metric of profile.metrics) expect(Object.keys(METRICS)).toContain(metric);
  });

  it('declares what it may send: nothing matches no bytes or all bytes, and the cuff only where the protocol has it', () => {
    const noise = Uint8Array.from({ length: 40 }, (_, index) => (index * 73 + 5) & 0xff);
    for (const { name, matches } of profile.transmits) {
      expect(name.trim()).not.toBe('');
      expect([matches(new Uint8Array(0)), matches(noise)], name).toEqual([false, false]);
    }
    const startsCuff = profile.transmits.some(({ effect }) => effect === 'starts-cuff');
    const driver = profile.createDriver(resolveOptions(profile, {}));
    expect([startsCuff, driver.cuff !== undefined]).toEqual([profile.canStartNibp, profile.canStartNibp]);
  });

  it('has options whose defaults fit, and refuses what does not', () => {
    const keys = profile.options.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const option of profile.options) {
      expect(option.label.trim(), option.key).not.toBe('');
      expect(option.help.trim(), option.key).not.toBe('');
      if (option.type === 'choice') {
        expect(option.choices.map(({ value }) => value)).toContain(option.default);
        expect(() => resolveOptions(profile, { [option.key]: 'nonesuch' })).toThrow(option.key);
      }
      if (option.type !== 'integer') continue;
      expect(option.min).toBeLessThanOrEqual(option.default);
      expect(option.default).toBeLessThanOrEqual(option.max);
      for (const wrong of [option.min - 1, option.max + 1, option.default + 0.5]) {
        expect(() => resolveOptions(profile, { [option.key]: wrong }), `${wrong}`).toThrow(option.key);
      }
    }
    expect(resolveOptions(profile, {})).toEqual(
      Object.fromEntries(profile.options.map((option) => [option.key, option.default])),
    );
    expect(() => resolveOptions(profile, { nonesuch: 1 })).toThrow('nonesuch');
  });

  it('is described: sources, cable and line, frame, coverage, and whether it was tried on hardware', () => {
    const file = new URL(`devices/${id}/README.md`, ROOT);
    expect(existsSync(file)).toBe(true);
    const text = readFileSync(file, 'utf8');
    const wanted: readonly RegExp[] = [
      new RegExp(`\`${id}\``),
      /^## Sources$/m,
      /^## Cable and line$/m,
      /^## (The|Frame)/m,
      /^## Coverage$/m,
      new RegExp(`\\b${profile.serial.baudRate}\\b`),
      // Honest about what it was tried against, and about what a noisy line gets past it.
      /\bTried\b|\bhardware\b/,
      /^#+ .*(Corruption|Measured)/m,
      // The five states of the checklist, explained.
      /^Key:.*●.*$/m,
    ];
    expect(wanted.filter((pattern) => !pattern.test(text)).map(String)).toEqual([]);
    expect(text.match(/@@\w+@@|TODO|coming soon/gi)).toBeNull(); // what a finished page does not hold
  });

  it('has fixtures, and each says where it comes from', () => {
    const folder = new URL(`test/fixtures/${id}/`, ROOT);
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    expect(files.length).toBeGreaterThan(0);
    for (const name of files) {
      const entries: unknown = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
      if (!Array.isArray(entries)) throw new Error(`${name} is not a list`);
      expect(entries.length, name).toBeGreaterThan(0);
      for (const entry of entries) {
        expect(entry, name).toMatchObject({
          name: expect.stringMatching(/\S/),
          source: expect.stringMatching(/\S/),
        });
      }
    }
  });

  it('makes drivers that are independent of each other', () => {
    const options = resolveOptions(profile, {});
    expect(profile.createDriver(options)).not.toBe(profile.createDriver(options));
  });
});
