import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fileOf, registerAppScheme, serveAppFiles } from '../../electron/app-protocol.ts';
import { app, resetElectron, world } from './fake-electron.ts';

vi.mock('electron', async () => (await import('./fake-electron.ts')).electronModule);

let outer: string;

beforeEach(() => {
  resetElectron();
  outer = mkdtempSync(join(tmpdir(), 'chairside-app-'));
  mkdirSync(join(outer, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(outer, 'renderer', 'index.html'), '<!doctype html>');
  writeFileSync(join(outer, 'renderer', 'assets', 'main.js'), 'export {};');
  writeFileSync(join(outer, 'secret.txt'), 'secret');
  mkdirSync(join(outer, 'renderer-other'));
  writeFileSync(join(outer, 'renderer-other', 'index.html'), 'secret');
});
afterEach(() => rmSync(outer, { recursive: true }));

const get = async (url: string, init?: RequestInit): Promise<Response> => {
  serveAppFiles(join(outer, 'renderer'));
  const answer = world.handlers.get('app');
  if (answer === undefined) throw new Error('no handler');
  return answer(new Request(url, init));
};

describe('app://chairside', () => {
  it('is a standard, secure scheme, registered before Electron is ready', async () => {
    registerAppScheme();
    expect(world.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    await app.fireReady();
    expect(registerAppScheme).toThrow('after ready');
  });

  it('gives the page and its files with their types', async () => {
    const page = await get('app://chairside/?recovered=renderer');
    expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([
      200,
      'text/html; charset=utf-8',
      '<!doctype html>',
    ]);
    const script = await get('app://chairside/assets/main.js');
    expect([script.status, script.headers.get('content-type')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
    ]);
  });

  it.each(['app://chairside/', 'app://chairside/missing.js'])(
    'sends a policy that allows nothing foreign, nothing inline and no frames with %s',
    async (url) => {
      const policy = (await get(url)).headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
    },
  );

  it.each([
    'app://chairside/../secret.txt',
    'app://chairside/%2e%2e/secret.txt',
    'app://chairside/..%2fsecret.txt',
    'app://chairside/..%5csecret.txt',
    'app://chairside/assets/..%2f..%2fsecret.txt',
    'app://chairside/..%2frenderer-other%2findex.html',
    'app://chairside//etc/passwd',
    'app://chairside/%2fetc%2fpasswd',
    'app://chairside/%00',
    'app://chairside/%',
    'app://chairside/assets',
    'app://chairside/missing.js',
    'app://elsewhere/index.html',
  ])('answers %s with 404 and none of its content', async (url) => {
    const response = await get(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('There is no such page.\n');
  });

  it('answers only GET', async () => {
    expect((await get('app://chairside/', { method: 'POST', body: 'x' })).status).toBe(405);
  });

  it('never names a file outside of its folder, whatever the path', () => {
    const piece = fc.constantFrom('..', '.', '/', '%2f', '%2e', '%5c', '\\', 'C:', '%00', 'a', 'é', '~', '%');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = fileOf('/srv/renderer', `/${pieces.join('')}`);
        expect(file === null || file.startsWith('/srv/renderer/')).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
