import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect } from '../../db/native.ts';
import { alarms, confirm, goToChair, HR, hasNumber, phase, SPO2, step, until } from './acts.ts';
import { sickPatient } from './sick-patient.ts';
import { createStage, type Win } from './stage.ts';
import { type Serving, verb } from './support.ts';

const stage = createStage();
const data = stage.folder();
let station: Serving;
let win: Win;
let page: Page;
beforeAll(async () => {
  const config = stage.config([await sickPatient(stage)]);
  station = await stage.serve(['--config', config, '--data', data]);
  win = await stage.open(station.url);
  page = win.page;
});
afterAll(stage.end);

const NURSE = { name: 'Nora Nkemelu', role: 'nurse', pin: '2580' } as const;
const PHYSICIAN = { name: 'Dr Pereira', role: 'physician', pin: '7391' } as const;
const ENGINEER = { name: 'Egon Eng', role: 'engineer', pin: '8642' } as const;
const ADMIN = { name: 'Ada Adler', role: 'administrator', password: 'a long passphrase' } as const;

const go = (hash: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);
const identity = (on: Page = page): Promise<string | null> =>
  on.getByTestId('who-button').getAttribute('data-identity');

/** Taps the name, then the PIN key by key as a gloved hand does. */
const signIn = async (
  person: { readonly role: string; readonly pin: string },
  on: Page = page,
): Promise<void> => {
  // A window that has just opened does not know yet that there are accounts, and would ask for a typed name.
  await until(() => identity(on)).not.toBe('open');
  await on.getByTestId('who-button').click();
  await on.getByTestId('sign-in-dialog').getByTestId(`person-${person.role}`).click();
  await enterPin(person.pin, on);
  await until(() => identity(on)).toBe('signed-in');
};
const enterPin = async (pin: string, on: Page = page): Promise<void> => {
  const dialog = on.getByTestId('secret-dialog');
  for (const digit of pin) await dialog.getByTestId(`pin-${digit}`).click();
  await confirm(dialog);
};

/** Somebody else agrees at this window. */
const agree = async (dialog: Locator, field: string, who: string, secret: string): Promise<void> => {
  await dialog.getByTestId(field).selectOption({ label: who });
  await dialog.getByTestId(`${field}-secret`).fill(secret);
  await dialog.getByTestId(`${field}-vouch`).click();
  await dialog.getByTestId(`${field}-agreed`).waitFor();
};

const addPerson = async (person: { readonly name: string; readonly role: string; readonly pin: string }) => {
  await page.getByTestId('add-person').click();
  const dialog = page.getByTestId('add-person-dialog');
  await dialog.getByTestId('person-name').fill(person.name);
  await dialog.getByTestId(`role-${person.role}`).check();
  await dialog.getByTestId('new-secret').fill(person.pin);
  await confirm(dialog);
};

it('the first administrator is added; from then on names are no longer typed', async () => {
  await go('#/people');
  await page.getByTestId('add-first').click();
  // Who adds the first account is a typed name, as everything was until now.
  const dialog = page.getByTestId('add-person-dialog');
  await dialog.getByTestId('person-name').fill(ADMIN.name);
  await dialog.getByTestId('new-secret').fill(ADMIN.password);
  await dialog.getByTestId('confirm').click();
  await page.getByTestId('who-input').fill('Setup');
  await confirm(page.getByTestId('who-dialog'));
  await dialog.waitFor({ state: 'detached' });
  await until(() => identity()).toBe('nobody');
  await until(() => page.getByTestId('shut').isVisible()).toBe(true);
});

it('the administrator signs in by keyboard alone and adds the staff', async () => {
  await page.getByTestId('who-button').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('person-administrator').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('secret-input').waitFor();
  await page.keyboard.type(ADMIN.password);
  await page.keyboard.press('Enter');
  await until(() => identity()).toBe('signed-in');
  for (const person of [NURSE, PHYSICIAN, ENGINEER]) await addPerson(person);
  await until(() => page.getByTestId('people-table').locator('tbody tr').count()).toBe(4);
});

it('a wrong PIN says how many tries are left; the right one switches the person', async () => {
  await page.getByTestId('who-button').click();
  await page.getByTestId('person-nurse').click();
  const dialog = page.getByTestId('secret-dialog');
  for (const digit of '0000') await dialog.getByTestId(`pin-${digit}`).click();
  await dialog.getByTestId('confirm').click();
  await until(() => dialog.getByTestId('failure').innerText()).toContain('4 tries left');
  await enterPin(NURSE.pin);
  await until(() => page.getByTestId('who-button').innerText()).toContain(NURSE.name);
  // What the administrator saw is not for a nurse.
  await until(() => page.getByTestId('not-for-you').isVisible()).toBe(true);
});

