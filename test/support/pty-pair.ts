/** Both ends of a new pseudo-terminal: one that a program opens like a serial port, one that the test holds. */
import { createRequire } from 'node:module';

export interface PtyPair {
  readonly master: number;
  readonly slave: number;
  /** What is opened like a serial port. */
  readonly pty: string;
}

/** The undocumented pair opener of the prebuilt PTY module; null where there is none: such tests are skipped. */
export const openPty = ((): (() => PtyPair) | null => {
  if (process.platform !== 'linux') return null;
  try {
    const native: { open(columns: number, rows: number): PtyPair } = createRequire(import.meta.url)(
      `@lydell/node-pty-linux-${process.arch}/pty.node`,
    );
    return () => native.open(80, 24);
  } catch {
    return null;
  }
})();
