/** Changes a database behind the back of its triggers, which are put back in place: as a careful hand would. */
import { connect } from '../../db/native.ts';

export const tamper = (path: string, sql: string): void => {
  const raw = connect(path);
  try {
    const triggers = raw
      .prepare<[], { name: string; sql: string }>(
        `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`,
      )
      .all();
    raw.pragma('foreign_keys = OFF');
    raw.pragma('ignore_check_constraints = ON');
    for (const { name } of triggers) raw.exec(`DROP TRIGGER ${name}`);
    raw.exec(sql);
    for (const trigger of triggers) raw.exec(trigger.sql);
  } finally {
    raw.close();
  }
};
