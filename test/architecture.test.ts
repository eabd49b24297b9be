/**
 * The import table of ARCHITECTURE.md, executable: which room may import which, and which package may be
 * imported where. A new room or package is added here and there together.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Row imports column. A room may always import itself (devices: see the rules of families below). */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  devices: ['core'],
  simulators: ['core', 'devices'],
  db: ['core'],
  exports: ['core'],
  station: ['core', 'devices', 'db', 'exports'],
  server: ['core', 'station'],
  app: ['core', 'devices', 'simulators', 'db', 'exports', 'station', 'server'],
  electron: ['core', 'app', 'station'],
  renderer: ['core'],
  bench: ['core', 'renderer'],
};
const ROOMS = Object.keys(ALLOWED);

/** Packages that are tied to one place. */
const PACKAGE_HOMES: readonly { readonly name: RegExp; readonly homes: readonly string[] }[] = [
  { name: /^electron$/, homes: ['electron/'] },
  { name: /^serialport$/, homes: ['devices/transport/serial.ts'] },
  { name: /^@serialport\/parser-readline$/, homes: ['devices/transport/line-batching.ts'] },
  { name: /^better-sqlite3$/, homes: ['db/'] },
  { name: /^(react|react-dom|zustand|recharts|uplot)(\/.*)?$/, homes: ['renderer/', 'bench/'] },
  { name: /^ws$/, homes: ['server/'] },
  { name: /^commander$/, homes: ['app/cli/'] },
  { name: /^csv-parse(\/.*)?$/, homes: ['app/'] },
  { name: /^csv-stringify(\/.*)?$/, homes: ['exports/csv/'] },
  { name: /^pdfkit$/, homes: ['exports/pdf/'] },
  { name: /^@medplum\/fhirtypes$/, homes: ['exports/fhir/'] },
  { name: /^@medplum\/core$/, homes: ['exports/fhir/', 'exports/hl7/'] },
  { name: /^pino$/, homes: ['app/logging.ts'] },
];

/** Clocks, timers and randomness of a process's own: only where something runs in real time. */
const CLOCK = /\b(Date\.now|new Date\(\)|performance\.now|setTimeout|setInterval|Math\.random)\b/;
const CLOCK_FREE = [
  /^core\//,
  /^devices\/[^/]+\/(?!transport)/,
  /^db\//,
  /^exports\//,
  /^simulators\/(?!run\.ts|outlets\/)/,
];

interface SourceFile {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g;

const sources: readonly SourceFile[] = ROOMS.flatMap((room) =>
  readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const text = readFileSync(file, 'utf8');
      return {
        path: relative(ROOT, file).split(sep).join('/'),
        room,
        text,
        imports: [...text.matchAll(IMPORT)].flatMap((match) => (match[1] === undefined ? [] : [match[1]])),
      };
    }),
);

/** The repository path a relative import points at; null for a package. */
const target = (file: SourceFile, specifier: string): string | null =>
  specifier.startsWith('.')
    ? relative(ROOT, resolve(ROOT, dirname(file.path), specifier))
        .split(sep)
        .join('/')
    : null;

const breaches = (rule: (file: SourceFile, specifier: string, path: string | null) => boolean) =>
  sources.flatMap((file) =>
    file.imports
      .filter((specifier) => rule(file, specifier, target(file, specifier)))
      .map((specifier) => `${file.path} imports ${specifier}`),
  );

describe('the import table', () => {
  it('finds the source files of every room', () => {
    expect(ROOMS.filter((room) => !sources.some((file) => file.room === room))).toEqual([]);
  });

  it('lets a room import only the rooms its row names', () => {
    const bad = breaches((file, _specifier, path) => {
      const room = path?.split('/')[0];
      if (room === undefined || room === file.room || !ROOMS.includes(room)) return false;
      return !(ALLOWED[file.room] ?? []).includes(room);
    });
    expect(bad).toEqual([]);
  });

  it('keeps device families apart: only their own folder, framing and the contracts', () => {
    const bad = breaches((file, _specifier, path) => {
      const family = /^devices\/([^/]+)\//.exec(file.path)?.[1];
      if (family === undefined || family === 'transport' || family === 'framing' || path === null)
        return false;
      if (!path.startsWith('devices/')) return false;
      return !['framing/', `${family}/`, 'device.ts'].some((start) => path.startsWith(`devices/${start}`));
    });
    expect(bad).toEqual([]);
  });

  it('lets simulators use the codecs of families, never their drivers', () => {
    const bad = breaches(
      (file, _specifier, path) => file.room === 'simulators' && /^devices\/.*driver/.test(path ?? ''),
    );
    expect(bad).toEqual([]);
  });

  it('keeps each tied package in its home', () => {
    const bad = breaches((file, specifier) =>
      PACKAGE_HOMES.some(
        ({ name, homes }) => name.test(specifier) && !homes.some((home) => file.path.startsWith(home)),
      ),
    );
    expect(bad).toEqual([]);
  });

  it('gives core no package but the schema library and no Node module', () => {
    const bad = breaches(
      (file, specifier, path) => file.room === 'core' && path === null && specifier !== 'zod',
    );
    expect(bad).toEqual([]);
  });

  it('keeps clocks, timers and randomness out of core, codecs, drivers and the database', () => {
    const bad = sources
      .filter(
        (file) =>
          CLOCK_FREE.some((where) => where.test(file.path)) && !/^devices\/transport\//.test(file.path),
      )
      .filter((file) => CLOCK.test(file.text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')))
      .map((file) => file.path);
    expect(bad).toEqual([]);
  });

  it('stands in ARCHITECTURE.md word for word', () => {
    const page = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
    const rows = ROOMS.map((room) => `| ${room} | ${(ALLOWED[room] ?? []).join(', ') || '—'} |`);
    expect(rows.filter((row) => !page.includes(row))).toEqual([]);
  });
});
