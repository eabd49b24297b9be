import { expect, it } from 'vitest';
import { findStored } from '../../app/cli/find-stored.ts';
import { EVERY_SESSION } from '../../core/finding/find.ts';
import { sessionId } from '../../core/ids.ts';
import { moved, opened, openSession } from '../db/samples.ts';

it('finds stored sessions that no station has looked through, and writes nothing', () => {
  const db = opened();
  openSession(db, sessionId('over'), [moved('intake', 'cancelled')]);
  openSession(db, sessionId('open'));
  const { sessions, pending } = findStored(db, { ...EVERY_SESSION, flags: ['unsigned'] });
  expect(sessions.map(({ id }) => id)).toEqual(['over']);
  expect(pending).toBe(1);
  expect(findStored(db, { ...EVERY_SESSION, text: 'depr' }).sessions).toHaveLength(2);
  expect(db.facts.all()).toEqual([]);
});
