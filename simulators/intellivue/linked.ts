/** Results that are longer than one message: parts with links, closed by an empty result, as in the real capture. */
import type {
  Attribute,
  IntellivueMessage,
  PolledContext,
  PollResult,
} from '../../devices/intellivue/codec.ts';

/** Header, lengths and headers of results around the objects of one part (bytes, generous). */
const RESULT_OVERHEAD = 80;
/** A context's own header. */
const CONTEXT_BYTES = 6;

const objectSize = (attributes: readonly Attribute[]): number =>
  attributes.reduce((sum, { value }) => sum + 4 + value.length, 6);

/** Objects in parts of at most `room` bytes, each at least one object. */
const partsOf = (contexts: readonly PolledContext[], room: number): readonly (readonly PolledContext[])[] => {
  const parts: PolledContext[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const { context, objects } of contexts) {
    for (const object of objects) {
      const size = objectSize(object.attributes) + CONTEXT_BYTES;
      if (used + size > room) {
        parts.push([]);
        used = 0;
      }
      used += size;
      const part = parts.at(-1) ?? [];
      const last = part.at(-1);
      if (last?.context === context) part[part.length - 1] = { context, objects: [...last.objects, object] };
      else part.push({ context, objects: [object] });
    }
  }
  return parts;
};

/** One result in messages whose payload has at most `mtu` bytes. */
export const linkedResults = (
  invokeId: number,
  result: PollResult,
  mtu: number,
): readonly IntellivueMessage[] => {
  const parts = partsOf(result.contexts, mtu - RESULT_OVERHEAD);
  if (parts.length <= 1) return [{ kind: 'poll-result', invokeId, link: null, result }];
  const linked = parts.map((contexts, index): IntellivueMessage => {
    const state = index === 0 ? 'first' : index === parts.length - 1 ? 'last' : 'middle';
    return {
      kind: 'poll-result',
      invokeId,
      link: { state, count: index + 1 },
      result: { ...result, contexts },
    };
  });
  return [...linked, { kind: 'poll-result', invokeId, link: null, result: { ...result, contexts: [] } }];
};
