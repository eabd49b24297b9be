/**
 * Finds out which monitor is on a line: listens at the families' line settings, then lets each family ask its own
 * questions. Bounded in time, can be cancelled, and sends nothing that could be an order (`may-ask.ts`).
 */
import type {
  DetectCandidate,
  DetectHeard,
  DetectOutcome,
  DetectProgress,
  DetectTried,
  DetectView,
} from '../../core/api/detect-views.ts';
import { describeSettings, withOverride } from '../../core/line/line-settings.ts';
import type { DeviceProfile, SerialSettings } from '../../devices/device.ts';
import type { Transport, TransportEvent } from '../../devices/transport/transport.ts';
import type { Clock } from '../clock.ts';
import { DRIVER_TICK_MS } from '../device-session.ts';
import { byEvidence, createListener, isUnderstood, type Listener } from './listener.ts';
import { mayAsk } from './may-ask.ts';
import { DETECT_LIMIT_MS, detectPlan, lineOf, type Step, stepWords } from './plan.ts';
import { detectWords } from './words.ts';

/** A family that may ask and has asked nothing after so long will not (ms). */
const MUTE_AFTER_MS = 500;
/** Less than this is no fair trial (ms): opening a port and an answer of most families. */
const SHORTEST_MS = 1_200;
/** Once a family has understood the line, others get this long to understand more of it (ms). */
const SETTLE_MS = 1_500;

export interface DetectDeps {
  readonly profiles: readonly DeviceProfile[];
  readonly clock: Clock;
  /** `network`: one line for all settings. */
  readonly kind: 'serial' | 'network';
  /** The bare line at these settings, not batched. */
  readonly openLine: (settings: SerialSettings) => Transport | Promise<Transport>;
  readonly progress: (progress: DetectProgress) => void;
  readonly cancelled: AbortSignal;
  /** At most so long (ms). */
  readonly limitMs?: number;
}

/** The line that is open now, and who hears it. */
interface OpenLine {
  readonly key: string;
  readonly settings: string | null;
  readonly transport: Transport;
  readonly listeners: Map<string, Listener>;
  bytes: number;
  isOpen: boolean;
  problem: string | null;
}

