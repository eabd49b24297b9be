/**
 * Run as a process of its own: writes events and numerics into the database on the command line as fast as it
 * can, and says which are acknowledged, one JSON line each, after the call has returned. Never ends by itself.
 */
import { writeSync } from 'node:fs';
import { openDatabase } from '../../db/open.ts';
import { event, frame, note, openedBody, readClockWall, SESSION, value } from './samples.ts';

const db = openDatabase(process.argv[2] ?? '', { kind: 'live', readClockWall });
const acknowledge = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`);

let sequence = db.eventsOf(SESSION).length;
if (sequence === 0) db.appendEvents([event(++sequence, openedBody())]);
for (;;) {
  sequence += 1;
  const batch = [event(sequence, note(`note ${sequence}`)), event(sequence + 1, note('and one with it'))];
  db.appendEvents(batch);
  sequence += 1;
  acknowledge({ sequence });
  const ms = sequence * 1000;
  db.writeNumerics(
    [0, 1, 2].map((part) => frame(ms + part, [value('MDC_PULS_OXIM_SAT_O2', 90 + part, ms + part)])),
  );
  acknowledge({ numericsAt: ms });
}
