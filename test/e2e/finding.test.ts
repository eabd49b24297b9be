import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DATABASE_FILES } from '../../app/data-dir.ts';
import { chairId, eventId, patientId, type SessionId, sessionId } from '../../core/ids.ts';
import type { SessionEventBody } from '../../core/session/events.ts';
import type { Phase } from '../../core/session/phase.ts';
import { epochMs, instant } from '../../core/time.ts';
import { openDatabase } from '../../db/open.ts';
import { until } from './acts.ts';
import { createStage } from './stage.ts';

const stage = createStage();
let page: Page;

const DAY = 24 * 3_600_000;
/** Noon of this computer's zone, so that a day is the same day for the browser. */
const noon = (day: number): number => new Date(2026, 2, day, 12).getTime();
const NAMES = ['Żebrowska, Quintessa', 'Müller, Łukasz', 'Okonkwo, Adaeze'];
const SESSIONS = 63;

/** Sessions of sixty-three days, the newest last: every third one aborted, the others cancelled. */
const fill = (data: string): SessionId => {
  const db = openDatabase(join(data, DATABASE_FILES.simulated), {
    kind: 'simulated',
    readClockWall: () => epochMs(noon(1)),
  });
  const ids: SessionId[] = [];
  for (let index = 0; index < SESSIONS; index += 1) {
    const id = sessionId(randomUUID());
    ids.push(id);
    const from = noon(1) + index * DAY;
    const moved = (before: Phase, to: Phase): SessionEventBody => ({
      type: 'phase-changed',
      from: before,
      to,
      reason: null,
    });
    const bodies: readonly SessionEventBody[] = [
      {
        type: 'session-opened',
        chairId: chairId('chair-1'),
        patientInitials: 'X.Y.',
        indication: 'Depression',
        plannedInfusionMs: 2_400_000,
        plannedRecoveryMs: 1_800_000,
        origin: index === 0 ? 'imported' : 'simulated',
        patient: {
          patientId: patientId(`p-${index % 3}`),
          name: NAMES[index % 3] ?? '',
          birthDate: '1961-07-09',
          mrn: `MX-${100 + (index % 3)}`,
          weightKg: 70,
          allergies: [],
          medications: [],
        },
      },
      ...(index % 3 === 0
        ? [moved('intake', 'baseline'), moved('baseline', 'infusing'), moved('infusing', 'aborted')]
        : [moved('intake', 'cancelled')]),
    ];
    db.appendEvents(
      bodies.map((body, place) => ({
        id: eventId(`${id}-${place}`),
        sessionId: id,
        sequence: place + 1,
        at: instant(from + place * 60_000, from + place * 60_000),
        by: 'Nora Nkemelu',
        body,
      })),
    );
  }
  db.close();
  const [oldest] = ids;
  if (oldest === undefined) throw new Error('nothing was stored');
  return oldest;
};

let oldest: SessionId;
beforeAll(async () => {
  const data = stage.folder();
  oldest = fill(data);
  const station = await stage.serve(['--config', stage.config([]), '--data', data]);
  page = (await stage.open(station.url)).page;
  await page.evaluate(() => {
    location.hash = '#/sessions';
  });
});
afterAll(stage.end);

const found = () => page.getByTestId('found');
const total = () => found().getAttribute('data-total');
const rows = () => page.getByTestId('found-table').locator('tbody tr');

it('every session is there, a page at a time, and is looked through to the end', async () => {
  await until(total).toBe(String(SESSIONS));
  await until(() => found().getAttribute('data-pending')).toBe('0');
  await until(() => page.getByTestId('find-pending').count()).toBe(0);
  await until(() => rows().count()).toBe(50);
  await page.getByTestId('page-older').click();
  await until(() => rows().count()).toBe(SESSIONS - 50);
  await until(() => rows().last().innerText()).toContain('IMPORTED');
  await until(() => page.getByTestId('page-older').isDisabled()).toBe(true);
});

it('a flag, by keyboard, leaves those that it is true of, from their first page on', async () => {
  await page.getByTestId('find-flag-ended-early').focus();
  await page.keyboard.press('Enter');
  await until(total).toBe('21');
  await until(() => page.getByTestId('find-flag-ended-early').getAttribute('aria-pressed')).toBe('true');
  for (const row of await rows().all()) expect(await row.innerText()).toContain('Ended early');
  await page.getByTestId('find-flag-override').click();
  await until(total).toBe('0');
  await until(() => page.getByTestId('found-nothing').isVisible()).toBe(true);
  await page.getByTestId('find-clear').click();
  await until(total).toBe(String(SESSIONS));
});

it('a name is found without its accents, and a range of days includes both', async () => {
  await page.getByTestId('find-text').fill('zebr quint');
  await until(total).toBe('21');
  await page.getByTestId('find-from').fill('2026-03-04');
  await page.getByTestId('find-to').fill('2026-03-07');
  await until(total).toBe('2');
  await page.getByTestId('find-origin').selectOption('live');
  await until(total).toBe('0');
  await page.getByTestId('find-clear').click();
  await until(total).toBe(String(SESSIONS));
  await until(() => page.getByTestId('find-text').inputValue()).toBe('');
});

it('a session opens from its line, and by its address when it is not on the page shown', async () => {
  await rows().first().getByRole('link').click();
  await page.getByTestId('review-events').waitFor();
  await page.evaluate((id) => {
    location.hash = `#/sessions/${id}`;
  }, oldest);
  await until(() => page.locator('.review').innerText()).toContain('IMPORTED');
});
