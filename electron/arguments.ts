/** The desktop's own flags among everything that Electron and the system put on the command line. */
import { resolve } from 'node:path';
import type { StationOptions } from './station-messages.ts';

export type ReadArguments =
  | { readonly ok: true; readonly options: StationOptions }
  /** One line for people. */
  | { readonly ok: false; readonly problem: string };

/**
 * `--data DIR`, `--config FILE`, `--demo`, as `chairside serve` has them (also `--data=DIR`). Anything else is
 * left to Chromium. Relative paths count from `cwd`.
 */
export const readArguments = (argv: readonly string[], cwd: string, defaultDir: string): ReadArguments => {
  const data = flagValue(argv, '--data');
  if (data === '') return { ok: false, problem: '--data: name the data folder' };
  const config = flagValue(argv, '--config');
  if (config === '') return { ok: false, problem: '--config: name the configuration file' };
  return {
    ok: true,
    options: {
      dataDir: resolve(cwd, data ?? defaultDir),
      configFile: config === null ? null : resolve(cwd, config),
      demo: argv.includes('--demo'),
    },
  };
};

/** The value of a flag, '' when it has none, null when the flag is not there. */
const flagValue = (argv: readonly string[], flag: string): string | null => {
  const at = argv.findIndex((item) => item === flag || item.startsWith(`${flag}=`));
  const item = argv[at];
  if (item === undefined) return null;
  if (item !== flag) return item.slice(flag.length + 1);
  const next = argv[at + 1] ?? '';
  return next.startsWith('-') ? '' : next;
};
