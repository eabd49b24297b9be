/** What people do to the limits of a chair: change them, choose a preset, ask what the baseline suggests. */
import { NEVER_PROPOSED, proposeLimits } from '../core/alarm/auto-limits.ts';
import { changeLimits, looserIn } from '../core/alarm/change-limits.ts';
import type { LimitSet } from '../core/alarm/limits.ts';
import type { Handlers } from '../core/api/commands.ts';
import { RefusedError } from '../core/api/serve.ts';
import type { ChairId } from '../core/ids.ts';
import { proposeBaseline } from '../core/session/baseline.ts';
import { isClosed } from '../core/session/phase.ts';
import type { Instant } from '../core/time.ts';
import type { Approvals } from './approvals.ts';
import type { Chair } from './chair.ts';
import type { Presets } from './presets.ts';

type LimitCommand = 'limits.set' | 'limits.proposeAuto' | 'preset.list' | 'preset.use' | 'preset.approve';

export interface LimitCommandDeps {
  readonly now: () => Instant;
  /** @throws RefusedError when there is no such chair. */
  readonly chair: (id: ChairId) => Chair;
  readonly presets: Presets;
  readonly approvals: Approvals;
  /** Tells every window what a chair looks like now. */
  readonly pushChairs: () => void;
}

export const limitCommands = (deps: LimitCommandDeps): Pick<Handlers, LimitCommand> => {
  /** What the limits in force were made from. One that is not configured any more: themselves. */
  const presetOf = (inForce: LimitSet): LimitSet => {
    const preset = deps.presets.find(inForce.presetId);
    return preset?.presetVersion === inForce.presetVersion ? preset : inForce;
  };

  return {
    'limits.set': ({ chairId, changes, reason, physician, by }) => {
      const chair = inSession(deps.chair(chairId));
      const before = chair.limits();
      const outcome = changeLimits(presetOf(before), before, changes, { reason, physician });
      if (!outcome.ok) throw new RefusedError(outcome.refusal.code, outcome.refusal.message);
      const { after, beyond } = outcome;
      const override =
        beyond.length === 0 || physician === null ? {} : { override: { physician, limitIds: beyond } };
      chair.enter([{ type: 'limits-changed', before, after, reason, ...override }], by);
      return chair.view();
    },

    'limits.proposeAuto': ({ chairId }) => {
      const chair = inSession(deps.chair(chairId));
      const frozen = chair.session()?.baseline ?? null;
      const proposed = proposeBaseline(chair.readings());
      const baseline = frozen ?? proposed.baseline;
      if (baseline === null) {
        throw new RefusedError('not-allowed', `There is no baseline yet. ${proposed.advice}`);
      }
      const inForce = chair.limits();
      const { proposals, fault } = proposeLimits(presetOf(inForce), inForce, baseline);
      const notes = [
        ...(frozen === null && proposed.advice !== ''
          ? [`The baseline is not settled: ${proposed.advice}`]
          : []),
        ...(fault === null ? [] : [`Nothing is proposed beside limits changed by hand: ${fault}`]),
        NEVER_PROPOSED,
      ];
      return { baseline, proposals, notes };
    },

    'preset.list': () =>
      deps.presets.list().map((entry) => ({ ...entry, approval: deps.approvals.of(entry.preset) })),

    'preset.use': ({ chairId, presetId, reason, by }) => {
      const chair = inSession(deps.chair(chairId));
      const after = knownPreset(deps.presets, presetId);
      const before = chair.limits();
      const looser = looserIn(before, after);
      if (looser.length > 0 && reason === null) {
        throw new RefusedError(
          'not-allowed',
          `${after.presetName} is looser than the limits in force: ${looser.join('; ')}. Give a reason.`,
        );
      }
      const words = `Preset ${after.presetName}, version ${after.presetVersion}`;
      chair.enter(
        [{ type: 'limits-changed', before, after, reason: reason === null ? words : `${words}: ${reason}` }],
        by,
      );
      return chair.view();
    },

    'preset.approve': ({ presetId, presetVersion, by }) => {
      const preset = knownPreset(deps.presets, presetId);
      if (preset.presetVersion !== presetVersion) {
        throw new RefusedError(
          'conflict',
          `${preset.presetName} is version ${preset.presetVersion} now, not ${presetVersion}. Look at it again.`,
        );
      }
      deps.approvals.approve(preset, by, deps.now());
      deps.pushChairs();
      return {};
    },
  };
};

/** @throws RefusedError when there is no such preset. */
export const knownPreset = (presets: Presets, presetId: string): LimitSet => {
  const preset = presets.find(presetId);
  if (preset === undefined) throw new RefusedError('not-found', `There is no preset "${presetId}".`);
  return preset;
};

const inSession = (chair: Chair): Chair => {
  const session = chair.session();
  if (session === null || isClosed(session.phase)) {
    throw new RefusedError('not-allowed', 'Limits belong to a session: open one first.');
  }
  return chair;
};