/** Finds out. Never rejects for what a line or a monitor does; the result says it. */
export const detectMonitor = async (deps: DetectDeps): Promise<DetectView> => {
  const { profiles, clock, kind, cancelled } = deps;
  const limitMs = deps.limitMs ?? DETECT_LIMIT_MS;
  const plan = detectPlan(profiles, kind);
  const beganAt = clock.now();
  const elapsedMs = (): number => Math.round(clock.now().mono - beganAt.mono);
  const sent = new Map<string, { family: string; name: string; count: number }>();
  const withheld = new Map<string, { family: string; purpose: string }>();
  const past: { readonly candidates: DetectCandidate[]; readonly heard: DetectHeard[] } = {
    candidates: [],
    heard: [],
  };
  let line: OpenLine | null = null;
  let hasOpened = false;
  const tried: DetectTried[] = [];

  /** Families that had something to ask, whether or not it went out. */
  const haveAsked = new Set<string>();

  const send = (owner: OpenLine, profile: DeviceProfile, bytes: Uint8Array, purpose: string): void => {
    haveAsked.add(profile.id);
    const verdict = mayAsk(bytes, profile, profiles);
    if (!verdict.may) {
      withheld.set(`${profile.id} ${purpose}`, { family: profile.id, purpose });
      return;
    }
    const key = `${profile.id} ${verdict.name}`;
    const before = sent.get(key)?.count ?? 0;
    sent.set(key, { family: profile.id, name: verdict.name, count: before + 1 });
    owner.transport.write(bytes).catch((error: unknown) => {
      owner.problem ??= wordsOf(error);
    });
  };

  const shut = async (): Promise<void> => {
    const owner = line;
    line = null;
    if (owner === null) return;
    await owner.transport.close();
    past.candidates.push(...resultsOf(owner));
    past.heard.push({ settings: owner.settings, bytes: owner.bytes, problem: owner.problem });
  };

  /** The line for a step: the open one when it fits and still lives. */
  const lineFor = async (step: Step): Promise<OpenLine | null> => {
    const key = kind === 'network' ? '' : lineOf(step.settings);
    if (line !== null && line.key === key && line.problem === null) return line;
    await shut();
    const settings = kind === 'network' ? null : describeSettings(step.settings);
    try {
      const transport = await deps.openLine(step.settings);
      const owner: OpenLine = {
        key,
        settings,
        transport,
        listeners: new Map(),
        bytes: 0,
        isOpen: false,
        problem: null,
      };
      line = owner;
      return owner;
    } catch (error) {
      past.heard.push({ settings, bytes: 0, problem: wordsOf(error) });
      return null;
    }
  };

  const onEvent = (owner: OpenLine, event: TransportEvent): void => {
    if (event.type === 'open') {
      owner.isOpen = true;
      hasOpened = true;
    } else if (event.type === 'closed') {
      // Our own closing is no problem of the line.
      if (line === owner) owner.problem ??= event.cause?.message ?? 'The line ended.';
    } else if (event.type === 'data') owner.bytes += event.bytes.length;
    for (const listener of owner.listeners.values()) listener.take(event);
  };

  /** The settings at which this family hears the line, with its own flow control. */
  const settingsWords = ({ profile, line: other }: Step['trials'][number]): string | null =>
    kind === 'network' ? null : describeSettings(withOverride(profile.serial, other));

  const attach = (owner: OpenLine, step: Step): void => {
    for (const trial of step.trials) {
      const known = owner.listeners.get(trial.profile.id);
      if (known !== undefined) continue;
      owner.listeners.set(
        trial.profile.id,
        createListener(trial, settingsWords(trial), clock.now(), (bytes, purpose) =>
          send(owner, trial.profile, bytes, purpose),
        ),
      );
    }
  };

  /** Runs one step to its end; resolves early when the line is understood, lost, or the person has had enough. */
  const runStep = (owner: OpenLine, step: Step, isNew: boolean): Promise<void> =>
    new Promise((resolve) => {
      const asker = step.phase === 'asking' ? step.trials[0]?.profile.id : undefined;
      const speaker = asker === undefined ? undefined : owner.listeners.get(asker);
      const limitAt = beganAt.mono + limitMs;
      const endsAt = Math.min(clock.now().mono + step.lastsMs, limitAt);
      const bytesBefore = owner.bytes;
      let silentAt = Math.min(clock.now().mono + step.silentMs, endsAt);
      let firstByteAt: number | null = null;
      let understoodAt: number | null = null;
      let isAsking = false;
      let beganAskingAt = 0;
      const finish = (): void => {
        stopTicking();
        speaker?.stopAsking();
        cancelled.removeEventListener('abort', finish);
        resolve();
      };
      const look = (): void => {
        const now = clock.now();
        // The time of a step begins with an open port.
        if (!owner.isOpen) silentAt = Math.min(now.mono + step.silentMs, endsAt);
        if (owner.isOpen && !isAsking && speaker !== undefined) {
          isAsking = true;
          beganAskingAt = now.mono;
          speaker.startAsking(now);
        }
        if (owner.isOpen) for (const listener of owner.listeners.values()) listener.tick(now);
        if (understoodAt === null && resultsOf(owner).some(isUnderstood)) understoodAt = now.mono;
        const isSettled = understoodAt !== null && now.mono - understoodAt >= SETTLE_MS;
        if (owner.bytes > bytesBefore) firstByteAt ??= now.mono;
        const isSilent = firstByteAt === null && now.mono >= silentAt;
        const isNoise =
          firstByteAt !== null &&
          now.mono - firstByteAt >= step.noiseMs &&
          resultsOf(owner).every(({ frames }) => frames === 0);
        // A family that only asks when something was lost has nothing to say to a silent line.
        const isMute =
          isAsking &&
          asker !== undefined &&
          !haveAsked.has(asker) &&
          now.mono - beganAskingAt >= MUTE_AFTER_MS;
        const isOver = isMute || isSettled || isSilent || isNoise || now.mono >= endsAt;
        if (owner.problem !== null || isOver) finish();
      };
      const stopTicking = clock.every(DRIVER_TICK_MS, look);
      cancelled.addEventListener('abort', finish, { once: true });
      if (isNew) owner.transport.open((event) => onEvent(owner, event));
      if (cancelled.aborted) finish();
      else look();
    });

  const candidates = (): readonly DetectCandidate[] => {
    const all = [...past.candidates, ...(line === null ? [] : resultsOf(line))];
    return all.filter(({ frames }) => frames > 0).sort(byEvidence);
  };
  const bytes = (): number => past.heard.reduce((sum, item) => sum + item.bytes, line?.bytes ?? 0);

  const take = async (step: Step, planned: number): Promise<void> => {
    const settings = kind === 'network' ? null : describeSettings(step.settings);
    const families = step.trials.map(({ profile }) => profile.id);
    const { phase } = step;
    const heardFrom = { at: elapsedMs(), bytes: bytes() };
    deps.progress({
      phase,
      settings,
      families,
      step: tried.length + 1,
      steps: planned,
      elapsedMs: heardFrom.at,
      limitMs,
      bytes: heardFrom.bytes,
    });
    const open: OpenLine | null = line;
    const owner = await lineFor(step);
    if (owner !== null) {
      attach(owner, step);
      await runStep(owner, step, owner !== open);
    }
    tried.push({
      phase,
      settings,
      families: phase === 'asking' ? families.slice(0, 1) : families,
      forMs: elapsedMs() - heardFrom.at,
      bytes: bytes() - heardFrom.bytes,
    });
  };

  /** Takes steps as long as there is reason to; the rest is what there was no time for. */
  const run = async (steps: readonly Step[], after: readonly Step[] = []): Promise<readonly Step[]> => {
    for (const [index, step] of steps.entries()) {
      const isOver =
        cancelled.aborted || limitMs - elapsedMs() < SHORTEST_MS || candidates().some(isUnderstood);
      // A port that is not there, or somebody else's, is not there at other settings either.
      if (isOver || (tried.length > 0 && !hasOpened)) return [...steps.slice(index), ...after];
      await take(step, tried.length + steps.length - index + after.length);
    }
    return after;
  };

  const { listening, elsewhere, asking, askingElsewhere } = plan;
  const asks = [...asking, ...askingElsewhere];
  let untried = await run(listening, asks);
  // Bytes that nobody understood: the monitor talks by itself, so the settings are looked for before anything is asked.
  if (bytes() > 0 && untried === asks) untried = await run(elsewhere, asks);
  if (untried === asks) untried = await run(asks);
  await shut();

  const ranked = candidates();
  const found = ranked.find(isUnderstood) ?? null;
  const others = ranked.filter((candidate) => candidate !== found && candidate.family !== found?.family);
  const outcome = ((): DetectOutcome => {
    if (found !== null) return 'found';
    if (cancelled.aborted) return 'cancelled';
    if (!hasOpened) return 'no-line';
    return bytes() > 0 ? 'not-understood' : 'silent';
  })();
  const heard = merged(past.heard);
  return {
    outcome,
    words: detectWords(outcome, found, others, heard),
    found,
    others,
    heard,
    tried,
    sent: [...sent.values()],
    withheld: [...withheld.values()],
    notTried: found !== null || outcome === 'no-line' ? [] : [...new Set(untried.map(stepWords))],
    elapsedMs: elapsedMs(),
  };
};

const resultsOf = (owner: OpenLine): readonly DetectCandidate[] =>
  [...owner.listeners.values()].map((listener) => listener.result());

/** One entry a setting: the line is opened with it more than once. */
const merged = (heard: readonly DetectHeard[]): readonly DetectHeard[] => {
  const bySettings = new Map<string | null, DetectHeard>();
  for (const { settings, bytes, problem } of heard) {
    const before = bySettings.get(settings);
    bySettings.set(settings, {
      settings,
      bytes: bytes + (before?.bytes ?? 0),
      problem: problem ?? before?.problem ?? null,
    });
  }
  return [...bySettings.values()];
};

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
