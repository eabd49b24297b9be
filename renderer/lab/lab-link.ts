/** The page's line to the lab, and what it knows of it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Channel } from '../../core/api/envelope.ts';
import type { LabCommandInput } from '../../core/lab/commands.ts';
import type { BytesPush, WatchParams } from '../../core/lab/page-contract.ts';
import type { BytesRow, LabCatalogue, LabView } from '../../core/lab/views.ts';
import type { ChannelSource } from '../channel/channel-source.ts';

/** Rows of bytes that the page keeps. */
export const ROWS_KEPT = 200;

/** Everything the page shows. */
export interface LabState {
  readonly isConnected: boolean;
  readonly catalogue: LabCatalogue | null;
  readonly view: LabView;
  readonly selected: string | null;
  readonly isPaused: boolean;
  /** Of the selected monitor, newest first. */
  readonly rows: readonly BytesRow[];
  /** Why the last command was not carried out. */
  readonly problem: string | null;
}

/** What the page does. */
export interface LabLink {
  readonly store: StoreApi<LabState>;
  /** The answer of the lab; null when it refused (`problem` says why). */
  perform(command: LabCommandInput): Promise<Readonly<Record<string, unknown>> | null>;
  select(monitor: string | null): void;
  pause(isPaused: boolean): void;
}

type Answer = (result: { readonly ok: boolean; readonly value: unknown }) => void;

/** Connects, and again after each loss. */
export const startLabLink = (source: ChannelSource): LabLink => {
  const store = createStore<LabState>(() => ({
    isConnected: false,
    catalogue: null,
    view: { monitors: [] },
    selected: null,
    isPaused: false,
    rows: [],
    problem: null,
  }));
  const waiting = new Map<number, Answer>();
  let channel: Channel | null = null;
  let lastId = 0;

  const call = (
    command: string,
    params: unknown,
  ): Promise<{ readonly ok: boolean; readonly value: unknown }> =>
    new Promise((resolve) => {
      if (channel === null) {
        resolve({ ok: false, value: 'the lab does not answer: is it still running?' });
        return;
      }
      lastId += 1;
      waiting.set(lastId, resolve);
      channel.post({ kind: 'call', id: lastId, command, params });
    });
  const watch = (): void => {
    const { selected, isPaused } = store.getState();
    const params: WatchParams = { monitor: isPaused ? null : selected };
    void call('watch', params);
  };
  const select = (selected: string | null): void => {
    store.setState({ selected, rows: [] });
    watch();
  };

  const onState = (view: LabView): void => {
    store.setState({ view });
    const { selected } = store.getState();
    if (view.monitors.some(({ id }) => id === selected)) return;
    const first = view.monitors[0]?.id ?? null;
    if (first !== selected) select(first);
  };
  const onBytes = ({ monitor, rows }: BytesPush): void => {
    const now = store.getState();
    if (monitor !== now.selected || now.isPaused) return;
    store.setState({ rows: [...rows.toReversed(), ...now.rows].slice(0, ROWS_KEPT) });
  };
  // The lab and its page are built together and speak one contract; what they exchange is not checked a second time here.
  const receive = (envelope: unknown): void => {
    const message = envelope as {
      readonly kind: string;
      readonly id: number;
      readonly topic: string;
      readonly payload: never;
      readonly result: unknown;
      readonly error: { readonly message: string };
    };
    if (message.kind === 'push') {
      if (message.topic === 'state') onState(message.payload);
      else if (message.topic === 'bytes') onBytes(message.payload);
      else if (message.topic === 'catalogue') store.setState({ catalogue: message.payload });
      return;
    }
    const answer = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'ok') answer?.({ ok: true, value: message.result });
    else answer?.({ ok: false, value: message.error.message });
  };

  source.start((opened) => {
    channel = opened;
    store.setState({ isConnected: true, rows: [] });
    opened.listen(receive);
    opened.onClosed(() => {
      channel = null;
      store.setState({ isConnected: false });
      for (const answer of waiting.values()) answer({ ok: false, value: 'the line to the lab was lost' });
      waiting.clear();
    });
    if (store.getState().selected !== null) watch();
  });

  return {
    store,
    perform: async (command) => {
      const { ok, value } = await call('command', command);
      store.setState({ problem: ok ? null : String(value) });
      return ok ? (value as Readonly<Record<string, unknown>>) : null; // an answer is an object
    },
    select,
    pause: (isPaused) => {
      store.setState({ isPaused });
      watch();
    },
  };
};
