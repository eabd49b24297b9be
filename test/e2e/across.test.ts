/** A course across its visits and the clinic's own picture, in a real browser. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { COURSE_TEMPLATES } from '../../core/course/template.ts';
import { courseId, patientId, sessionId } from '../../core/ids.ts';
import type { Patient } from '../../core/patient/patient.ts';
import { courseSubject, patientSubject } from '../../core/registry/events.ts';
import type { SessionEvent } from '../../core/session/events.ts';
import { epochMs, instant } from '../../core/time.ts';
import { type ChairsideDb, openDatabase } from '../../db/open.ts';
import { richInput } from '../support/example-document.ts';
import { until } from './acts.ts';
import { createStage } from './stage.ts';

const stage = createStage();
let page: Page;

const PATIENT: Patient = {
  id: patientId('patient-17'),
  familyName: 'Дмитриева',
  givenName: 'Ольга',
  birthDate: '1984-11-30',
  mrn: 'A-004417',
  weightKg: 71.5,
  allergies: [],
  medications: [],
  driver: null,
  treatingProvider: null,
};

const WEEK_MS = 7 * 86_400_000;

/** The example visit under another name, `weeks` earlier, its systolic pressures higher by `more`; not signed. */
const writeVisit = (db: ChairsideDb, name: string, weeks: number, more: number): void => {
  const { events, frames } = richInput();
  const unsigned = events.slice(
    0,
    events.findIndex(({ body }) => body.type === 'record-signed'),
  );
  const ids = unsigned.map(({ id }) => id);
  const renamed = ids.reduce(
    (text, id) => text.replaceAll(`"${id}"`, `"${name}-${id}"`),
    JSON.stringify(unsigned),
  );
  const id = sessionId(name);
  const earlier = <T extends { readonly at: { readonly wall: number; readonly mono: number } }>(
    one: T,
  ): T => ({
    ...one,
    at: instant(one.at.wall - weeks * WEEK_MS, one.at.mono),
  });
  const own = (JSON.parse(renamed) as SessionEvent[]).map((event) => earlier({ ...event, sessionId: id }));
  db.appendEvents(own);
  db.writeNumerics(
    frames.map((frame) => {
      const { monitorId, at, observations } = earlier(frame);
      const moved = (wall: number) => epochMs(wall - weeks * WEEK_MS);
      const values = observations.map((each) => {
        const one = { ...each, receivedAt: instant(moved(each.receivedAt.wall), each.receivedAt.mono) };
        return one.metric === 'MDC_PRESS_BLD_NONINV_SYS' && one.value !== null
          ? { ...one, value: one.value + more }
          : one;
      });
      return { sessionId: id, monitorId, at, values };
    }),
  );
};

beforeAll(async () => {
  const data = stage.folder();
  const db = openDatabase(join(data, 'chairside-simulated.db'), {
    kind: 'simulated',
    readClockWall: () => epochMs(Date.now()),
  });
  const template = COURSE_TEMPLATES.find(({ id }) => id === 'depression');
  if (template === undefined) throw new Error('no such course');
  const at = instant(0, 0);
  const course = { id: courseId('course-9'), patientId: PATIENT.id, template, plannedVisits: 6, note: null };
  db.registry.append([
    {
      subject: patientSubject(PATIENT.id),
      body: { type: 'patient-added', patient: PATIENT, despite: [] },
      by: 'N',
      at,
    },
    { subject: courseSubject(course.id), body: { type: 'course-opened', course }, by: 'N', at },
  ]);
  writeVisit(db, 'visit-a', 2, 12);
  writeVisit(db, 'visit-b', 1, 6);
  writeVisit(db, 'visit-c', 0, 0);
  db.close();
  const station = await stage.serve(['--data', data]);
  ({ page } = await stage.open(station.url));
});
afterAll(stage.end);

const go = (hash: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

it('the visits of a course lie over each other, each with its number, one vital at a time', async () => {
  await go('#/patients/simulated/patient-17');
  await page.getByTestId('compare-visits').click();
  await page.getByTestId('overlay-chart').waitFor();
  await until(() => page.getByTestId('overlay-whose').innerText()).toContain('A-004417');
  await until(() => page.getByTestId('overlay-legend').innerText()).toMatch(/Visit 1\s+Visit 2\s+Visit 3/);
  await until(() => page.getByTestId('overlay-table').locator('tbody tr').count()).toBe(3);
  const ends = () => page.getByTestId('overlay-number').allTextContents();
  await until(async () => (await ends()).toSorted()).toEqual(['1', '2', '3']);
  // The lines end within a few mmHg of one another, and still each number is read.
  const boxes = await Promise.all(
    (await page.getByTestId('overlay-number').all()).map((number) => number.boundingBox()),
  );
  const tops = boxes.map((box) => box?.y ?? 0).toSorted((a, b) => a - b);
  for (const [index, top] of tops.slice(1).entries()) expect(top - (tops[index] ?? 0)).toBeGreaterThan(15);
  await page.getByTestId('overlay-spo2').click();
  await until(() => page.getByTestId('overlay-spo2').getAttribute('aria-pressed')).toBe('true');
  await until(async () => (await ends()).toSorted()).toEqual(['1', '2', '3']);
});

it('the clinic’s picture tells nothing of three sessions, and says so', async () => {
  await go('#/sessions');
  await page.getByTestId('clinic-picture').click();
  await page.getByTestId('clinic-origin').selectOption('simulated');
  await until(() => page.getByTestId('clinic-screen').locator('.page-head .origin-word').innerText()).toBe(
    'SIMULATED',
  );
  await page.getByTestId('clinic-period').selectOption('all');
  await page.getByTestId('clinic-few').waitFor();
  await until(() => page.getByTestId('clinic-bands').innerText()).toContain('fewer than 5');
});
