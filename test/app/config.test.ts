import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EMBEDDED_DEFAULT } from '../../app/embedded-default.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { ConfigError, configJsonSchema, parseConfig } from '../../station/config.ts';
import { resolveOptions } from '../../station/driver-options.ts';

const file = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

const refusal = (config: unknown): string => {
  try {
    parseConfig(typeof config === 'string' ? config : JSON.stringify(config), 'clinic.json');
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
};

const monitor = (id: string, change: object = {}) => ({
  id,
  name: id,
  family: 'ge-s5-dri',
  address: { kind: 'tcp', host: '127.0.0.1', port: 4001 },
  ...change,
});
const chair = (id: string, monitors: readonly object[] = []) => ({ id, name: id, monitors });

describe('the configuration file', () => {
  it('accepts the documented example, whose families and options exist', () => {
    const config = parseConfig(file('config.example.json'), 'config.example.json');
    const monitors = [...config.chairs, ...EMBEDDED_DEFAULT.chairs].flatMap((item) => item.monitors);
    expect(monitors.length).toBeGreaterThan(3);
    for (const item of monitors) {
      const profile = DEVICE_PROFILES.find((candidate) => candidate.id === item.family);
      expect(profile?.id).toBe(item.family);
      if (profile !== undefined) expect(() => resolveOptions(profile, item.options)).not.toThrow();
    }
  });

  it('is described by the JSON schema beside it', () => {
    expect(JSON.parse(file('config.schema.json'))).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
  });

  it.each([
    ['not JSON', '{', /^clinic\.json: not JSON: /],
    ['a misspelt key', { chiars: [] }, /chiars/],
    [
      'a port out of range',
      { chairs: [chair('a', [monitor('m', { address: { kind: 'tcp', host: 'x', port: 70_000 } })])] },
      /^clinic\.json: chairs\.0\.monitors\.0\.address\.port: /,
    ],
    [
      'an unknown kind of address',
      { chairs: [chair('a', [monitor('m', { address: { kind: 'usb' } })])] },
      /chairs\.0\.monitors\.0\.address/,
    ],
    ['two chairs of one id', { chairs: [chair('a'), chair('a')] }, /chairs\.1\.id: there are two chairs "a"/],
    [
      'two monitors of one id',
      { chairs: [chair('a', [monitor('m')]), chair('b', [monitor('m')])] },
      /chairs\.1\.monitors\.0\.id: there are two monitors "m"/,
    ],
    [
      'real and simulated monitors on one chair',
      { chairs: [chair('a', [monitor('m'), monitor('n', { simulated: true })])] },
      /never both/,
    ],
    ['an id with spaces', { chairs: [chair('Chair 1')] }, /chairs\.0\.id: use lower-case/],
  ])('refuses %s with one line that names the field', (_name, config, message) => {
    const words = refusal(config);
    expect(words).toMatch(message);
    expect(words).not.toContain('\n');
  });
});
