/** When a test fails: what its windows showed at that moment, as pictures in out/failures and as words in the report. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterEach } from 'vitest';

const FOLDER = fileURLToPath(new URL('../../out/failures', import.meta.url));
const MOST_CHARACTERS = 2_000;
/** A window that does not answer is evidence too (ms). */
const PATIENCE_MS = 5_000;

const pages = new Set<Page>();

/** Has this window tell what it shows if a test fails while it is open. */
export const watchForEvidence = (page: Page): void => {
  pages.add(page);
  page.once('close', () => pages.delete(page));
};

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  mkdirSync(FOLDER, { recursive: true });
  for (const [index, page] of [...pages].entries()) {
    const name = `${task.name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}-${index + 1}`;
    process.stderr.write(`window ${index + 1} when “${task.name}” failed: ${page.url().split('?')[0]}\n`);
    process.stderr.write(`${await shown(page, join(FOLDER, `${name}.png`))}\n`);
  }
});

/** What stands in the foremost dialog, or else on the whole page. */
const shown = async (page: Page, picture: string): Promise<string> => {
  try {
    await page.screenshot({ path: picture, timeout: PATIENCE_MS });
    const dialog = page.locator('dialog[open]').last();
    const place = (await dialog.count()) > 0 ? dialog : page.locator('body');
    return (await place.innerText({ timeout: PATIENCE_MS })).slice(0, MOST_CHARACTERS);
  } catch (error) {
    return `it does not say: ${String(error)}`;
  }
};
