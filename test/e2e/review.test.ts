/**
 * The physician's review of a visit of eight hours in a real browser. What is in the visit, and when (minutes from its
 * opening; the infusion begins at 30): app/bench/long-visit.ts.
 */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LONG_VISIT, writeLongVisit } from '../../app/bench/long-visit.ts';
import type { StationClient } from '../../core/api/client.ts';
import { epochMs } from '../../core/time.ts';
import { openDatabase } from '../../db/open.ts';
import { confirm, HR, iAm, SPO2, until } from './acts.ts';
import { flaws, SIZES } from './layout-look.ts';
import { createStage, type Win } from './stage.ts';

const stage = createStage();
let win: Win;
let page: Page;
let client: StationClient;
let url: string;
beforeAll(async () => {
  const data = stage.folder();
  const db = openDatabase(join(data, 'chairside-simulated.db'), {
    kind: 'simulated',
    readClockWall: () => epochMs(Date.now()),
  });
  writeLongVisit(db);
  db.close();
  const station = await stage.serve(['--data', data]);
  url = station.url;
  client = await stage.client(station);
  win = await stage.open(url);
  page = win.page;
});
afterAll(stage.end);

const VISIT_MIN = 480;
const surface = () => page.getByTestId('review-surface');
const text = (id: string): Promise<string> => page.getByTestId(id).innerText();
const step = (): Promise<string> => text('review-step');

/** The point of the screen at a minute of the visit (while the whole of it is shown), in the middle of a lane. */
const pointAt = async (minutes: number, lane: string): Promise<{ x: number; y: number }> => {
  await page.getByTestId(`lane-${lane}`).scrollIntoViewIfNeeded();
  const plot = await surface().boundingBox();
  const box = await page.getByTestId(`lane-${lane}`).boundingBox();
  if (plot === null || box === null) throw new Error(`lane ${lane} is not drawn`);
  return { x: plot.x + (plot.width * minutes) / VISIT_MIN, y: box.y + box.height / 2 };
};

const drag = async (from: number, to: number, lane: string): Promise<void> => {
  const a = await pointAt(from, lane);
  const b = await pointAt(to, lane);
  await page.mouse.move(a.x, a.y);
  await page.mouse.down();
  await page.mouse.move((a.x + b.x) / 2, a.y);
  await page.mouse.move(b.x, b.y);
  await page.getByTestId('review-selection').waitFor();
  await page.mouse.up();
};

const point = async (minutes: number, lane: string): Promise<void> => {
  const { x, y } = await pointAt(minutes, lane);
  await page.mouse.move(x, y);
};

it('a visit opens from the list with every lane, its figures, and the word SIMULATED', async () => {
  await page.getByRole('link', { name: 'Sessions', exact: true }).click();
  await page.getByTestId(`session-${LONG_VISIT}`).getByRole('link').click();
  await surface().waitFor();
  for (const lane of ['pressure', 'rate', 'saturation', 'respiration', 'dose'])
    expect(await page.getByTestId(`lane-${lane}`).isVisible(), lane).toBe(true);
  await until(() => page.getByTestId('cuff-bar').count()).toBe(VISIT_MIN / 5);
  await until(() => page.getByTestId('effect-bar').count()).toBe(3);
  await until(() => page.getByTestId('bolus').count()).toBe(1);
  for (const id of ['whose', 'review-readout', 'review-chart']) expect(await text(id)).toContain('SIMULATED');
  await until(() => page.getByTestId('key-figures').getAttribute('data-state')).toBe('read');
  await until(() => text('key-baseline')).toContain('124/78');
  await until(() => text('key-lowest-spo2')).toMatch(/7\d %/);
});

it('the chart does not move under the pointer when the figures come, so that a first drag marks what it was aimed at', async () => {
  await page.getByRole('link', { name: 'Sessions', exact: true }).click();
  await page.getByTestId(`session-${LONG_VISIT}`).waitFor();
  // From the first frame that has the chart until the figures are there, and the frame after.
  const tops = await page.evaluate(
    (hash) =>
      new Promise<readonly number[]>((resolve) => {
        const seen: number[] = [];
        const of = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
        const look = () => {
          const lane = of('lane-rate');
          const isRead = of('key-figures')?.dataset.state === 'read';
          if (lane !== null) seen.push(Math.round(lane.getBoundingClientRect().top));
          if (isRead) resolve(seen);
          else requestAnimationFrame(look);
        };
        location.hash = hash;
        look();
      }),
    `#/sessions/${LONG_VISIT}`,
  );
  expect(new Set(tops).size).toBe(1);
});

it('the cursor reads every value of one moment: a dip shorter than a step is there, a gap is a gap', async () => {
  await point(290.1, 'saturation');
  await until(() => text(`readout-${SPO2}`)).toMatch(/7\d–9\d/);
  await until(() => text('readout-pressure')).toMatch(/\d{3}\/\d{2,3} \(\d{2,3}\)/);
  await until(() => text('review-readout')).toContain('+260 min');
  await point(246, 'saturation');
  await until(() => text(`readout-${SPO2}`)).toMatch(/--\s*last ≤ \d+ min/);
  await until(() => text(`readout-${HR}`)).toMatch(/\d\d/);
});

