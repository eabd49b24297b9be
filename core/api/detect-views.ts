/** What a window is told while the station finds out which monitor is on a line, and what it found. */
import type { LineOverride } from '../line/line-settings.ts';
import type { MetricId } from '../nomenclature/metrics.ts';

/** How far it has come. */
export interface DetectProgress {
  /** `listening`: nothing is sent. `asking`: one family's own requests for data are sent. */
  readonly phase: 'listening' | 'asking';
  /** Line settings as people write them; null: a network line, whose settings are the server's. */
  readonly settings: string | null;
  /** The families that hear the line now; while asking, the one that asks comes first. */
  readonly families: readonly string[];
  /** This step, from 1, and how many are planned as things stand. */
  readonly step: number;
  readonly steps: number;
  /** Since the beginning, and at most (ms). */
  readonly elapsedMs: number;
  readonly limitMs: number;
  /** Bytes received so far, at any settings. */
  readonly bytes: number;
}

/** What one family made of what came. */
export interface DetectCandidate {
  readonly family: string;
  readonly title: string;
  readonly settings: string | null;
  /** What these settings have otherwise than the family's; nothing on a network line. */
  readonly line: LineOverride;
  /** Complete, checked frames, and the bytes in them. */
  readonly frames: number;
  readonly acceptedBytes: number;
  readonly rejectedBytes: number;
  /** Refusals by reason. */
  readonly rejected: Readonly<Record<string, number>>;
  /** The newest value of each metric; null: the monitor says that it has none now. */
  readonly values: readonly { readonly metric: MetricId; readonly value: number | null }[];
  /** Whether it answered this family's questions, or was understood without any. */
  readonly after: 'listening' | 'asking';
}

/** One step of the search that was taken. */
export interface DetectTried {
  readonly phase: 'listening' | 'asking';
  readonly settings: string | null;
  /** Who listened; while asking, only the family that asked. */
  readonly families: readonly string[];
  /** How long (ms), and how many bytes came meanwhile. */
  readonly forMs: number;
  readonly bytes: number;
}

/** What came at one setting of the line. */
export interface DetectHeard {
  readonly settings: string | null;
  readonly bytes: number;
  /** Not null: the line could not be used with these settings, or ended; says why. */
  readonly problem: string | null;
}

export type DetectOutcome =
  | 'found'
  /** Bytes came, but no family understood enough of them. */
  | 'not-understood'
  /** The line could be opened and nothing came. */
  | 'silent'
  /** The line could not be opened. */
  | 'no-line'
  | 'cancelled';

export interface DetectView {
  readonly outcome: DetectOutcome;
  /** One or two sentences for people: what it is and why, or what came instead and what to do. */
  readonly words: string;
  /** The family that it is; null: not found. */
  readonly found: DetectCandidate | null;
  /** Other families that understood something, best first. */
  readonly others: readonly DetectCandidate[];
  readonly heard: readonly DetectHeard[];
  /** Every step that was taken, in order. */
  readonly tried: readonly DetectTried[];
  /** What was sent, by the names that the families' profiles give. */
  readonly sent: readonly { readonly family: string; readonly name: string; readonly count: number }[];
  /** Requests that were kept back: not a mere question, or one that another monitor could take for an order. */
  readonly withheld: readonly { readonly family: string; readonly purpose: string }[];
  /** Settings that there was no time for. */
  readonly notTried: readonly string[];
  readonly elapsedMs: number;
}
