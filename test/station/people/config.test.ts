import { describe, expect, it } from 'vitest';
import { DEFAULT_IDLE } from '../../../core/people/presence.ts';
import { parseConfig } from '../../../station/config.ts';
import { courseTemplatesOf, idleRulesOf } from '../../../station/people/config.ts';

const parse = (part: object) => parseConfig(JSON.stringify(part), 'test');
const COURSE = {
  id: 'anxiety',
  title: 'Anxiety: 4 infusions',
  indication: 'Anxiety',
  visits: { planned: 4 },
  nextAfterDays: { from: 2, to: 7 },
};

describe('the configuration', () => {
  it('says when windows are locked, 5 and 2 min where it does not', () => {
    expect(idleRulesOf(parse({}))).toEqual(DEFAULT_IDLE);
    expect(idleRulesOf(parse({ staff: { lockAfterMinutes: 3 } }))).toEqual({
      workMs: 180_000,
      reviewMs: 120_000,
    });
  });

  it('adds the clinic’s own courses to those of the product', () => {
    const templates = courseTemplatesOf(parse({ courses: [COURSE] }));
    expect(templates.at(-1)).toMatchObject({
      id: 'anxiety',
      infusionMin: 60,
      visits: { least: 1, planned: 4 },
    });
    expect(templates).toHaveLength(6);
  });

  it.each([
    ['a name that the product has', { id: 'depression' }, 'courses.0.id: there are two courses'],
    ['more planned than there may be', { visits: { planned: 4, most: 3 } }, 'courses.0.visits.planned'],
    [
      'a window that ends before it begins',
      { nextAfterDays: { from: 7, to: 2 } },
      'courses.0.nextAfterDays.to',
    ],
    ['a recovery that is too short', { recoveryMin: 10 }, 'courses.0.recoveryMin'],
  ])('refuses %s in one line that names the field', (_, part, words) => {
    expect(() => parse({ courses: [{ ...COURSE, ...part }] })).toThrow(words);
  });
});
