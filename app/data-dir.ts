/** Where the record lives on this computer when nobody says otherwise. */
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/** The part of the process that decides; an argument so that every system can be tested on any. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const thisProcess = (): Surroundings => ({
  platform: process.platform,
  env: process.env,
  home: homedir(),
});

/**
 * The data folder of this user: `%APPDATA%\Chairside`, `~/Library/Application Support/Chairside`, else
 * `$XDG_DATA_HOME/chairside` or `~/.local/share/chairside` (XDG Base Directory Specification 0.8: a relative
 * path in the variable is ignored). Nothing is created.
 */
export const defaultDataDir = ({ platform, env, home }: Surroundings = thisProcess()): string => {
  if (platform === 'win32') {
    return win32.join(env.APPDATA || win32.join(home, 'AppData', 'Roaming'), 'Chairside');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Chairside');
  const data = env.XDG_DATA_HOME ?? '';
  return posix.join(posix.isAbsolute(data) ? data : posix.join(home, '.local', 'share'), 'chairside');
};

/** Names of the two databases in a data folder. */
export const DATABASE_FILES = {
  live: 'chairside.db',
  simulated: 'chairside-simulated.db',
} as const;
