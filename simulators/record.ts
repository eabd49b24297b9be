/** Runs a simulator as fast as it goes, in simulated time only: no clock, no timer. */
import type { DeviceSimulator } from './simulator.ts';

/** The host's side of a line, for monitors that speak only when they are asked. Times are simulated ms. */
export interface RecordingHost {
  /** The line is open: the host's first bytes. */
  start(atMs: number): Uint8Array;
  /** The monitor's bytes arrived; returns what the host answers. */
  receive(bytes: Uint8Array, atMs: number): Uint8Array;
  /** Called every 250 ms; returns what the host asks for. */
  tick(atMs: number): Uint8Array;
}

/** A host that only listens. */
const SILENT_HOST: RecordingHost = {
  start: () => NOTHING,
  receive: () => NOTHING,
  tick: () => NOTHING,
};

/** What is recorded: `durationMs` of simulated time. */
export interface Recording {
  readonly simulator: DeviceSimulator;
  readonly durationMs: number;
  readonly host?: RecordingHost;
}

/** What the monitor sent by a moment since the step before; may be empty. */
export interface RecordedStep {
  readonly atMs: number;
  readonly bytes: Uint8Array;
}

const NOTHING = new Uint8Array(0);
const STEP_MS = 50;
const TICK_MS = 250;

/**
 * What the monitor sends in [0, durationMs], in steps of 50 ms; the same simulator and host give the same bytes.
 * What the host says arrives one step later, so that two sides that answer each other at once still end.
 */
export function* recordSimulator({
  simulator,
  durationMs,
  host = SILENT_HOST,
}: Recording): Generator<RecordedStep, void> {
  let fromHost: readonly Uint8Array[] = [host.start(0)];
  for (let atMs = 0; atMs < durationMs; ) {
    atMs = Math.min(durationMs, atMs + STEP_MS);
    const answers = fromHost.filter((bytes) => bytes.length > 0).map((bytes) => simulator.receive(bytes));
    const bytes = new Uint8Array(Buffer.concat([...answers, simulator.advanceTo(atMs)]));
    yield { atMs, bytes };
    fromHost = bytes.length > 0 ? [host.receive(bytes, atMs)] : [];
    if (atMs % TICK_MS === 0) fromHost = [...fromHost, host.tick(atMs)];
  }
}
