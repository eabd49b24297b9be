import type { Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { phase, until } from './acts.ts';
import { createStage } from './stage.ts';

const stage = createStage();
let page: Page;
beforeAll(async () => {
  const station = await stage.serve(['--demo', '--data', stage.folder()]);
  page = (await stage.open(station.url)).page;
  await page.getByTestId('chair-tile-demo-chair').waitFor();
});
afterAll(stage.end);

/** Presses Tab until this element has the focus; fails when a whole round did not reach it. */
const tabTo = async (selector: string): Promise<void> => {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${selector}`);
};
const focusIsVisible = (): Promise<boolean> =>
  page.evaluate(() => {
    const focused = document.activeElement;
    if (focused === null) return false;
    const { outlineStyle, boxShadow } = getComputedStyle(focused);
    return outlineStyle !== 'none' || boxShadow !== 'none';
  });
const id = (name: string): string => `[data-testid="${name}"]`;

it('a session is opened and a note is added without touching the mouse', async () => {
  await tabTo(id('chair-tile-demo-chair'));
  await until(() => focusIsVisible()).toBe(true);
  await page.keyboard.press('Enter');
  await page.getByTestId('phase-panel').waitFor();

  await tabTo(id('action-open-session'));
  await until(() => focusIsVisible()).toBe(true);
  await page.keyboard.press('Enter');
  await tabTo(id('open-initials'));
  await page.keyboard.type('T.B.');
  await tabTo(id('open-protocol-none'));
  await page.keyboard.press('Space');
  await tabTo(id('open-alarms-yes'));
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  // Nobody has said who is at this window: asked on the way.
  await page.getByTestId('who-dialog').waitFor();
  await tabTo(id('who-input'));
  await page.keyboard.type('Nurse K');
  await page.keyboard.press('Enter');
  await until(() => phase(page)).toBe('intake');
  await until(() => page.getByTestId('patient').innerText()).toBe('T.B.');

  await tabTo(id('action-start-baseline'));
  await page.keyboard.press('Enter');
  await until(() => phase(page)).toBe('baseline');

  await tabTo(id('action-note'));
  await page.keyboard.press('Enter');
  await tabTo(id('note-text'));
  await page.keyboard.type('Typed by hand');
  await tabTo(id('confirm'));
  await page.keyboard.press('Enter');
  await page.getByText('Typed by hand').waitFor();
});

it('Escape leaves a dialog without doing anything, and the focus goes back to where it was', async () => {
  await tabTo(id('action-end-early'));
  await page.keyboard.press('Enter');
  await page.getByTestId('reason-dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByTestId('reason-dialog').waitFor({ state: 'detached' });
  await until(() => phase(page)).toBe('baseline');
  await until(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe(
    'action-end-early',
  );
});
