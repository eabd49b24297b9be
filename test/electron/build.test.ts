/**
 * The built desktop host: what it loads at run time. The build is made here, into a folder of its own, so that
 * the test never looks at an old one.
 */
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { recordMakerHere, recordMakerInWorker } from '../../app/record-makers.ts';
import { epochMs } from '../../core/time.ts';
import { EXPORT_FORMATS } from '../../exports/exporter.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { systemClock } from '../../station/clock.ts';
import type { MakingJob } from '../../station/making/job.ts';
import { opened, openSession, SESSION, START, temporaryFolder } from '../db/samples.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Inside the repository, so that the built files find node_modules as they do in use. */
let folder: string;

beforeAll(async () => {
  mkdirSync(join(ROOT, 'out'), { recursive: true });
  folder = mkdtempSync(join(ROOT, 'out', 'test-electron-'));
  for (const name of ['main', 'preload']) {
    await build({
      configFile: join(ROOT, 'electron', `vite.${name}.config.ts`),
      build: { outDir: folder },
      logLevel: 'silent',
    });
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BUILT_IN = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));
const PRODUCTION = Object.keys(packageJson.dependencies);

/** Every module that the text loads from outside of itself. */
const imports = (text: string): readonly string[] =>
  [...text.matchAll(/(?:^(?:import|export)\b[^;'"]*|\bimport\(|\brequire\()\s*["']([^"']+)["']/gm)].map(
    (match) => match[1] ?? '',
  );

const read = (...path: readonly string[]): string => readFileSync(join(folder, ...path), 'utf8');

describe('the built desktop host', () => {
  it('has a preload of one CommonJS file that requires nothing but Electron', () => {
    expect(imports(read('preload.cjs'))).toEqual(['electron']);
    expect(read('preload.cjs')).not.toMatch(/^import |devDependencies/m);
  });

  it('imports only Electron, Node and packages that are installed with the product', () => {
    const files = [
      'main.js',
      'station-host.js',
      'record-worker.js',
      ...readdirSync(join(folder, 'chunks')).map((file) => `chunks/${file}`),
    ];
    const foreign = files.flatMap((file) =>
      imports(read(file))
        .filter((name) => !name.startsWith('.') && !BUILT_IN.has(name) && name !== 'electron')
        // A package may be asked for one of its parts: csv-stringify/sync.
        .filter((name) => !PRODUCTION.some((own) => name === own || name.startsWith(`${own}/`))),
    );
    expect(foreign).toEqual([]);
    expect(imports(read('main.js'))).toContain('electron');
  });

  it('has nothing of the simulator lab, whose page is not packed, and needs no package that is left out', () => {
    const recipe = readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8');
    const packed = [...recipe.matchAll(/^ {2}- (out\/\S+)$/gm)].map(([, pattern]) => pattern);
    expect(packed).toEqual(['out/electron/**/*', 'out/renderer/**/*']);
    const leftOut = /^ {2}- "!node_modules\/\{([^}]+)\}\/\*\*\/\*"$/m.exec(recipe)?.[1]?.split(',') ?? [];
    expect(leftOut).toContain('commander');
    const files = [
      'main.js',
      'station-host.js',
      ...readdirSync(join(folder, 'chunks')).map((file) => `chunks/${file}`),
    ];
    for (const file of files) {
      expect(read(file), file).not.toMatch(/out\/lab|chairside-lab/);
      expect(imports(read(file)).filter((name) => leftOut.includes(name.split('/')[0] ?? ''))).toEqual([]);
    }
  });

  it('keeps Electron out of the station’s process, and database and serial ports out of the main process', () => {
    const reach = (file: string, seen = new Set<string>()): Set<string> => {
      for (const name of imports(read(file))) {
        if (seen.has(name)) continue;
        seen.add(name);
        if (name.startsWith('./')) reach(join(file, '..', name), seen);
      }
      return seen;
    };
    expect(reach('station-host.js').has('electron')).toBe(false);
    expect(reach('record-worker.js').has('electron')).toBe(false);
    const main = reach('main.js');
    expect(['serialport', 'better-sqlite3', 'node:net'].filter((name) => main.has(name))).toEqual([]);
    expect(read('main.js')).not.toContain('better-sqlite3');
  });

  it('makes the same files in the thread of its built file as from source', async () => {
    const db = opened(join(temporaryFolder(), 'chairside.db'));
    openSession(db, SESSION, []);
    const silent = () => undefined;
    const maker = recordMakerInWorker('1.2.3', pathToFileURL(join(folder, 'record-worker.js')), {
      clock: systemClock(),
      log: { info: silent, warn: silent, error: silent },
    });
    onTestFinished(maker.stop);
    const job: MakingJob = {
      sessionId: SESSION,
      writtenAt: epochMs(START),
      withNames: true,
      options: { flowsheetMs: 60_000, timeZone: 'UTC' },
      files: EXPORT_FORMATS.map((format) => ({ kind: 'file', format })),
    };
    const [built, source] = [await maker.make(db, job), await recordMakerHere('1.2.3').make(db, job)];
    expect(built.files.map(({ sha256 }) => sha256)).toEqual(source.files.map(({ sha256 }) => sha256));
  });

  it('runs the station from its built file, on messages like those of the main process', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'chairside-built-'));
    // Node's own child process stands in for Electron's: the same messages, without ports.
    const shim = join(folder, 'parent-port.mjs');
    writeFileSync(
      shim,
      `process.parentPort = {
        on: (_name, hear) => process.on('message', (data) => hear({ data, ports: [] })),
        postMessage: (message) => process.send(message),
      };`,
    );
    const child = fork(join(folder, 'station-host.js'), [], {
      execPath: process.execPath,
      execArgv: ['--import', shim],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    try {
      const said: string[] = [];
      const ready = new Promise<void>((resolve, reject) => {
        child.on('message', (message: { type: string }) => {
          said.push(message.type);
          if (message.type === 'ready') resolve();
        });
        child.on('exit', (code) => reject(new Error(`ended with ${code}`)));
      });
      child.send({ type: 'start', dataDir, configFile: null, demo: false });
      await ready;
      const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
      child.send({ type: 'stop' });
      expect(await ended).toBe(0);
      expect(said.filter((type) => type !== 'alive').slice(0, 2)).toEqual(['status', 'ready']);
      // Provisioned with the demonstration, as on a computer where nothing was set up yet.
      expect(readdirSync(dataDir)).toEqual(
        expect.arrayContaining(['chairside.json', 'chairside.db', 'chairside-simulated.db']),
      );
    } finally {
      child.kill('SIGKILL');
      rmSync(dataDir, { recursive: true, force: true });
    }
  }, 30_000);
});
