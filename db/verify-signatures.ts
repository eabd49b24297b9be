/** Is what was signed still what it was? Each signature against the entries and the vital signs it is tied to. */
import { MEANING_LABELS, type SignOffBody } from '../core/record/sign-off.ts';
import type { ChainRow } from './chain.ts';
import { type DigestSteps, digestAtOnce, signedRecord } from './record-digest.ts';

type SignedBody = Extract<SignOffBody, { readonly type: 'record-signed' }>;

/** A signature that no longer fits. */
export interface BrokenSignature {
  readonly sequence: number;
  readonly id: string | null;
  readonly reason: string;
}

/** Who signed, what for and when: said with every finding about a signed record. */
const inWords = (row: ChainRow, body: SignedBody): string =>
  `${body.signer.name} (“${MEANING_LABELS[body.meaning]}”, ${new Date(row.wall_ms).toISOString()})`;

const signatures = (rows: readonly ChainRow[]): readonly { row: ChainRow; body: SignedBody }[] =>
  rows.flatMap((row) => {
    if (row.type !== 'record-signed') return [];
    try {
      return [{ row, body: JSON.parse(row.body) as SignedBody }];
    } catch (error) {
      if (error instanceof SyntaxError) return []; // said by the chain's own check as a broken entry
      throw error;
    }
  });

/** Words for a break of the chain before a signature: whose signature it spoils; empty when nothing is signed there. */
export const signedBy = (rows: readonly ChainRow[], sequence: number): string => {
  const spoiled = signatures(rows).filter(({ body }) => body.record.sequence >= sequence);
  if (spoiled.length === 0) return '';
  return `; changed after it was signed by ${spoiled.map(({ row, body }) => inWords(row, body)).join(' and ')}`;
};

/** The signatures of one session that do not fit; its chain has been checked and holds. */
export const brokenSignatures = (
  sessionId: string,
  rows: readonly ChainRow[],
  digest: DigestSteps,
): readonly BrokenSignature[] => {
  const found = signatures(rows);
  if (found.length === 0) return [];
  const now = digestAtOnce(digest(sessionId));
  return found.flatMap(({ row, body }) => {
    const { record } = body;
    const report = (what: string): BrokenSignature[] => [
      { sequence: row.sequence, id: row.id, reason: `${what}, not as signed by ${inWords(row, body)}` },
    ];
    if (record.sequence >= row.sequence || rows[record.sequence - 1]?.hash !== record.headHash) {
      return report('the entries are others');
    }
    if (
      now.dataHash !== record.dataHash ||
      now.frames !== record.frames ||
      now.readings !== record.readings ||
      now.waves !== record.waves
    ) {
      return report('the stored vital signs were changed');
    }
    const { sequence, headHash, hash } = record;
    return signedRecord(sessionId, { sequence, hash: headHash }, now).hash === hash
      ? []
      : report('the record’s hash is another');
  });
};
