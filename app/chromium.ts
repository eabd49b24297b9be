/** Finds a Chromium on this machine for end-to-end tests, benchmarks and printing without a desktop. */
import { access, constants } from 'node:fs/promises';

export interface FoundChromium {
  readonly executablePath: string;
  /** What it must be started with besides its own data folder. */
  readonly args: string[];
}

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
] as const;

/** Quiet, without a graphics card, and without a word to the network. */
const QUIET_ARGS = [
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/**
 * A Chromium to start: the one `CHROMIUM_PATH` names, else an installed one, else the one that the development
 * packages carry. Null when there is none. As root the sandbox is switched off, which Chromium insists on.
 * @throws Error when `CHROMIUM_PATH` names something that cannot be executed.
 */
export const findChromium = async (): Promise<FoundChromium | null> => {
  const args = [...QUIET_ARGS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (await isExecutable(named)) return { executablePath: named, args };
    throw new Error(`CHROMIUM_PATH is ${named}, which cannot be executed`);
  }
  for (const path of SYSTEM_PATHS) if (await isExecutable(path)) return { executablePath: path, args };
  const executablePath = await packagedChromium();
  return executablePath === null ? null : { executablePath, args };
};

/** The packaged Chromium (Linux x64), unpacked when first asked for; null where the package is not installed. */
const packagedChromium = async (): Promise<string | null> => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const module = await import('@sparticuz/chromium').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  });
  return module === null ? null : module.default.executablePath();
};
