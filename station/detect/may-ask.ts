/**
 * What may be sent to a monitor that nobody knows yet: a family's own question, and only one that no other family
 * could take for an order. A cuff must not start because somebody wanted to know what a monitor is.
 */
import type { DeviceProfile } from '../../devices/device.ts';

export type AskVerdict =
  /** `name`: what the profile calls it. */
  { readonly may: true; readonly name: string } | { readonly may: false };

/** Longer requests are not looked through for orders inside them: their families frame and check them. */
const LONGEST_SEARCHED = 128;

/**
 * Whether these bytes of `asking` may go out. They must be declared as a question by the family, as nothing else by it,
 * and neither be nor contain what any family in `all` declares to start or stop a cuff.
 */
export const mayAsk = (
  bytes: Uint8Array,
  asking: DeviceProfile,
  all: readonly DeviceProfile[],
): AskVerdict => {
  const kinds = asking.transmits.filter((transmit) => transmit.matches(bytes));
  const [first] = kinds;
  if (first === undefined || kinds.some(({ effect }) => effect !== 'asks')) return { may: false };
  const orders = all.flatMap(({ transmits }) =>
    transmits.filter(({ effect }) => effect !== 'asks' && effect !== 'answers'),
  );
  const parts = bytes.length > LONGEST_SEARCHED ? [bytes] : partsOf(bytes);
  const isOrder = orders.some((order) => parts.some((part) => order.matches(part)));
  return isOrder ? { may: false } : { may: true, name: first.name };
};

/** Every stretch of the bytes: a monitor that was just switched on may begin to read anywhere. */
const partsOf = (bytes: Uint8Array): readonly Uint8Array[] => {
  const parts: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += 1)
    for (let to = from + 1; to <= bytes.length; to += 1) parts.push(bytes.slice(from, to));
  return parts;
};
