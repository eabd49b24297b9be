/** Which presets of limits a physician has approved; until then every screen says "not approved". */
import type { LimitSet, PresetApproval } from '../core/alarm/limits.ts';
import { relativeLimitsOf } from '../core/alarm/presets.ts';
import type { Instant } from '../core/time.ts';
import type { ChairsideDb } from '../db/open.ts';
import type { Presets } from './presets.ts';

export interface Approvals {
  of(limits: Pick<LimitSet, 'presetId' | 'presetVersion'>): PresetApproval;
  /** Durable when this returns; throws what the database throws. */
  approve(preset: LimitSet, by: string, at: Instant): void;
}

const keyOf = (presetId: string, presetVersion: number): string => `${presetId}@${presetVersion}`;

/** Everything that a physician approves, as text: other numbers under the same version are not approved. */
const contentOf = (preset: LimitSet): string =>
  JSON.stringify([
    preset.limits.map((limit) => [limit.id, limit.threshold, limit.priority, limit.delayMs, limit.inclusive]),
    relativeLimitsOf(preset).map((limit) => [limit.id, limit.threshold, limit.priority, limit.delayMs]),
  ]);

interface Known {
  readonly approval: PresetApproval;
  /** Undefined: approved by a version of the station that did not keep it. */
  readonly content: string | undefined;
}

/** Reads the approvals once and keeps them in step with what is written. */
export const createApprovals = (db: ChairsideDb, presets: Presets): Approvals => {
  const known = new Map<string, Known>();
  for (const { presetId, presetVersion, approval, content } of db.approvals()) {
    known.set(keyOf(presetId, presetVersion), { approval, content });
  }
  // What a preset says does not change while the station runs.
  const contents = new Map(
    presets
      .list()
      .map(({ preset }) => [keyOf(preset.presetId, preset.presetVersion), contentOf(preset)] as const),
  );
  return {
    of: ({ presetId, presetVersion }) => {
      const key = keyOf(presetId, presetVersion);
      const found = known.get(key);
      const isOther =
        found?.content !== undefined && contents.has(key) && contents.get(key) !== found.content;
      return found === undefined || isOther ? { state: 'not-approved' } : found.approval;
    },
    approve: (preset, by, at) => {
      const { presetId, presetVersion } = preset;
      const approval: PresetApproval = { state: 'approved', by, atEpochMs: at.wall };
      const content = contentOf(preset);
      db.appendStationEvent({
        at,
        by,
        body: { type: 'preset-approval', presetId, presetVersion, approval, content },
      });
      known.set(keyOf(presetId, presetVersion), { approval, content });
    },
  };
};
