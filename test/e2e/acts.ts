/** What people do at a window, and what they see there: by test ids, states and roles, never by prose. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { SessionEvent } from '../../core/session/events.ts';
import { foldSession, type Session } from '../../core/session/session.ts';

/** How long something that should happen soon may take on a busy machine (ms). */
export const SOON_MS = 20_000;
/** How often a condition is looked at (ms). */
export const LOOK_MS = 100;

/** Waits until `look` gives what `check` accepts. */
export const until = <T>(
  look: () => T | Promise<T>,
  timeout: number = SOON_MS,
): ReturnType<typeof expect.poll> => expect.poll(look, { timeout, interval: LOOK_MS });

/** A condition is looked at at least this often, however long the computer slept between two looks. */
const FEWEST_LOOKS = 20;

/** The same in hooks, for a condition that must become true. */
export const waitUntil = async (
  holds: () => boolean | Promise<boolean>,
  timeout = SOON_MS,
): Promise<void> => {
  const began = performance.now();
  for (let looks = 1; !(await holds()); looks += 1) {
    const waited = performance.now() - began;
    if (waited > timeout && looks >= FEWEST_LOOKS) {
      throw new Error(`${looks} looks in ${Math.round(waited)} ms and still not: ${holds.toString()}`);
    }
    await delay(LOOK_MS);
  }
};

export const HR = 'MDC_ECG_HEART_RATE';
export const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
export const RESP = 'MDC_TTHOR_RESP_RATE';

/** The tile of a metric, or of the cuff (`nibp`). */
export const tile = (page: Page | Locator, metric: string): Locator =>
  page.getByTestId(`numeric-${metric}`).first();
/** The number on a tile. */
export const value = (page: Page | Locator, metric: string): Promise<string> =>
  tile(page, metric)
    .getByTestId('value')
    .innerText()
    .then((text) => text.trim());
/** `fresh`, `stale`, `expired` or `absent`. */
export const freshness = (page: Page | Locator, metric: string): Promise<string | null> =>
  tile(page, metric).getAttribute('data-state');

/** True when the tile shows digits. */
export const hasNumber = async (page: Page | Locator, metric: string): Promise<boolean> =>
  /\d/.test(await value(page, metric));

/** Goes to the chair's screen from the room, as people do. */
export const goToChair = async (page: Page, chair = 'chair-1'): Promise<void> => {
  await page.getByTestId(`chair-tile-${chair}`).click();
  await page.getByTestId('phase-panel').waitFor();
};

/** Says who is at this window. */
export const iAm = async (page: Page, name: string): Promise<void> => {
  await page.getByTestId('who-button').click();
  await page.getByTestId('who-input').fill(name);
  await confirm(page.getByTestId('who-dialog'));
};

/** Presses the confirming button of a dialog and waits until it is gone. */
export const confirm = async (dialog: Locator): Promise<void> => {
  await dialog.getByTestId('confirm').click();
  await dialog.waitFor({ state: 'detached' });
};

/** The phase that the chair's screen shows: `none`, `intake`, `infusing` … */
export const phase = (page: Page): Promise<string | null> =>
  page.getByTestId('phase-panel').getAttribute('data-phase');

/** Presses a step of the session bar, gives a reason where one is asked for, and waits for the phase. */
export const step = async (page: Page, id: string, to: string, reason = 'as planned'): Promise<void> => {
  await page.getByTestId(`action-${id}`).click();
  const sure = page.getByTestId('confirm-dialog');
  const why = page.getByTestId('reason-dialog');
  await waitUntil(async () => {
    if (await sure.isVisible()) await sure.getByTestId('confirm').click();
    if (await why.isVisible()) {
      await why.getByTestId('reason-input').fill(reason);
      // Vital signs that hold the start back want people who agree; without accounts their names count.
      for (const who of ['physician-input', 'second-input']) {
        const field = why.getByTestId(who);
        if (await field.isVisible()) await field.fill(`Dr ${who}`);
      }
      await why.getByTestId('confirm').click();
    }
    return (await phase(page)) === to;
  });
};

/** Opens a session on the chair's screen. */
export const openSession = async (page: Page, initials = 'E.T.', protocol = 'none'): Promise<void> => {
  await page.getByTestId('action-open-session').click();
  const dialog = page.getByTestId('open-session-dialog');
  await dialog.getByTestId('open-initials').fill(initials);
  await dialog.getByTestId(`open-protocol-${protocol}`).click();
  await dialog.getByTestId('open-alarms-yes').check();
  await confirm(dialog);
  await waitUntil(async () => (await phase(page)) === 'intake');
};

/** From nothing to a running infusion; the short way that needs a reason. */
export const infuse = async (page: Page, initials?: string): Promise<void> => {
  await openSession(page, initials);
  await step(page, 'start-baseline', 'baseline');
  await step(page, 'start-infusion', 'infusing');
};

/** The alarm rows of a priority on the chair's screen. */
export const alarms = (page: Page, priority: 'high' | 'medium' | 'low'): Locator =>
  page.locator(`.alarm-row[data-priority="${priority}"]`);
/** The banner that says that the station is not heard. */
export const notMonitoring = (page: Page): Locator => page.getByTestId('not-monitoring');

/** The session that a record adds up to. */
export const chairSession = (events: readonly SessionEvent[]): Session => foldSession(events);
