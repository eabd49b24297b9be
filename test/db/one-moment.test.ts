import { join } from 'node:path';
import { expect, it } from 'vitest';
import { event, frame, note, opened, openSession, SESSION, temporaryFolder, value } from './samples.ts';

it('what is read in one moment stays what it was while another connection writes, and is new after it', () => {
  const path = join(temporaryFolder(), 'chairside.db');
  const writer = opened(path);
  openSession(writer, SESSION);
  const reader = opened(path, 'live', true);
  const end = reader.beginReading();
  const before = reader.headOf(SESSION);
  writer.appendEvents([event(2, note('meanwhile'))]);
  writer.writeNumerics([frame(0, [value('MDC_PULS_OXIM_SAT_O2', 97, 0)])]);
  expect(reader.headOf(SESSION)).toEqual(before);
  expect(reader.eventsOf(SESSION)).toHaveLength(1);
  expect(reader.lastWriteWall(SESSION)).toBe(reader.eventsOf(SESSION)[0]?.at.wall);
  end();
  expect(reader.headOf(SESSION)).toEqual(writer.headOf(SESSION));
  end(); // twice is once
});

it('is refused on a connection that writes', () => {
  expect(() => opened().beginReading()).toThrow('read-only');
});
