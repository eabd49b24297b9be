import { expect, it } from 'vitest';
import type { FigureValue } from '../../core/review/session-figures.ts';
import { epochMs } from '../../core/time.ts';
import { at, frame, missing, opened, openSession, SESSION, START, value } from './samples.ts';

const ALL = [epochMs(0), epochMs(Number.MAX_SAFE_INTEGER)] as const;

it('gives the same values as the frames, also of metrics and absences that begin late', () => {
  const db = opened();
  openSession(db);
  db.writeNumerics([
    ...Array.from({ length: 60 }, (_, second) =>
      frame(second * 1000, [value('MDC_PULS_OXIM_SAT_O2', 97, second * 1000)]),
    ),
    frame(60_000, [missing('MDC_PULS_OXIM_SAT_O2', 60_000), value('MDC_TEMP_BODY', 36.6, 60_000)]),
    frame(61_000, [value('MDC_PULS_OXIM_SAT_O2', 96, 61_000)]),
  ]);
  const read: FigureValue[] = [];
  db.reviewValues(SESSION, ...ALL, (one) => read.push(one));
  const frames = db.frames(SESSION, ...ALL).flatMap(({ monitorId, at: received, observations }) =>
    observations.map((one) => ({
      metric: one.metric,
      monitorId,
      at: received.wall,
      value: one.value,
      isQuestionable: one.validity === 'questionable',
    })),
  );
  expect(read).toEqual(frames);
  expect(read).toHaveLength(63);
});

it('takes from the first moment of a stretch up to its end, without the end', () => {
  const db = opened();
  openSession(db);
  db.writeNumerics([0, 1, 2].map((ms) => frame(ms, [value('MDC_PULS_OXIM_SAT_O2', 97, ms)])));
  const read: number[] = [];
  db.reviewValues(SESSION, epochMs(START), at(2).wall, (one) => read.push(one.at - START));
  expect(read).toEqual([0, 1]);
});