it('a lane is hidden and shown by its button', async () => {
  await page.getByTestId('toggle-respiration').click();
  await until(() => page.getByTestId('lane-respiration').count()).toBe(0);
  await until(() => page.getByTestId('toggle-respiration').getAttribute('aria-pressed')).toBe('false');
  await page.getByTestId('toggle-respiration').click();
  await until(() => page.getByTestId('lane-respiration').count()).toBe(1);
});

it('the limits in force are lines of steps in the lanes, said at the cursor, and hidden by their button', async () => {
  const systolic = page.getByTestId('limit-MDC_PRESS_BLD_NONINV_SYS-high-first');
  // Raised once: one step up, and on to the end.
  await until(() => systolic.getAttribute('d')).toMatch(/^M[\d. ]+H[\d.]+V[\d.]+H[\d.]+$/);
  await point(390, 'pressure');
  await until(() => text('review-readout')).toContain('Limit SYS ≥ 160 medium, ≥ 180 high');
  await point(410, 'pressure');
  await until(() => text('review-readout')).toContain('Limit SYS ≥ 170 medium, ≥ 180 high');
  await page.getByTestId('toggle-limits').click();
  await until(() => systolic.count()).toBe(0);
  await page.getByTestId('toggle-limits').click();
  await until(() => systolic.count()).toBe(1);
});

it('dragging zooms and asks for finer steps, the wheel goes on at the cursor, a double click comes back', async () => {
  const whole = await step();
  await drag(280, 300, 'saturation');
  await until(step).toBe('4 s');
  const bars = await page.getByTestId('cuff-bar').count();
  expect(bars).toBeGreaterThan(2);
  expect(bars).toBeLessThan(7);
  const { x, y } = await pointAt(240, 'saturation');
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -240);
  await until(step).toBe('3 s');
  await page.mouse.dblclick(x, y);
  await until(step).toBe(whole);
  await until(() => page.getByTestId('zoom-whole').isDisabled()).toBe(true);
});

