/**
 * Holds the last minutes of a chair's waves in memory and decides which stretches are stored: those around an alarm
 * (30 s before, 30 s after), each once, or all of them where the clinic wants whole sessions. Time is an argument.
 */
import type { MonitorId } from '../core/ids.ts';
import type { WaveBlock } from '../core/observation/waveform.ts';
import { addMs, type Instant } from '../core/time.ts';

/** What is stored around an alarm (ms). Product decision: enough to see what the alarm saw. */
export const WAVES_AROUND_ALARM_MS = { before: 30_000, after: 30_000 } as const;
/** How much is held in memory (ms). */
export const WAVES_HELD_MS = 120_000;

/** A stretch and who sent it. */
export interface SentWave {
  readonly monitorId: MonitorId;
  readonly block: WaveBlock;
}

export interface WaveKeeper {
  /** Takes new stretches; returns those that are to be stored now. */
  take(monitorId: MonitorId, blocks: readonly WaveBlock[]): readonly SentWave[];
  /** An alarm was raised; returns what is held from before it and not yet stored. */
  alarm(at: Instant): readonly SentWave[];
  /** What came in the last `ms`, oldest first. */
  recent(ms: number, now: Instant): readonly SentWave[];
  forget(monitorId: MonitorId): void;
  /** Another session: what is held stays on the screen but belongs to no alarm of the new one. */
  closeSession(): void;
}

interface Held extends SentWave {
  isStored: boolean;
  /** Came before the open session: never stored with it. */
  isForeign: boolean;
}

export const createWaveKeeper = (storesAll: boolean): WaveKeeper => {
  let held: Held[] = [];
  let storeUntil: Instant | null = null;

  const marked = (items: readonly Held[]): readonly SentWave[] => {
    for (const item of items) item.isStored = true;
    return items.map(({ monitorId, block }) => ({ monitorId, block }));
  };

  return {
    take: (monitorId, blocks) => {
      const added = blocks.map((block): Held => ({ monitorId, block, isStored: false, isForeign: false }));
      const newest = blocks.at(-1)?.receivedAt;
      if (newest !== undefined) {
        const oldest = newest.mono - WAVES_HELD_MS;
        held = [...held.filter(({ block }) => block.receivedAt.mono >= oldest), ...added];
      }
      const until = storeUntil;
      return marked(
        added.filter(({ block }) => storesAll || (until !== null && block.receivedAt.mono <= until.mono)),
      );
    },
    alarm: (at) => {
      storeUntil = addMs(at, WAVES_AROUND_ALARM_MS.after);
      const from = at.mono - WAVES_AROUND_ALARM_MS.before;
      return marked(
        held.filter(
          ({ block, isStored, isForeign }) => !isStored && !isForeign && block.receivedAt.mono >= from,
        ),
      );
    },
    recent: (ms, now) =>
      held
        .filter(({ block }) => block.receivedAt.mono >= now.mono - ms)
        .map(({ monitorId, block }) => ({ monitorId, block })),
    forget: (monitorId) => {
      held = held.filter((item) => item.monitorId !== monitorId);
    },
    closeSession: () => {
      storeUntil = null;
      for (const item of held) item.isForeign = true;
    },
  };
};
