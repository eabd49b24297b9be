import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { freshness, goToChair, HR, hasNumber, SPO2, until, value } from './acts.ts';
import { createStage, type Win } from './stage.ts';
import type { Serving } from './support.ts';

const stage = createStage();
let station: Serving;
let win: Win;
beforeAll(async () => {
  station = await stage.serve(['--demo', '--data', stage.folder()]);
  await stage.browser();
});
afterAll(stage.end);

/** What a plain request without a browser gets. */
const ask = (path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const { hostname, port } = new URL(station.url);
      const asked = request({ hostname, port, path, headers }, (response) => {
        let body = '';
        response.on('data', (data: Buffer) => {
          body += data.toString();
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: body.trim() }),
        );
      });
      asked.on('error', reject);
      asked.end();
    },
  );

/** The status with which a WebSocket was refused; 101 when it was let in. */
const knock = (headers: Record<string, string>) =>
  new Promise<number>((resolve) => {
    const socket = new WebSocket(`ws://${new URL(station.url).host}/api`, { headers });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (asked, response) => {
      resolve(response.statusCode ?? 0);
      asked.destroy();
    });
    socket.on('error', () => undefined);
  });

describe('serve --demo', () => {
  it('prints one line of JSON within 10 s', () => {
    expect(station.readyAfterMs).toBeLessThan(10_000);
    expect(Object.keys(JSON.parse(JSON.stringify(station))).sort()).toEqual(
      expect.arrayContaining(['data', 'pid', 'token', 'url']),
    );
    expect(station.pid).toBe(station.child.pid);
    expect(station.url).toContain(station.token);
    expect(new URL(station.url).hostname).toBe('127.0.0.1');
  });

  it('shows live values that change, within 3 s of loading', async () => {
    win = await stage.open(station.url);
    const loadedAt = performance.now();
    const room = win.page.getByTestId('chair-tile-demo-chair');
    await until(() => hasNumber(room, HR)).toBe(true);
    // The promise is 3 s; the rest is slack for a machine that does other things as well.
    expect(performance.now() - loadedAt).toBeLessThan(6_000);
    await until(() => freshness(room, HR)).toBe('fresh');
    await until(() => hasNumber(room, SPO2)).toBe(true);
    const seen = new Set<string>();
    await until(async () => seen.add(await value(room, HR)).size).toBeGreaterThan(1);
  });

  it('says in words that everything is simulated, on every screen and at the chair', async () => {
    const { page } = win;
    for (const hash of ['#/', '#/chair/demo-chair', '#/monitors', '#/sessions', '#/about']) {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      const banner = page.getByTestId('simulated-banner');
      await banner.waitFor();
      expect(await banner.innerText(), hash).toMatch(/SIMULATED/i);
      expect(await page.getByTestId('secondary-label').isVisible(), hash).toBe(true);
    }
  });

  it('says that a physician has not approved the limits', async () => {
    const { page } = win;
    await page.evaluate(() => {
      location.hash = '#/';
    });
    await goToChair(page, 'demo-chair');
    await until(() => page.getByTestId('not-approved').isVisible()).toBe(true);
  });

  it('takes the token out of the address bar, and a reload works by the cookie', async () => {
    const { page } = win;
    expect(page.url()).not.toContain(station.token);
    await page.reload();
    await page.getByTestId('phase-panel').waitFor();
    await until(() => hasNumber(page, HR)).toBe(true);
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ name: 'chairside', httpOnly: true, sameSite: 'Strict' });
  });

  it('breaks no rule of its own content policy and writes no error to the console', () => {
    expect(win.faults).toEqual([]);
  });
});

describe('who is let in', () => {
  it('nobody without the link: 401 with one line that says what to do', async () => {
    const answer = await ask('/');
    expect(answer.status).toBe(401);
    expect(answer.body.split('\n')).toHaveLength(1);
    expect((await ask('/index.html?token=wrong')).status).toBe(401);
    expect((await ask('/assets/')).status).toBe(401);
  });

  it('a browser that knows nothing sees those words, and no number', async () => {
    const { page } = await stage.open(new URL('/', station.url).href);
    await until(() => page.locator('body').innerText()).toContain('link');
    await until(() => page.getByTestId('chair-tile-demo-chair').count()).toBe(0);
  });

  it('no page under another name: 403 even with the token', async () => {
    const { port } = new URL(station.url);
    const path = `/?token=${station.token}`;
    expect((await ask(path, { Host: `chairside.example:${port}` })).status).toBe(403);
    expect((await ask(path, { Origin: 'http://chairside.example' })).status).toBe(403);
  });

  it('no WebSocket without the cookie, or with the cookie from another site’s page', async () => {
    const entered = await ask(`/?token=${station.token}`);
    expect(entered.status).toBe(303);
    const Cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
    expect(await knock({})).toBe(401);
    expect(await knock({ Cookie: `${Cookie}x` })).toBe(401);
    expect(await knock({ Cookie, Origin: 'http://chairside.example' })).toBe(401);
    expect(await knock({ Cookie })).toBe(101);
  });

  it('and nothing is cached or framed', async () => {
    const { headers } = await ask('/');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });
});
