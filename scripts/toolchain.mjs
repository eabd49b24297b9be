/**
 * What every script here starts from: the installed packages, the pinned Node and the built user interface.
 * Plain JavaScript that any Node from 18 on can run, because on a fresh clone nothing else is there yet.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Ends the script with one line for people. */
export const fail = (message) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

const at = (...parts) => join(ROOT, ...parts);
const sha256 = (data) => createHash('sha256').update(data).digest('hex');

/** The pinned Node that comes with the packages; the app's native modules need it (Node-API 10). */
export const pinnedNode = () =>
  at('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** True when this very process runs on a Node that can run the app. */
export const isAppNode = () =>
  Number(process.versions.node.split('.')[0]) >= 24 && Number(process.versions.napi) >= 10;

/** Installs the packages when they are missing or belong to another lock file. Says so on stderr. */
export const ensureInstalled = () => {
  const stamp = at('node_modules', '.chairside-lock');
  const wanted = sha256(readFileSync(at('package-lock.json')));
  const isCurrent = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(pinnedNode());
  if (isCurrent) return;
  process.stderr.write('Installing packages (once, about a minute) …\n');
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']];
  // npm's own words go to stderr: stdout belongs to the verb that asked for the packages.
  const result = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    shell: !npm && process.platform === 'win32',
  });
  if (result.status !== 0)
    fail('The packages could not be installed: see npm’s words above; is the network there?');
  if (!existsSync(pinnedNode())) {
    fail(
      'npm ci left no pinned Node (were install scripts switched off?): run `npm ci` with scripts allowed.',
    );
  }
  writeFileSync(stamp, wanted);
};

const filesUnder = (folder) =>
  readdirSync(at(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();

/** Builds what is missing or older than its sources. Says so on stderr. */
export const ensureBuilt = () => {
  const stamp = at('out', '.built');
  const digest = createHash('sha256');
  const rooms = [
    'core',
    'devices',
    'simulators',
    'db',
    'exports',
    'station',
    'server',
    'app',
    'electron',
    'renderer',
  ];
  for (const file of [...rooms.flatMap(filesUnder), at('package-lock.json')]) {
    digest.update(file).update(readFileSync(file));
  }
  const wanted = digest.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write('Building …\n');
  const result = spawnSync(pinnedNode(), [at('scripts', 'build.mjs')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout}${result.stderr}`);
    fail('The build failed: see above.');
  }
  mkdirSync(at('out'), { recursive: true });
  writeFileSync(stamp, wanted);
};

/** Runs a program in the foreground, hands on signals, and resolves with its exit code. */
export const runForeground = (command, args, env = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: process.cwd(),
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    const handOn = (signal) => child.kill(signal);
    process.on('SIGINT', handOn);
    process.on('SIGTERM', handOn);
    child.on('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`);
      resolve(1);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
