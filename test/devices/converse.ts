/** A polling driver and a scripted monitor on one line, in simulated time only. */
import type { Driver, DriverOutput } from '../../devices/device.ts';
import { at, bytesOf } from './drive.ts';

/** What the monitor answers to these bytes of the host at this time (ms); null: nothing. Latin1 text. */
export type Script = (said: string, atMs: number) => string | null;

/** An output and when it came (ms). */
export interface Timed {
  readonly atMs: number;
  readonly output: DriverOutput;
}

export interface ConverseOptions {
  /** From the host's last byte to the monitor's (ms). */
  readonly latencyMs?: number;
  /** What else happens, by time: a person's wish, bytes nobody asked for. */
  readonly events?: readonly {
    readonly atMs: number;
    readonly act: (driver: Driver) => readonly DriverOutput[];
  }[];
}

const STEP_MS = 10;
const TICK_MS = 250;

/** Everything the driver says in `durationMs`, from `start` on; ticks come every 250 ms as in the station. */
export const converse = (
  driver: Driver,
  script: Script,
  durationMs: number,
  { latencyMs = 40, events = [] }: ConverseOptions = {},
): readonly Timed[] => {
  const said: Timed[] = [];
  const mail: { readonly dueMs: number; readonly bytes: Uint8Array }[] = [];
  const hear = (outputs: readonly DriverOutput[], atMs: number): void => {
    for (const output of outputs) {
      said.push({ atMs, output });
      if (output.type !== 'request') continue;
      const answer = script(Buffer.from(output.bytes).toString('latin1'), atMs);
      if (answer !== null) mail.push({ dueMs: atMs + latencyMs, bytes: bytesOf(answer) });
    }
  };
  const plans = [...events].sort((a, b) => a.atMs - b.atMs);
  hear(driver.start(at(0)), 0);
  for (let nowMs = STEP_MS; nowMs <= durationMs; nowMs += STEP_MS) {
    for (const plan of plans.splice(0, plans.filter(({ atMs }) => atMs <= nowMs).length))
      hear(plan.act(driver), nowMs);
    for (const letter of mail.splice(0, mail.filter(({ dueMs }) => dueMs <= nowMs).length))
      hear(driver.receive(letter.bytes, at(nowMs)), nowMs);
    if (nowMs % TICK_MS === 0) hear(driver.tick(at(nowMs)), nowMs);
  }
  return said;
};

/** The outputs without their times. */
export const outputsOf = (said: readonly Timed[]): readonly DriverOutput[] =>
  said.map(({ output }) => output);

/** What the host sent, as latin1 text with its time. */
export const requestsIn = (said: readonly Timed[]): readonly (readonly [number, string])[] =>
  said.flatMap(({ atMs, output }) =>
    output.type === 'request' ? [[atMs, Buffer.from(output.bytes).toString('latin1')] as const] : [],
  );
