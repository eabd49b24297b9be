/**
 * `npm start`: the desktop app; where there is no Electron program or no display, the same screens in the
 * browser, on 127.0.0.1.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, pinnedNode, ROOT, runForeground } from './toolchain.mjs';

const ELECTRON = join(ROOT, 'node_modules', 'electron');
/** Fetching the program takes a minute on a clinic's line; longer means that it is not reachable (ms). */
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

/** Path of the Electron program, or null when it is not installed (electron/index.js reads the same files). */
const electronProgram = () => {
  const pathFile = join(ELECTRON, 'path.txt');
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : override ? 'electron' : null;
  if (name === null) return null;
  const program = join(override ?? join(ELECTRON, 'dist'), name);
  return existsSync(program) ? program : null;
};

/** Ubuntu from 23.10 on keeps unpackaged programs from making the sandbox that Electron insists on. */
const isSandboxForbidden = () => {
  const setting = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
  return process.platform === 'linux' && existsSync(setting) && readFileSync(setting, 'utf8').trim() === '1';
};

/** Why no window can be opened here, or null when it can. */
const noWindowBecause = () => {
  const hasDisplay = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (process.platform === 'linux' && !hasDisplay) return 'there is no display';
  if (process.platform === 'linux' && process.getuid() === 0) return 'Electron does not run as root';
  if (isSandboxForbidden()) return 'this system does not let it build its sandbox (AppArmor)';
  if (electronProgram() !== null) return null;
  process.stderr.write('Fetching the desktop program (once) …\n');
  spawnSync(pinnedNode(), [join(ELECTRON, 'install.js')], { stdio: 'ignore', timeout: DOWNLOAD_TIMEOUT_MS });
  return electronProgram() === null ? 'the Electron program could not be downloaded' : null;
};

ensureInstalled();
ensureBuilt();

const because = noWindowBecause();
if (because === null) {
  process.exitCode = await runForeground(electronProgram(), [ROOT, ...process.argv.slice(2)]);
} else {
  process.stderr.write(
    `No desktop window here (${because}): open the link below in a browser on this computer.\n`,
  );
  const main = join(ROOT, 'app', 'cli', 'main.ts');
  process.exitCode = await runForeground(pinnedNode(), [
    main,
    'serve',
    '--provision',
    ...process.argv.slice(2),
  ]);
}