it('the nurse registers a patient, who is found by MRN, and begins a course', async () => {
  await go('#/patients');
  await page.getByTestId('register-select').selectOption('simulated');
  await page.getByTestId('add-patient').click();
  const form = page.getByTestId('patient-form');
  await form.getByTestId('patient-familyName').fill('Żebrowska');
  await form.getByTestId('patient-givenName').fill('Quintessa');
  await form.getByTestId('patient-birthDate').fill('1961-07-09');
  await form.getByTestId('patient-mrn').fill('MX-774310');
  await form.getByTestId('patient-weight').fill('71.5');
  await form.getByTestId('patient-allergies').fill('Penicillin\nLatex');
  await confirm(form);
  await page.getByTestId('patient-page').waitFor();
  await page.getByTestId('open-course').click();
  const dialog = page.getByTestId('open-course-dialog');
  await dialog.getByTestId('course-template').selectOption('depression');
  await confirm(dialog);
  await until(() => page.getByTestId('course-due').innerText()).toBe('First visit');
  await go('#/patients');
  await page.getByTestId('register-select').selectOption('simulated');
  await page.getByTestId('patient-query').fill('zebr 1961');
  await until(() => page.getByTestId('patients-found').innerText()).toContain('Quintessa');
});

it('a second patient of the same birth date and a similar name is asked about', async () => {
  await page.getByTestId('add-patient').click();
  const form = page.getByTestId('patient-form');
  await form.getByTestId('patient-familyName').fill('Zebrovska');
  await form.getByTestId('patient-givenName').fill('Quintesa');
  await form.getByTestId('patient-birthDate').fill('1961-07-09');
  await form.getByTestId('confirm').click();
  const asked = page.getByTestId('duplicates-dialog');
  await asked.waitFor();
  await asked.getByTestId('take-duplicate').click();
  await until(() => page.getByTestId('patient-facts').innerText()).toContain('MX-774310');
});

it('a session is opened for the patient, as the first of six visits', async () => {
  await go('#/');
  await goToChair(page);
  await page.getByTestId('action-open-session').click();
  const dialog = page.getByTestId('open-session-dialog');
  await dialog.getByTestId('pick-registered').check();
  await dialog.getByTestId('patient-query').fill('mx-7743');
  await dialog.getByTestId('patient-MX-774310').click();
  await until(() => dialog.getByTestId('picked-position').innerText()).toContain('visit 1 of 6');
  await dialog.getByTestId('open-protocol-none').click();
  await dialog.getByTestId('open-alarms-yes').check();
  await confirm(dialog);
  await until(() => page.getByTestId('patient').innerText()).toBe('Żebrowska, Quintessa');
  await until(() => page.getByTestId('patient-ids').innerText()).toContain('Penicillin');
  await step(page, 'start-baseline', 'baseline');
  // These vital signs hold the start back: a physician and a second person agree, each with their own secret.
  await page.getByTestId('action-start-infusion').click();
  const why = page.getByTestId('reason-dialog');
  await why.getByTestId('reason-input').fill('known, agreed');
  await agree(why, 'physician-input', `${PHYSICIAN.name}, Physician`, PHYSICIAN.pin);
  await agree(why, 'second-input', `${ADMIN.name}, Administrator`, ADMIN.password);
  await confirm(why);
  await until(() => phase(page)).toBe('infusing');
  await until(() => alarms(page, 'high').count(), 40_000).toBeGreaterThan(2);
});

const noName = async (on: Page): Promise<void> => {
  const text = await on.locator('body').innerText();
  for (const word of ['Żebrowska', 'Quintessa', '774310', '1961-07-09', 'Penicillin'])
    expect(text).not.toContain(word);
};

it('the lock hides the name and hides neither vital signs nor alarms; they go on', async () => {
  await page.getByTestId('lock-button').click();
  await until(() => identity()).toBe('locked');
  await until(() => page.getByTestId('patient').innerText()).toBe('•••');
  await noName(page);
  for (const metric of [HR, SPO2, 'nibp']) expect(await hasNumber(page, metric), metric).toBe(true);
  await until(() => alarms(page, 'high').count()).toBeGreaterThan(2);
  await until(() => phase(page)).toBe('infusing');
  const before = await page.getByTestId('station-clock').innerText();
  await until(() => page.getByTestId('station-clock').innerText()).not.toBe(before);
  await until(() => page.getByTestId('not-monitoring').count()).toBe(0);
  await go('#/sessions');
  await page.getByTestId('shut').waitFor();
  await noName(page);
  await go('#/');
  await goToChair(page);
});

it('an alarm is acknowledged at a locked window with a PIN, under that name', async () => {
  const row = alarms(page, 'high').first();
  await row.getByTestId('ack').click();
  await enterPin(NURSE.pin);
  await until(() => row.getAttribute('data-state')).toBe('noted');
  await until(() => row.innerText()).toContain(NURSE.name);
  await until(() => page.getByTestId('patient').innerText()).toBe('Żebrowska, Quintessa');
});

