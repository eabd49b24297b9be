/** How a screen lies at the three sizes of the product: what is cut off, out of view, or under something else. */
import type { Page } from 'playwright-core';
import { HR, RESP, SPO2, waitUntil } from './acts.ts';

export const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1366, height: 768 },
  { width: 1024, height: 768 },
] as const;

/** Everything a nurse must see without a scroll and without a guess. */
export const VITALS = [HR, SPO2, RESP, 'nibp'].map((metric) => `[data-testid="numeric-${metric}"]`);
export const ACTIONS = [
  'action-open-session',
  'action-start-baseline',
  'action-start-infusion',
  'action-pause',
  'action-resume',
  'action-stop',
  'action-discharge',
  'action-note',
  'action-end-early',
  'audio-pause',
  'limits-button',
].map((id) => `[data-testid="${id}"]`);
export const ALWAYS = ['[data-testid="secondary-label"]', '[data-testid="simulated-banner"]', '.alarm-row'];

/** What is wrong with how these elements lie: cut off inside, outside of the viewport, or under something else. */
export const flaws = (page: Page, selectors: readonly string[]): Promise<readonly string[]> =>
  page.evaluate((wanted) => {
    const found: string[] = [];
    for (const selector of wanted) {
      const element = document.querySelector(selector);
      if (element === null) {
        found.push(`${selector}: missing`);
        continue;
      }
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) found.push(`${selector}: not drawn`);
      const isInside =
        box.left >= 0 &&
        box.top >= 0 &&
        box.right <= document.documentElement.clientWidth + 1 &&
        box.bottom <= document.documentElement.clientHeight + 1;
      if (!isInside) {
        found.push(
          `${selector}: outside (${[box.left, box.top, box.right, box.bottom].map(Math.round).join(' ')})`,
        );
      }
      const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      if (isInside && (top === null || !(element.contains(top) || top.contains(element)))) {
        found.push(`${selector}: covered by ${top?.className ?? 'nothing'}`);
      }
    }
    return found;
  }, selectors);

/** Buttons and links that a gloved finger would miss: lower than 44 px, and what is said to be one of them. */
export const smallTargets = (page: Page, within: string): Promise<readonly string[]> =>
  page.evaluate((place) => {
    const all = document.querySelectorAll<HTMLElement>(`${place} :is(button, a)`);
    return [...all].flatMap((element) => {
      const { width, height } = element.getBoundingClientRect();
      // A mark of the trend is small to look at; the field around it is what is pressed.
      const isMark = element.closest('.trend-mark') !== null;
      const added = isMark ? -2 * Number.parseFloat(getComputedStyle(element, '::after').top) : 0;
      return width > 0 && height + added < 44
        ? [`${element.innerText}: ${Math.round(height + added)} px`]
        : [];
    });
  }, within);

/** Numbers and button words that do not fit their box. */
export const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const looked = document.querySelectorAll<HTMLElement>(
      '[data-testid="value"], .limits li, .session-bar button, .alarm-side button, .alarm-row strong',
    );
    for (const element of looked) {
      const box = element.getBoundingClientRect();
      if (box.width === 0) continue;
      const name = `${element.closest('[data-testid]')?.getAttribute('data-testid')} “${element.innerText}”`;
      const isInline = getComputedStyle(element).display === 'inline';
      if (!isInline && element.scrollWidth > element.clientWidth + 1) {
        found.push(`${name}: ${element.scrollWidth} px of text in ${element.clientWidth} px`);
      }
      // Cut by any box around it that hides what does not fit.
      for (let around = element.parentElement; around !== null; around = around.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(around);
        const edge = around.getBoundingClientRect();
        const isBeside = overflowX !== 'visible' && (box.left < edge.left - 1 || box.right > edge.right + 1);
        // A list that scrolls may go on below; a box that hides may not. 3 px are the air of a line of text.
        const isBelow =
          ['hidden', 'clip'].includes(overflowY) && (box.top < edge.top - 3 || box.bottom > edge.bottom + 3);
        if (isBeside || isBelow) {
          const right = Math.round(box.right - edge.right);
          const down = Math.round(box.bottom - edge.bottom);
          found.push(`${name}: reaches out of ${around.className} (right ${right}, down ${down} px)`);
        }
      }
    }
    return found;
  });

/** Gives the window another size and lets charts and grids settle. */
export const resize = async (page: Page, size: (typeof SIZES)[number]): Promise<void> => {
  await page.setViewportSize({ ...size });
  await waitUntil(async () => (await page.evaluate(() => window.innerWidth)) === size.width);
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
};