it('all of it works by keyboard, and what is at the cursor is said', async () => {
  const whole = await step();
  const spoken = () => surface().getAttribute('aria-valuetext');
  await surface().focus();
  await page.keyboard.press('ArrowRight');
  const before = await spoken();
  expect(before).toContain('Blood pressure (cuff)');
  await page.keyboard.press('ArrowRight');
  await until(spoken).not.toBe(before);
  await page.keyboard.press('+');
  await until(step).not.toBe(whole);
  await page.keyboard.press('Home');
  await until(step).toBe(whole);
  for (let press = 0; press < 6; press += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.getByTestId('review-selection').waitFor();
  await page.keyboard.press('Enter');
  await until(step).not.toBe(whole);
  await page.getByTestId('zoom-whole').click();
  await until(step).toBe(whole);
});

it('an artefact is left out with a reason: an entry with a name, hatched on the chart, no longer in the figures', async () => {
  await iAm(page, 'Dr Reviewer');
  await until(() => text('key-peak-rate')).toMatch(/20\d /);
  await page.getByTestId('tool-leave-out').click();
  await until(() => page.getByTestId('tool-leave-out').getAttribute('aria-pressed')).toBe('true');
  await drag(202, 209, 'rate');
  const dialog = page.getByTestId('leave-out-dialog');
  // Of the lane it began in everything is ticked; the pulse rate of the oximeter was right.
  await until(() => dialog.getByTestId(`leave-out-${SPO2}`).isChecked()).toBe(false);
  await until(() => dialog.getByTestId(`leave-out-${HR}`).isChecked()).toBe(true);
  await dialog.getByTestId('leave-out-MDC_PULS_OXIM_PULS_RATE').uncheck();
  await dialog.getByTestId('reason-Interference').click();
  await dialog.waitFor({ state: 'detached' });
  await until(() => page.getByTestId('left-out-stretch').count()).toBe(1);
  await until(() => text('review-events')).toMatch(
    /Left out as an artefact: HR from .*\(Interference\)\s*Dr Reviewer/,
  );
  await until(() => text('left-out-list')).toContain('Interference');
  await until(() => text('key-peak-rate')).toMatch(/^\D*9\d /);
  // It is still to be read, and says what it is.
  await point(205.2, 'rate');
  await until(() => text(`readout-${HR}`)).toMatch(/20\d[\s\S]*left out/);
});

it('a cuff reading is left out by pressing on it', async () => {
  const { x } = await pointAt(160, 'pressure');
  const { y } = await pointAt(160, 'pressure');
  await page.mouse.click(x, y);
  const dialog = page.getByTestId('leave-out-dialog');
  await dialog.getByTestId('reason-input').fill('Arm was bent');
  await confirm(dialog);
  await until(() => page.getByTestId('cuff-bar-out').count()).toBe(1);
  await until(() => page.getByTestId('take-back').count()).toBe(2);
});

it('the table shows the same data with what was left out marked', async () => {
  await page.getByTestId('review-as-table').click();
  await until(() => page.getByTestId('review-table').locator('tbody tr').count()).toBe(VISIT_MIN / 5);
  const rows = await page.getByTestId('review-table').locator('tbody tr').allInnerTexts();
  expect(rows.filter((row) => row.includes('†'))).toHaveLength(3);
  expect(rows.filter((row) => row.includes('--'))).toHaveLength(2);
  await until(() => text('table-limits')).toMatch(/SYS ≥ 160 medium[\s\S]*from .*SYS ≥ 170 medium/);
  await page.getByTestId('review-as-table').click();
  await surface().waitFor();
});

it('what was left out is taken back with a reason, and the figure is as it was', async () => {
  await page.getByTestId('take-back').first().click();
  await page.getByTestId('reason-dialog').getByTestId('reason-Was a real value').click();
  await until(() => page.getByTestId('take-back').count()).toBe(1);
  await until(() => page.getByTestId('left-out-stretch').count()).toBe(0);
  await until(() => text('review-events')).toContain('Taken back into the figures (Was a real value)');
  await until(() => text('key-peak-rate')).toMatch(/20\d /);
});

it('the part with all figures, the alarm log and what if are one press away', async () => {
  await page.getByTestId('all-figures').click();
  await until(() => text('figure-excluded')).toContain('1 readings');
  await until(() => page.getByTestId('figures-completeness').isVisible()).toBe(true);
  await page.getByTestId('tab-what-if').click();
  await page.getByTestId('what-if-run').waitFor();
  await page.getByTestId('tab-record').click();
  await surface().waitFor();
});

it('the chart lies whole and uncovered at every size', async () => {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.getByTestId('review-chart').evaluate((element) => element.scrollIntoView());
    const lanes = ['pressure', 'rate', 'saturation', 'respiration'].map(
      (lane) => `[data-testid="lane-${lane}"]`,
    );
    const strips = ['alarms', 'effects', 'notes'].map((strip) => `[data-testid="strip-${strip}"]`);
    // The pointer's surface lies over the lanes on purpose.
    const found = async () =>
      (await flaws(page, [...lanes, ...strips, '[data-testid="review-readout"]'])).filter(
        (flaw) => !flaw.endsWith('covered by board-surface'),
      );
    await until(found, 5_000).toEqual([]);
    const overflow = await page.evaluate(() => {
      const main = document.querySelector('main');
      return main === null ? null : main.scrollWidth - main.clientWidth;
    });
    expect(overflow, String(size.width)).toBe(0);
  }
});

it('once a physician has signed, nothing can be left out or taken back any more', async () => {
  const secret = (value: string) => ({ kind: 'pin', value }) as const;
  const admin = await client.call('people.add', {
    name: 'Ada Adler',
    role: 'administrator',
    secret: { kind: 'password', value: 'a long passphrase' },
    by: 'Setup',
  });
  await client.call('auth.signIn', { personId: admin.id, secret: 'a long passphrase' });
  const by = admin.name;
  await client.call('people.add', { name: 'Nora Nurse', role: 'nurse', secret: secret('2580'), by });
  await client.call('people.add', { name: 'Dr Pereira', role: 'physician', secret: secret('7391'), by });

  await signIn('nurse', '2580');
  await page.getByTestId('close-record').click();
  await sign('2580');
  await until(() => page.getByTestId('sign-off').getAttribute('data-sign-off')).toBe('waits-for-physician');
  await signIn('physician', '7391');
  await until(() => page.getByTestId('tool-leave-out').isVisible()).toBe(true);
  await page.getByTestId('sign-record').click();
  await sign('7391');
  await until(() => page.getByTestId('sign-off').getAttribute('data-sign-off')).toBe('signed');
  await page.getByTestId('signed-help').waitFor();
  await until(() => page.getByTestId('tool-leave-out').count()).toBe(0);
  await until(() => page.getByTestId('take-back').count()).toBe(0);
  await until(() => page.getByTestId('cuff-bar-out').count()).toBe(1);
  expect(win.faults).toEqual([]);
});

const signIn = async (role: string, pin: string): Promise<void> => {
  await page.getByTestId('who-button').click();
  await page.getByTestId('sign-in-dialog').getByTestId(`person-${role}`).click();
  const dialog = page.getByTestId('secret-dialog');
  for (const digit of pin) await dialog.getByTestId(`pin-${digit}`).click();
  await confirm(dialog);
  await surface().waitFor();
};

const sign = async (pin: string): Promise<void> => {
  const dialog = page.getByTestId('sign-dialog');
  await dialog.getByTestId('secret-input').fill(pin);
  await confirm(dialog);
};