it('an engineer at another window sees numbers and alarms, and no name; emergency access shows it, in red', async () => {
  const other = await stage.open(station.url);
  await signIn(ENGINEER, other.page);
  await goToChair(other.page);
  await until(() => hasNumber(other.page, HR)).toBe(true);
  await until(() => alarms(other.page, 'high').count()).toBeGreaterThan(1);
  await until(() => other.page.getByTestId('patient').innerText()).toBe('•••');
  await noName(other.page);
  await other.page.getByTestId('who-button').click();
  await other.page.getByTestId('emergency-button').click();
  const dialog = other.page.getByTestId('emergency-dialog');
  await dialog.getByTestId('emergency-name').fill('Locum');
  await confirm(dialog);
  await until(() => other.page.getByTestId('emergency-banner').innerText()).toContain('EMERGENCY ACCESS');
  await until(() => other.page.getByTestId('patient').innerText()).toBe('Żebrowska, Quintessa');
  await other.page.context().close();
});

it('its reason is asked of whoever is signed in, until it is given', async () => {
  // Not at the chair, where every line belongs to the patient.
  await until(() => page.getByTestId('unexplained-banner').isVisible()).toBe(false);
  await go('#/');
  await page.getByTestId('explain-button').click();
  const dialog = page.getByTestId('explain-dialog');
  await dialog.getByTestId('reason-input').fill('Locum without an account');
  await confirm(dialog);
  await until(() => page.getByTestId('unexplained-banner').count()).toBe(0);
  await goToChair(page);
});

it('the nurse closes the record, the physician finds it, signs it with the PIN, and adds an addendum', async () => {
  await page.getByTestId('action-end-early').click();
  const why = page.getByTestId('reason-dialog');
  await why.getByTestId('reason-input').fill('vital signs');
  await confirm(why);
  await until(() => phase(page)).toBe('none');
  await go('#/sessions');
  await page.getByTestId('worklist').locator('a').first().click();
  await page.getByTestId('close-record').click();
  const signing = page.getByTestId('sign-dialog');
  await signing.getByTestId('secret-input').fill(NURSE.pin);
  await confirm(signing);
  await until(() => page.getByTestId('sign-off').getAttribute('data-sign-off')).toBe('waits-for-physician');

  await signIn(PHYSICIAN);
  await page.getByTestId('sign-record').click();
  await signing.getByTestId('secret-input').fill('0000');
  await signing.getByTestId('confirm').click();
  await until(() => signing.getByTestId('failure').innerText()).toContain('Wrong');
  await signing.getByTestId('secret-input').fill(PHYSICIAN.pin);
  await confirm(signing);
  await until(() => page.getByTestId('sign-off').getAttribute('data-sign-off')).toBe('signed');
  await until(() => page.getByTestId('signature-reviewed-by-physician').innerText()).toMatch(
    /Reviewed by physician: Dr Pereira \(Physician\).*[0-9a-f]{64}/s,
  );

  await page.getByTestId('add-addendum').click();
  await signing.getByTestId('sign-text').fill('Called the patient: well.');
  await signing.getByTestId('secret-input').fill(PHYSICIAN.pin);
  await confirm(signing);
  await until(() => page.getByTestId('review-events').innerText()).toContain(
    'Addendum: Called the patient: well.',
  );
  expect(win.faults).toEqual([]);
});

it('the course shows the visit’s figures', async () => {
  await go('#/patients');
  await page.getByTestId('register-select').selectOption('simulated');
  await page.getByTestId('patient-query').fill('zebrowska');
  await page.getByTestId('patient-MX-774310').click();
  await until(() => page.getByTestId('visits').innerText()).toMatch(
    /1 of 6[\s\S]*\d{3}\/\d{2,3} at \d+ min[\s\S]*signed/,
  );
  await page.getByTestId('show-audit').click();
  await until(() => page.getByTestId('audit-table').innerText()).toContain(`${PHYSICIAN.name}`);
});

it('verify finds the signed record whole, and names who had signed it when a number was changed behind its back', async () => {
  expect(await station.stop()).toBe(0);
  const whole = await verb('verify', '--data', data);
  expect(whole).toMatchObject({ code: 0 });
  expect(whole.stderr).toContain('2 signatures');
  const raw = connect(join(data, 'chairside-simulated.db'));
  const trigger = raw
    .prepare<[], { sql: string }>(`SELECT sql FROM sqlite_schema WHERE name = 'numeric_frame_no_update'`)
    .get();
  raw.exec('DROP TRIGGER numeric_frame_no_update');
  raw.exec(
    'UPDATE numeric_frame SET mdc_puls_oxim_sat_o2 = 97 WHERE wall_ms = (SELECT min(wall_ms) FROM numeric_frame WHERE mdc_puls_oxim_sat_o2 IS NOT NULL)',
  );
  raw.exec(trigger?.sql ?? '');
  raw.close();
  const changed = await verb('verify', '--data', data);
  expect(changed.code).toBe(1);
  expect(changed.stderr).toContain('the stored vital signs were changed, not as signed by Nora Nkemelu');
  expect(changed.stderr).toContain('Dr Pereira (“Reviewed by physician”');
});

it('no secret and no name is in what the station wrote to its log', () => {
  const said = station.words();
  for (const word of [NURSE.pin, PHYSICIAN.pin, ADMIN.password, 'Żebrowska', '774310'])
    expect(said).not.toContain(word);
});
