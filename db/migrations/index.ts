/**
 * The schema's history, oldest first. They are modules and not `.sql` files so that a bundled station
 * carries them.
 */
import { initial } from './0001-initial.ts';
import { alarmLog } from './0002-alarm-log.ts';
import { waves } from './0003-waves.ts';
import { registry } from './0004-registry.ts';
import { sending } from './0005-sending.ts';
import { sessionFacts } from './0006-session-facts.ts';
import type { Migration } from './migration.ts';

export const MIGRATIONS: readonly Migration[] = [initial, alarmLog, waves, registry, sending, sessionFacts];
