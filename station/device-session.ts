/**
 * Owns one monitor's line: opens it, feeds its driver, writes the driver's requests, watches for silence,
 * and opens it again after a loss, for ever, with back-off. One implementation for every family and every
 * transport.
 */
import type { LinkCounters, LinkState } from '../core/api/views.ts';
import { addMs, type Instant } from '../core/time.ts';
import type { CuffCommand, DeviceProfile, Driver, DriverOptions, DriverOutput } from '../devices/device.ts';
import type { Transport, TransportEvent } from '../devices/transport/transport.ts';
import type { Clock } from './clock.ts';

/** Waiting times before opening a lost line again (ms); the last one repeats. Our choice: back within seconds. */
export const RETRY_AFTER_MS = [500, 1000, 2000, 3000, 5000] as const;
/** How often drivers get their tick and silence is looked for (ms). */
export const DRIVER_TICK_MS = 250;

export interface LinkStatus {
  readonly state: LinkState;
  readonly detail: string;
  readonly retryAt: Instant | null;
  readonly lastFrameAt: Instant | null;
}

export interface DeviceSessionListener {
  /** What the driver made of one chunk or tick (requests are already on their way). */
  outputs(outputs: readonly DriverOutput[], at: Instant): void;
  status(status: LinkStatus): void;
  raw(direction: 'received' | 'sent', bytes: Uint8Array, at: Instant): void;
}

export interface DeviceSession {
  readonly counters: () => LinkCounters;
  readonly status: () => LinkStatus;
  /**
   * Lets the driver ask the monitor for its cuff. False: nothing was sent (the line is not open, the driver has no cuff, or does
   * not ask now, as while it measures). True: asked; only
   * the monitor's own report says that the cuff has started. Whether a person may is the caller's business.
   */
  cuff(command: CuffCommand): boolean;
  stop(): Promise<void>;
}

interface Line {
  readonly transport: Transport;
  /** Null until it is open. */
  openedAt: Instant | null;
  /** When somebody else last wanted it, where the other side connects to us. */
  wantedAt: Instant | null;
}

