/**
 * Recordings as a stream of what happened on a line, whichever kind of file they are: a capture, with its own
 * times, or plain bytes, whose times are made up from the family's line rate (they begin at 0 on both clocks).
 */
import { createReadStream } from 'node:fs';
import { CAPTURE_MAGIC, type CaptureItem, captureReader } from '../core/capture/format.ts';
import { type Instant, instant } from '../core/time.ts';
import type { SerialSettings } from '../devices/device.ts';
import { atLineRate, type ReplayChunk } from '../devices/transport/replay.ts';

/** What happened on the line. `at.mono` counts from the recording's start and never runs backwards. */
export type RecordingEvent =
  | { readonly type: 'begin'; readonly isCapture: boolean; readonly device: string | null }
  | { readonly type: 'open'; readonly at: Instant }
  | { readonly type: 'data'; readonly bytes: Uint8Array; readonly at: Instant }
  | { readonly type: 'closed'; readonly at: Instant }
  /** Something could not be read; a `closed` and an `open` around it say that bytes may be missing. */
  | { readonly type: 'warning'; readonly message: string };

/** A recording that cannot be read at all; the message is one line for people. */
export class RecordingError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RecordingError';
  }
}

/** A pause between two parts of a continued capture counts at most so much (ms); the wall times stay true. */
const MAX_PAUSE_BETWEEN_PARTS_MS = 10_000;

/**
 * Reads a recording as it comes. `serial` gives the line rate of plain bytes.
 * @throws RecordingError for a capture of an unknown version.
 */
export async function* readRecording(
  input: AsyncIterable<Uint8Array>,
  serial: SerialSettings,
): AsyncGenerator<RecordingEvent, void, undefined> {
  let start = Buffer.alloc(0);
  let reader: CaptureTimeline | PlainTimeline | null = null;
  for await (const chunk of input) {
    if (reader !== null) {
      yield* reader.push(chunk);
      continue;
    }
    start = Buffer.concat([start, chunk]);
    const text = start.toString('latin1', 0, CAPTURE_MAGIC.length);
    // So short that it may still become either kind.
    if (text.length < CAPTURE_MAGIC.length && CAPTURE_MAGIC.startsWith(text)) continue;
    reader = text === CAPTURE_MAGIC ? captureTimeline() : plainTimeline(serial);
    yield* reader.push(start);
  }
  if (reader === null) {
    reader = plainTimeline(serial);
    yield* reader.push(start);
  }
  yield* reader.end();
}

/** The bytes of a file. @throws RecordingError when it is not there or cannot be read. */
export async function* fileBytes(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const stream: AsyncIterable<Buffer> = createReadStream(path);
  try {
    yield* stream;
  } catch (error) {
    throw new RecordingError(explainFile(path, error));
  }
}

const FILE_WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  EACCES: 'may not be read: no permission',
  EISDIR: 'is a folder, not a file',
};

const explainFile = (path: string, error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return `${path} ${FILE_WORDS[code] ?? `could not be read: ${error instanceof Error ? error.message : String(error)}`}`;
};

/** All bytes of a recorded file from the monitor, for `replayTransport`. @throws RecordingError */
export const loadReplayChunks = async (
  path: string,
  serial: SerialSettings,
): Promise<readonly ReplayChunk[]> => {
  const chunks: ReplayChunk[] = [];
  for await (const event of readRecording(fileBytes(path), serial))
    if (event.type === 'data') chunks.push({ offsetMs: event.at.mono, bytes: event.bytes });
  return chunks;
};

type Events = Generator<RecordingEvent, void, undefined>;
interface PlainTimeline {
  push(bytes: Uint8Array): Events;
  end(): Events;
}
type CaptureTimeline = PlainTimeline;

const plainTimeline = (serial: SerialSettings): PlainTimeline => {
  let position = 0;
  let nowMs = 0;
  const at = () => instant(nowMs, nowMs);
  return {
    *push(bytes) {
      if (position === 0) {
        yield { type: 'begin', isCapture: false, device: null };
        yield { type: 'open', at: at() };
      }
      for (const slice of atLineRate(bytes, serial, position)) {
        nowMs = slice.offsetMs;
        yield { type: 'data', bytes: slice.bytes, at: at() };
      }
      position += bytes.length;
    },
    *end() {
      yield { type: 'closed', at: at() };
    },
  };
};

const captureTimeline = (): CaptureTimeline => {
  const reader = captureReader();
  let partBeganMs = 0;
  let last = instant(0, 0);
  let isOpen = false;
  let hasBegun = false;

  function* setOpen(wanted: boolean): Events {
    if (isOpen !== wanted) yield { type: wanted ? 'open' : 'closed', at: last };
    isOpen = wanted;
  }

  function* take(item: CaptureItem): Events {
    switch (item.kind) {
      case 'header': {
        yield* setOpen(false);
        const pauseMs = hasBegun ? item.header.startedAt - last.wall : 0;
        partBeganMs = last.mono + Math.min(Math.max(0, pauseMs), MAX_PAUSE_BETWEEN_PARTS_MS);
        last = instant(item.header.startedAt, partBeganMs);
        if (!hasBegun) yield { type: 'begin', isCapture: true, device: item.header.device };
        hasBegun = true;
        return;
      }
      case 'record': {
        const { record } = item;
        last = instant(record.wall, Math.max(last.mono, partBeganMs + record.offsetMs));
        if (record.kind === 'tx') return;
        if (!hasBegun) yield { type: 'begin', isCapture: true, device: null };
        hasBegun = true;
        yield* setOpen(record.kind !== 'closed');
        if (record.kind === 'rx') yield { type: 'data', bytes: record.bytes, at: last };
        return;
      }
      case 'damaged':
        yield* setOpen(false);
        yield {
          type: 'warning',
          message: `capture, byte ${item.byteOffset}: ${item.byteCount} bytes left out: ${item.detail}`,
        };
        return;
      case 'unsupported':
        throw new RecordingError(
          `the capture is of format version ${item.version}, which this program does not know`,
        );
      default:
        item satisfies never;
    }
  }

  return {
    *push(bytes) {
      for (const item of reader.push(Buffer.from(bytes).toString('latin1'))) yield* take(item);
    },
    *end() {
      for (const item of reader.end()) yield* take(item);
      yield* setOpen(false);
    },
  };
};
