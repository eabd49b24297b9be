/** Finds sessions by what is known about them. Linear over prepared facts: 10,000 take a few milliseconds. */
import type { ChairId, CourseId, PatientId, SessionId } from '../ids.ts';
import { foldMrn, wordsOf } from '../patient/fold-text.ts';
import type { DataOrigin } from '../session/events.ts';
import type { EpochMs } from '../time.ts';
import { flagsOf, type SessionFacts, type SessionFlag, searchedText } from './session-facts.ts';

/** Everything given must hold; what is null does not matter. */
export interface SessionQuery {
  /** Each word must begin a word of the name, the birth date, the initials, the indication or the course, or be the MRN. */
  readonly text: string | null;
  readonly patientId: PatientId | null;
  readonly courseId: CourseId | null;
  readonly chairId: ChairId | null;
  /** Opened at this time or later. */
  readonly from: EpochMs | null;
  /** Opened before this time. */
  readonly to: EpochMs | null;
  readonly origin: DataOrigin | null;
  /** All of them. */
  readonly flags: readonly SessionFlag[];
}

export const EVERY_SESSION: SessionQuery = {
  text: null,
  patientId: null,
  courseId: null,
  chairId: null,
  from: null,
  to: null,
  origin: null,
  flags: [],
};

interface Prepared {
  readonly facts: SessionFacts;
  readonly words: readonly string[];
  readonly mrn: string;
  readonly flags: readonly SessionFlag[];
}

/** Facts of sessions, ready to be looked through. Newest first, whatever order they were put in. */
export interface SessionFinder {
  put(facts: SessionFacts): void;
  get(id: SessionId): SessionFacts | undefined;
  readonly size: number;
  /** At most `limit` of those that fit, from the `offset`-th on, newest first, and how many there are. */
  find(
    query: SessionQuery,
    limit: number,
    offset: number,
  ): { readonly found: readonly SessionFacts[]; readonly total: number };
  /** All that fit, in no order. */
  all(query: SessionQuery): readonly SessionFacts[];
}

export const createSessionFinder = (): SessionFinder => {
  const byId = new Map<SessionId, Prepared>();
  let ordered: readonly Prepared[] | null = null;
  const inOrder = (): readonly Prepared[] => {
    ordered ??= [...byId.values()].sort(
      (a, b) => b.facts.openedAt - a.facts.openedAt || (a.facts.id < b.facts.id ? 1 : -1),
    );
    return ordered;
  };
  const fitting = (query: SessionQuery): readonly Prepared[] => {
    const asked = query.text === null ? null : { words: wordsOf(query.text), mrn: foldMrn(query.text) };
    return inOrder().filter((one) => fits(one, query, asked));
  };
  return {
    put: (facts) => {
      const mrn = foldMrn(facts.patient?.mrn ?? '');
      byId.set(facts.id, { facts, words: wordsOf(searchedText(facts)), mrn, flags: flagsOf(facts) });
      ordered = null;
    },
    get: (id) => byId.get(id)?.facts,
    get size() {
      return byId.size;
    },
    find: (query, limit, offset) => {
      const all = fitting(query);
      return { found: all.slice(offset, offset + limit).map(({ facts }) => facts), total: all.length };
    },
    all: (query) => fitting(query).map(({ facts }) => facts),
  };
};

const fits = (
  { facts, words, mrn, flags }: Prepared,
  query: SessionQuery,
  asked: { readonly words: readonly string[]; readonly mrn: string } | null,
): boolean => {
  if (query.from !== null && facts.openedAt < query.from) return false;
  if (query.to !== null && facts.openedAt >= query.to) return false;
  if (query.chairId !== null && facts.chairId !== query.chairId) return false;
  if (query.origin !== null && facts.origin !== query.origin) return false;
  if (query.patientId !== null && facts.patient?.id !== query.patientId) return false;
  if (query.courseId !== null && facts.course?.id !== query.courseId) return false;
  if (!query.flags.every((flag) => flags.includes(flag))) return false;
  if (asked === null) return true;
  if (asked.mrn !== '' && asked.mrn === mrn) return true;
  // A text without a letter or digit names nobody; it is not the same as no text.
  return asked.words.length > 0 && asked.words.every((word) => words.some((known) => known.startsWith(word)));
};
