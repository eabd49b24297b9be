import { chmodSync, chownSync, copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStage } from './stage.ts';
import { folderContents, run, type Said, type Serving, verb } from './support.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const stage = createStage();
let station: Serving;
beforeAll(async () => {
  station = await stage.serve(['--demo', '--data', stage.folder()]);
});
afterAll(stage.end);

/** Exit 1, nothing on stdout, and exactly one line, which is returned. */
const oneLine = ({ code, stdout, stderr }: Said): string => {
  expect({ code, stdout }, stderr).toEqual({ code: 1, stdout: '' });
  const said = stderr.trim().split('\n');
  expect(said, stderr).toHaveLength(1);
  return said[0] ?? '';
};

describe('serve says in one line why it does not start', () => {
  it('the port is used by another program', async () => {
    const { port } = new URL(station.url);
    const said = await verb('serve', '--demo', '--port', port, '--data', stage.folder());
    expect(oneLine(said)).toContain(port);
  });

  it('the data folder is used by another station, which goes on', async () => {
    const said = await verb('serve', '--demo', '--port', '0', '--data', station.data);
    const words = oneLine(said);
    expect(words).toContain(station.data);
    expect(words).toContain(String(station.pid));
    expect(station.child.exitCode).toBeNull();
  });

  it.each([
    ['not JSON', '{"chairs": [', 'JSON'],
    ['an unknown field', '{"chiars": []}', 'chiars'],
    [
      'a port that is none',
      '{"chairs":[{"id":"a","name":"A","monitors":[{"id":"m","name":"M","family":"nellcor","address":{"kind":"tcp","host":"h","port":99999}}]}]}',
      'chairs.0.monitors.0.address.port',
    ],
    [
      'an unknown family',
      '{"chairs":[{"id":"a","name":"A","monitors":[{"id":"m","name":"M","family":"nonesuch","address":{"kind":"tcp","host":"h","port":9}}]}]}',
      'nonesuch',
    ],
    [
      'an option out of range',
      '{"chairs":[{"id":"a","name":"A","monitors":[{"id":"m","name":"M","family":"ge-s5-dri","address":{"kind":"tcp","host":"h","port":9},"options":{"intervalS":100000}}]}]}',
      'intervalS',
    ],
    ['two chairs of one name', '{"chairs":[{"id":"a","name":"A"},{"id":"a","name":"B"}]}', 'chairs.1.id'],
  ])('a configuration with %s names file and field', async (_, text, named) => {
    const folder = stage.folder();
    const config = join(folder, 'config.json');
    writeFileSync(config, text);
    const said = await verb('serve', '--config', config, '--port', '0', '--data', join(folder, 'data'));
    expect(oneLine(said)).toContain(named);
  });

  it('a database of a newer Chairside, which stays untouched', async () => {
    const data = stage.folder();
    const first = await stage.serve(['--demo', '--data', data]);
    expect(await first.stop()).toBe(0);
    const file = join(data, 'chairside-simulated.db');
    const db = new Database(file);
    const version = Number(db.pragma('user_version', { simple: true }));
    db.pragma(`user_version = ${version + 100}`);
    db.close();
    const before = readFileSync(file);
    const said = await verb('serve', '--demo', '--port', '0', '--data', data);
    expect(oneLine(said)).toContain(file);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(existsSync(`${file}-wal`)).toBe(false);
  });

  it('a file that is no database at all, which stays untouched', async () => {
    const data = stage.folder();
    const file = join(data, 'chairside.db');
    writeFileSync(file, 'these are somebody’s notes, not a database\n'.repeat(100));
    const before = readFileSync(file);
    const said = await verb('serve', '--demo', '--port', '0', '--data', data);
    expect(oneLine(said)).toContain(file);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  const isRoot = process.getuid?.() === 0;
  const NOBODY = 65_534;
  it.skipIf(process.platform === 'win32')('a data folder that may not be written', async () => {
    const data = stage.folder();
    chmodSync(data, 0o555);
    const args = ['serve', '--demo', '--port', '0', '--data', data];
    const main = join(ROOT, 'app', 'cli', 'main.ts');
    // Root may write everywhere: then it is tried as a user who may not.
    const said = isRoot
      ? await run(process.execPath, [main, ...args], { uid: NOBODY })
      : await run(process.execPath, [main, ...args]);
    expect(oneLine(said)).toContain(data);
    chmodSync(data, 0o755);
    expect([...folderContents(data).keys()]).toEqual([]);
  });

  it.skipIf(!isRoot)('a record that may not be written, which stays untouched', async () => {
    const data = stage.folder();
    copyFileSync(join(station.data, 'chairside-simulated.db'), join(data, 'chairside-simulated.db'));
    chownSync(data, NOBODY, NOBODY);
    chmodSync(join(data, 'chairside-simulated.db'), 0o444);
    const before = readFileSync(join(data, 'chairside-simulated.db'));
    const main = join(ROOT, 'app', 'cli', 'main.ts');
    const said = await run(process.execPath, [main, 'serve', '--demo', '--port', '0', '--data', data], {
      uid: NOBODY,
    });
    expect(oneLine(said)).toContain('chairside-simulated.db');
    expect(readFileSync(join(data, 'chairside-simulated.db')).equals(before)).toBe(true);
  });
});

/** A Node of the system that cannot run the app itself; null when there is none. */
const oldNode = async (): Promise<string | null> => {
  const folders = (process.env.PATH ?? '').split(delimiter).concat(['/usr/bin', '/usr/local/bin']);
  for (const folder of new Set(folders)) {
    if (folder.includes(`${sep}node_modules${sep}`) || folder === dirname(process.execPath)) continue;
    const path = join(folder, 'node');
    if (!existsSync(path)) continue;
    const { stdout } = await run(path, ['-p', 'process.versions.node']);
    if (Number(stdout.split('.')[0]) < 22) return path;
  }
  return null;
};
const OLD_NODE = await oldNode();

describe.skipIf(OLD_NODE === null)('on the system’s older Node', () => {
  const node = OLD_NODE ?? '';

  it('the verbs work through the script, on the Node that the project brings', async () => {
    const said = await run(node, [join(ROOT, 'scripts', 'chairside.mjs'), 'devices']);
    expect(said.code, said.stderr).toBe(0);
    expect(JSON.parse(said.stdout).length).toBeGreaterThan(2);
    const wrong = await run(node, [join(ROOT, 'scripts', 'chairside.mjs'), 'decode', '--device', 'nonesuch']);
    expect(wrong.code).toBe(2);
  });

  it('a station started directly ends with words, not with a crash', async () => {
    const said = await run(node, [join(ROOT, 'app', 'cli', 'main.ts'), 'serve', '--demo', '--port', '0']);
    expect(said.code).not.toBe(0);
    // A segmentation fault has no exit code, or 139 through a shell.
    expect([null, 139]).not.toContain(said.code);
    expect(said.stdout).toBe('');
  });
});