/** Starts the session; it runs until `stop`. */
export const startDeviceSession = (
  profile: DeviceProfile,
  options: DriverOptions,
  makeTransport: () => Transport | Promise<Transport>,
  clock: Clock,
  listener: DeviceSessionListener,
): DeviceSession => {
  let driver: Driver = profile.createDriver(options);
  const maxQuietMs = profile.maxQuietMs(options);
  const rejected: Record<string, number> = {};
  const counters = { bytes: 0, frames: 0, rejectedBytes: 0, observations: 0, reconnects: 0 };
  let status: LinkStatus = { state: 'closed', detail: 'Not opened yet.', retryAt: null, lastFrameAt: null };
  let line: Line | null = null;
  let attempt = 0;
  let stopped = false;
  let hasEnded = false;
  let cancelRetry: (() => void) | null = null;

  const setStatus = (change: Partial<LinkStatus>): void => {
    status = { ...status, ...change };
    listener.status(status);
  };

  const refuse = (reason: string, byteCount: number): void => {
    rejected[reason] = (rejected[reason] ?? 0) + 1;
    counters.rejectedBytes += byteCount;
  };

  const handle = (outputs: readonly DriverOutput[], at: Instant, asker: Asker): void => {
    if (outputs.length === 0) return;
    let isAlive = false;
    for (const output of outputs) {
      if (output.type === 'frame') {
        counters.frames += 1;
        isAlive = true;
      } else if (output.type === 'observation') counters.observations += 1;
      else if (output.type === 'rejected') refuse(output.reason, output.byteCount);
      else if (output.type === 'request') send(output.bytes, output.purpose, at, asker);
    }
    if (isAlive) {
      attempt = 0;
      const lastFrameAt = at;
      if (status.state === 'associated') status = { ...status, lastFrameAt };
      else setStatus({ state: 'associated', detail: 'Receiving.', retryAt: null, lastFrameAt });
    }
    listener.outputs(outputs, at);
  };

  const send = (bytes: Uint8Array, purpose: string, at: Instant, asker: Asker): void => {
    const current = line;
    if (current === null || current.openedAt === null) return;
    if (!maySend(profile, bytes, asker)) {
      setStatus({ detail: `Not sent (${purpose}): this family may not say that to a monitor.` });
      return;
    }
    listener.raw('sent', bytes, at);
    current.transport.write(bytes).catch((error: unknown) => {
      // The line's own `closed` event follows and leads to a retry; here we only say what failed.
      if (line === current) setStatus({ detail: `Could not send (${purpose}): ${words(error)}` });
    });
  };

  const onEvent = (owner: Line, event: TransportEvent): void => {
    if (line !== owner || stopped) return;
    switch (event.type) {
      case 'open':
        owner.openedAt = clock.now();
        setStatus({
          state: 'negotiating',
          detail: 'The line is open; waiting for the monitor to say something it understands.',
          retryAt: null,
        });
        drive(owner, clock.now(), (at) => driver.start(at));
        return;
      case 'data':
        counters.bytes += event.bytes.length;
        listener.raw('received', event.bytes, event.at);
        drive(owner, event.at, (at) => driver.receive(event.bytes, at));
        return;
      case 'dropped':
        counters.bytes += event.byteCount;
        refuse('overrun', event.byteCount);
        return;
      case 'notice':
        if (owner.openedAt !== null && owner.transport.isCalled === true) owner.wantedAt = clock.now();
        setStatus({ detail: event.message });
        return;
      case 'closed':
        line = null;
        if (!drive(owner, clock.now(), (at) => driver.end(at))) return;
        if (event.cause === null) {
          hasEnded = true;
          setStatus({ state: 'closed', detail: 'The recording has ended.', retryAt: null });
        } else retryLater(event.cause.message);
        return;
      default:
        event satisfies never;
    }
  };

  /**
   * Lets the driver work. A driver must not throw; one that does loses its line and begins anew, told as a lost
   * line, so that a fault in one family blinds one chair and not all of them. False: it did.
   */
  const drive = (
    owner: Line,
    at: Instant,
    act: (at: Instant) => readonly DriverOutput[],
    asker: Asker = 'driver',
  ): boolean => {
    let outputs: readonly DriverOutput[];
    try {
      outputs = act(at);
    } catch (error) {
      const why = `The driver of this monitor failed: ${words(error)}`;
      line = null;
      driver = profile.createDriver(options);
      owner.transport
        .close()
        .catch((closing: unknown) => setStatus({ detail: `${why} (${words(closing)})` }));
      retryLater(why);
      return false;
    }
    handle(outputs, at, asker);
    return true;
  };

  /**
   * Whoever connected to us says nothing (more) that this family understands, and somebody else wants the line, the monitor
   * itself perhaps, restarted: the silent one is let go.
   */
  const letGo = (owner: Line): void => {
    const why =
      'Whoever was connected has said nothing for too long and another one wants the line: it is free again.';
    line = null;
    if (!drive(owner, clock.now(), (at) => driver.end(at))) return;
    owner.transport.close().catch((closing: unknown) => setStatus({ detail: `${why} (${words(closing)})` }));
    retryLater(why);
  };

  const retryLater = (why: string): void => {
    const waitMs = RETRY_AFTER_MS[Math.min(attempt, RETRY_AFTER_MS.length - 1)] ?? 5000;
    attempt += 1;
    setStatus({ state: 'failed', detail: why, retryAt: addMs(clock.now(), waitMs) });
    cancelRetry = clock.after(waitMs, () => {
      cancelRetry = null;
      counters.reconnects += 1;
      open();
    });
  };

  const open = (): void => {
    if (status.state !== 'failed')
      setStatus({ state: 'opening', detail: 'Opening the line.', retryAt: null });
    Promise.resolve()
      .then(makeTransport)
      .then(
        (transport) => {
          if (stopped) return transport.close();
          const owner: Line = { transport, openedAt: null, wantedAt: null };
          line = owner;
          transport.open((event) => onEvent(owner, event));
          return undefined;
        },
        (error: unknown) => {
          if (!stopped) retryLater(words(error));
        },
      )
      .catch((error: unknown) => {
        if (!stopped) retryLater(words(error));
      });
  };

  const stopTicking = clock.every(DRIVER_TICK_MS, () => {
    const current = line;
    if (current === null || current.openedAt === null) return;
    const now = clock.now();
    if (!drive(current, now, (at) => driver.tick(at))) return;
    const last = status.lastFrameAt;
    if (status.state === 'associated' && last !== null && now.mono - last.mono > maxQuietMs) {
      setStatus({
        state: 'quiet',
        detail:
          'The line is open but the monitor has fallen silent. Check its cable and that it is switched on.',
      });
    }
    const since = Math.max(current.openedAt.mono, last?.mono ?? current.openedAt.mono);
    const isWanted = current.wantedAt !== null && current.wantedAt.mono > since;
    // Whoever was told of the silence may have closed the line already.
    if (line === current && isWanted && now.mono - since > maxQuietMs) letGo(current);
  });

  open();
  return {
    counters: () => ({ ...counters, rejected: { ...rejected } }),
    status: () => status,
    cuff: (command) => {
      if (line === null || line.openedAt === null || driver.cuff === undefined) return false;
      let isAsked = false;
      const ask = (at: Instant): readonly DriverOutput[] => {
        const outputs = driver.cuff?.(command, at) ?? [];
        isAsked = outputs.some((one) => one.type === 'request' && maySend(profile, one.bytes, 'person'));
        return outputs;
      };
      return drive(line, clock.now(), ask, 'person') && isAsked;
    },
    stop: async () => {
      stopped = true;
      stopTicking();
      cancelRetry?.();
      const current = line;
      line = null;
      if (!hasEnded) status = { ...status, state: 'closed', detail: 'Closed.', retryAt: null };
      await current?.transport.close();
    },
  };
};

/** Who wants bytes sent: the driver by itself, or a person who asked for the cuff. */
type Asker = 'driver' | 'person';

/** Only what the family declares; and the cuff only when a person asked for it. */
const maySend = (profile: DeviceProfile, bytes: Uint8Array, asker: Asker): boolean => {
  const kind = profile.transmits.find((transmit) => transmit.matches(bytes));
  if (kind === undefined) return false;
  return asker === 'person' || (kind.effect !== 'starts-cuff' && kind.effect !== 'stops-cuff');
};

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));
