/**
 * Finds frames of several forms in one stream. Each form is asked what the gathered bytes, from their first on, are to it; bytes
 * that are the beginning of nothing are noise. Results do not depend on how the bytes were cut.
 */
import type { Decoded, Decoder, RejectReason } from '../device.ts';

/** What the gathered bytes are to one form. */
export type Look<M> =
  | { readonly kind: 'no' }
  /** Perhaps the beginning of one. */
  | { readonly kind: 'more' }
  | { readonly kind: 'message'; readonly message: M; readonly byteCount: number }
  /** One that is damaged: so many bytes cannot be used. */
  | {
      readonly kind: 'damaged';
      readonly reason: RejectReason;
      readonly detail: string;
      readonly byteCount: number;
    };

/** One form of frame. `maxBytes` bounds what it may gather. */
export interface Form<M> {
  readonly maxBytes: number;
  /** Looks at the first `length` bytes; it has said "more" of the first `seen` of them. */
  look(bytes: Uint8Array, length: number, seen: number): Look<M>;
}

export const NO: Look<never> = { kind: 'no' };
export const MORE: Look<never> = { kind: 'more' };

/** Noise is reported every so many bytes, so that it shows while it lasts (our choice). */
const REPORT_BYTES = 4096;

/** A decoder of frames of any of these forms; its memory is the longest of them. */
export const scanner = <M>(forms: readonly Form<M>[]): Decoder<M> => {
  const buffer = new Uint8Array(Math.max(...forms.map(({ maxBytes }) => maxBytes)) + 1);
  let length = 0;
  let noise = 0;
  let out: Decoded<M>[] = [];
  /** How many of the gathered bytes were looked at, and by whom they may be the beginning of something. */
  let seen = 0;
  let open: readonly Form<M>[] = forms;

  const drop = (count: number): void => {
    buffer.copyWithin(0, count, length);
    length -= count;
    seen = 0;
    open = forms;
  };
  const flushNoise = (): void => {
    if (noise > 0) out.push({ ok: false, reason: 'noise', detail: 'bytes of no frame', byteCount: noise });
    noise = 0;
  };
  const skip = (count: number): void => {
    noise += count;
    drop(count);
    if (noise >= REPORT_BYTES) flushNoise();
  };

  /** True when bytes were taken out and the rest is worth a look. */
  const step = (): boolean => {
    if (length === 0) return false;
    const still: Form<M>[] = [];
    let damaged: Look<M> = NO;
    for (const form of open) {
      const look = length > form.maxBytes ? NO : form.look(buffer, length, seen);
      if (look.kind === 'message') {
        flushNoise();
        out.push({ ok: true, message: look.message, byteCount: look.byteCount });
        drop(look.byteCount);
        return true;
      }
      if (look.kind === 'more') still.push(form);
      else if (look.kind === 'damaged') damaged = look;
    }
    if (still.length > 0) {
      seen = length;
      open = still;
      return false;
    }
    if (damaged.kind === 'damaged') {
      flushNoise();
      const { reason, detail, byteCount } = damaged;
      out.push({ ok: false, reason, detail, byteCount });
      drop(byteCount);
    } else skip(1);
    return true;
  };

  const taken = (): readonly Decoded<M>[] => {
    const results = out;
    out = [];
    return results;
  };
  return {
    push(chunk) {
      for (const byte of chunk) {
        buffer[length] = byte;
        length += 1;
        while (step());
      }
      return taken();
    },
    end() {
      flushNoise();
      if (length > 0)
        out.push({
          ok: false,
          reason: 'truncated',
          detail: 'the stream ended inside a frame',
          byteCount: length,
        });
      drop(length);
      return taken();
    },
  };
};
