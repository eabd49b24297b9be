/** What nurses do in a visit with a protocol, on the screen. */
import type { Page } from 'playwright-core';
import type { Phase } from '../../core/session/phase.ts';
import { confirm, goToChair, phase, until, waitUntil } from './acts.ts';

/** Says who is at this window now, also when somebody else was. */
export const nowIAm = async (page: Page, name: string): Promise<void> => {
  await page.getByTestId('who-button').click();
  await page.getByTestId('who-input').fill(name);
  await confirm(page.getByTestId('who-dialog'));
};

/** Opens a visit on a chair with a protocol. */
export const openVisit = async (page: Page, initials: string, protocol: string, chair = 'chair-1') => {
  await goToChair(page, chair);
  await page.getByTestId('action-open-session').click();
  const dialog = page.getByTestId('open-session-dialog');
  await dialog.getByTestId('open-initials').fill(initials);
  await dialog.getByTestId(`open-protocol-${protocol}`).click();
  await dialog.getByTestId('open-alarms-yes').check();
  await confirm(dialog);
  await page.getByTestId('checklist-panel').waitFor();
};

const stateOf = (page: Page, item: string) => page.getByTestId(`item-${item}`).getAttribute('data-state');

/** The items of the list in the middle that are open, with what they say. */
export const openItems = (page: Page): Promise<readonly string[]> =>
  page.locator('[data-testid^="item-"][data-state="open"]').allInnerTexts();

const unfold = async (page: Page, item: string): Promise<void> => {
  const row = page.getByTestId(`item-${item}`);
  if ((await row.getAttribute('data-unfolded')) !== 'true') await row.locator('.item-head').click();
};

/** Goes through the list: everything that a person answers. */
export const goThroughList = async (page: Page): Promise<void> => {
  await centre(page, 'checklist');
  const rows = page.locator('[data-testid^="item-"][data-state="open"]');
  const ids = await rows.evaluateAll((all) =>
    all.map((row) => row.getAttribute('data-testid')?.replace('item-', '') ?? ''),
  );
  for (const id of ids) {
    const button = page.getByTestId(`confirm-${id}`);
    if ((await button.count()) === 0) continue;
    await button.click();
    await until(() => stateOf(page, id)).toBe('done');
  }
  for (const [item, act] of ANSWERS) {
    if ((await page.getByTestId(`item-${item}`).count()) === 0) continue;
    await unfold(page, item);
    await act(page);
    await until(() => stateOf(page, item)).toBe('done');
  }
};

const ANSWERS: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ['food', (page) => page.getByTestId('ago-food-9').click()],
  ['drink', (page) => page.getByTestId('ago-drink-3').click()],
  [
    'driver',
    async (page) => {
      await page.getByTestId('field-driver-name').fill('Jo Miller');
      await page.getByTestId('field-driver-phone').fill('555 0101');
      await page.getByTestId('save-driver').click();
    },
  ],
  ['contraindications', (page) => page.getByTestId('choice-contraindications-none').click()],
  ['pregnancy', (page) => page.getByTestId('choice-pregnancy-not-applicable').click()],
  [
    'iv',
    async (page) => {
      await page.getByTestId('field-iv-site').fill('left forearm');
      await page.getByTestId('field-iv-gauge').fill('22');
      await page.getByTestId('save-iv').click();
    },
  ],
];

/** Acknowledges every alarm that is not yet. */
export const acknowledgeAll = (page: Page) =>
  until(async () => {
    const open = page.getByTestId('ack').first();
    // The row may change under the finger, or the window wait for the station: then it is tried again.
    if (await open.isVisible()) await open.click({ timeout: 2_000 }).catch(() => undefined);
    return page.getByTestId('ack').count();
  }, 90_000).toBe(0);

/** Shows a panel in the middle of the chair's screen. */
export const centre = (page: Page, name: string): Promise<void> => page.getByTestId(`centre-${name}`).click();

/** Plans the dose by weight, and a second person enters what the pump says. */
export const planDose = async (
  page: Page,
  { weight, pumpRate, pumpVolume }: { weight: string; pumpRate: string; pumpVolume: string },
): Promise<void> => {
  await centre(page, 'dose');
  await page.getByTestId('number-weight').fill(weight);
  await page.getByTestId('plan-dose').click();
  await page.getByTestId('verify').waitFor();
  await nowIAm(page, 'Nurse B');
  await page.getByTestId('number-pump-rate').fill(pumpRate);
  await page.getByTestId('number-pump-volume').fill(pumpVolume);
  await page.getByTestId('verify-dose').click();
  await page.getByTestId('verified').waitFor();
  await nowIAm(page, 'Nurse A');
};

/** Presses a step that nothing stands against: no question comes. */
export const freely = async (page: Page, step: string, to: Phase): Promise<void> => {
  await page.getByTestId(`action-${step}`).click();
  await waitUntil(async () => (await phase(page)) === to);
};

/** Scores a scale with parts: what the data do not fill gets the best points. */
export const scoreParts = async (page: Page, scale: 'aldrete' | 'padss', parts: readonly string[]) => {
  await unfold(page, scale);
  for (const part of parts) await page.getByTestId(`${scale}-${part}-2`).click();
  await page.getByTestId(`record-${scale}`).click();
  await until(() => stateOf(page, scale)).toBe('done');
};
