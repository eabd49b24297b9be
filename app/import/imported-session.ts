/**
 * The record of a session that came from a file: opened, through the phases that the file tells, and closed. Entries
 * carry the file's times; what the import itself is (file, hash, when) stands in the first one.
 */
import { createHash } from 'node:crypto';
import { chairId, eventId, type SessionId } from '../../core/ids.ts';
import type { SessionEvent, SessionEventBody } from '../../core/session/events.ts';
import type { ImportSource } from '../../core/session/import-source.ts';
import { isClosed, PHASES, type Phase, TRANSITIONS } from '../../core/session/phase.ts';
import type { EpochMs } from '../../core/time.ts';
import type { NumericsRow } from '../../db/open.ts';
import { ImportError, type ImportedTable, rowInstant } from './imported-table.ts';

export interface ImportFacts {
  readonly sessionId: SessionId;
  readonly fileName: string;
  readonly sha256: string;
  readonly importedAt: EpochMs;
  readonly patientInitials: string;
  readonly indication: string;
  /** Who imports. */
  readonly by: string;
  readonly newId: () => string;
}

export interface ImportedSession {
  readonly events: readonly SessionEvent[];
  readonly rows: readonly NumericsRow[];
  readonly source: ImportSource;
}

/** SHA-256 of a file's bytes, hexadecimal. */
export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const THERE = 'As the file says';
const PASSED = 'The file does not tell of this phase';
const ENDED = 'The file ends here';
const NO_PHASES = 'The file ends here and says nothing of phases: whether a drug was given is not known';

/** @throws ImportError when the file's phases are in no order that a visit can have. */
export const importedSession = (table: ImportedTable, facts: ImportFacts): ImportedSession => {
  const { sessionId, fileName, sha256, importedAt, by, newId } = facts;
  const source: ImportSource = {
    fileName,
    sha256,
    importedAt,
    kind: table.kind,
    fileOrigin: table.fileOrigin,
    rows: table.rows,
    values: table.frames.reduce((sum, { values }) => sum + values.length, 0),
    notes: table.notes,
  };
  const placed: { readonly at: EpochMs; readonly body: SessionEventBody }[] = [
    {
      at: table.from,
      body: {
        type: 'session-opened',
        chairId: chairId('imported'),
        patientInitials: facts.patientInitials,
        indication: facts.indication,
        plannedInfusionMs: 0,
        plannedRecoveryMs: 0,
        origin: 'imported',
        imported: source,
      },
    },
    ...phaseSteps(table),
    ...table.excluded.map((target) => ({
      at: table.to,
      body: {
        type: 'artefact-excluded' as const,
        target,
        reason: 'Marked as excluded in the imported file',
      },
    })),
  ];
  return {
    source,
    events: placed.map(({ at, body }, index) => ({
      id: eventId(newId()),
      sessionId,
      sequence: index + 1,
      at: rowInstant(at, table.from),
      by,
      body,
    })),
    rows: table.frames.map((frame) => ({ sessionId, ...frame })),
  };
};

/** The changes of phase, with the steps in between that the product's order of phases asks for, to a closed one. */
const phaseSteps = ({ phases, to }: ImportedTable): readonly { at: EpochMs; body: SessionEventBody }[] => {
  const steps: { at: EpochMs; body: SessionEventBody }[] = [];
  let now: Phase = 'intake';
  const go = (path: readonly Phase[], at: EpochMs, why: string): void => {
    for (const [index, next] of path.entries()) {
      const reason = index === path.length - 1 ? why : PASSED;
      steps.push({ at, body: { type: 'phase-changed', from: now, to: next, reason } });
      now = next;
    }
  };
  for (const { at, phase } of phases) {
    if (phase === now) continue;
    const path = pathTo(now, phase);
    if (path.length === 0) {
      const when = new Date(at).toISOString();
      throw new ImportError(`the row of ${when} is ${phase}, which cannot follow ${now}`);
    }
    go(path, at, THERE);
  }
  if (!isClosed(now)) go(endOf(now), to, phases.length === 0 ? NO_PHASES : ENDED);
  return steps;
};

/** The nearest end: after recovery the discharge, with the drug running an abort, before the drug a cancelling. */
const endOf = (phase: Phase): readonly Phase[] =>
  PHASES.filter(isClosed)
    .map((end) => pathTo(phase, end))
    .reduce((best, path) =>
      path.length > 0 && (best.length === 0 || path.length < best.length) ? path : best,
    );

/** The shortest way by the table of transitions; empty: there is none. */
const pathTo = (from: Phase, to: Phase): readonly Phase[] => {
  const ways: (readonly Phase[])[] = TRANSITIONS[from].map((phase) => [phase]);
  for (const way of ways) {
    const last = way.at(-1) ?? from;
    if (last === to) return way;
    ways.push(...TRANSITIONS[last].filter((next) => !way.includes(next)).map((next) => [...way, next]));
  }
  return [];
};
