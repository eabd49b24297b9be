import { describe, expect, it } from 'vitest';
import { readArguments } from '../../electron/arguments.ts';

const read = (...argv: readonly string[]) => readArguments(argv, '/home/nurse', '/default');

describe('the desktop’s command line', () => {
  it.each([
    ['nothing', ['.'], { dataDir: '/default', configFile: null, demo: false }],
    ['a demonstration', ['.', '--demo'], { dataDir: '/default', configFile: null, demo: true }],
    [
      'folders and files relative to where it was started',
      ['.', '--data', 'here', '--config', '../c.json'],
      { dataDir: '/home/nurse/here', configFile: '/home/c.json', demo: false },
    ],
    [
      'flags with an equals sign, among those of Chromium',
      ['--no-sandbox', '--data=/srv/data', '--ozone-platform=x11'],
      { dataDir: '/srv/data', configFile: null, demo: false },
    ],
  ])('takes %s', (_what, argv, options) => {
    expect(read(...argv)).toEqual({ ok: true, options });
  });

  it.each([
    ['--data', ['--data'], '--data: name the data folder'],
    ['--data followed by a flag', ['--data', '--demo'], '--data: name the data folder'],
    ['--config=', ['--config='], '--config: name the configuration file'],
  ])('refuses %s without a value, in one line', (_what, argv, problem) => {
    expect(read(...argv)).toEqual({ ok: false, problem });
  });
});
