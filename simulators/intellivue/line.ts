/**
 * The connection as a monitor keeps it: refuses a second one, describes itself after accepting, hangs up on silence, serves single
 * polls once and extended polls for their lifetime, and cuts long results into linked parts.
 * Choices where no source says what a monitor does: a second request for the connection is refused; polls before the answer to
 * the description are not served, and 10 s without that answer end the connection; an extended poll without a
 * lifetime gives two results, as in the real capture; an unknown class or action is answered with an error.
 */
import {
  ATTRIBUTE,
  ATTRIBUTE_GROUP,
  type Attribute,
  attributeAs,
  EXTENDED_OPTIONS,
  type IntellivueMessage,
  intellivueCodec,
  NO_ABSOLUTE_TIME,
  OBJECT_CLASS,
  type PolledContext,
  type PollRequest,
  type PollResult,
  readU32,
  TICKS_PER_MS,
} from '../../devices/intellivue/codec.ts';
import { linkedResults } from './linked.ts';

/** What the monitor has to say, asked at a simulated time (ms since power-on). */
export interface MonitorContent {
  /** Its description of itself. */
  describe(elapsedMs: number): readonly Attribute[];
  /** Relative time (1/8 ms, 32 bits). */
  ticks(elapsedMs: number): number;
  /** All objects of a class; `isFirst`: the first result after connecting, with descriptions. Null: no such class. */
  poll(objectClass: number, elapsedMs: number, isFirst: boolean): readonly PolledContext[] | null;
}

/** The monitor's side of one line. */
export interface MonitorLine {
  receive(bytes: Uint8Array): void;
  advanceTo(elapsedMs: number): Uint8Array;
}

/** Accepts and answers take this long (ms). */
const ANSWER_AFTER_MS = 40;
const CREATE_RESULT_WITHIN_MS = 10_000;
/** What the monitor of the real capture negotiated. */
const OWN_MTU = 996;
const OWN_MIN_PERIOD = 4000;
const OWN_OPTIONS = (EXTENDED_OPTIONS.numericsEverySecond | EXTENDED_OPTIONS.waves) >>> 0;
/** Time between two results of an extended poll: 8192 and 2048 ticks. */
const PERIOD_MS: ReadonlyMap<number, number> = new Map([
  [OBJECT_CLASS.numerics, 1024],
  [OBJECT_CLASS.waves, 256],
  [OBJECT_CLASS.alerts, 1024],
]);
/** Results of an extended poll without a lifetime. */
const UNLIMITED_RESULTS = 2;
/** Attributes of the group "observed values"; the other groups are served as everything but these. */
const OBSERVED: readonly number[] = [
  ATTRIBUTE.numeric,
  ATTRIBUTE.compoundNumeric,
  ATTRIBUTE.absoluteTimeStamp,
  ATTRIBUTE.samples,
  ATTRIBUTE.compoundSamples,
];
const ERROR = { noSuchInstance: 1, noSuchAction: 9 } as const;

type State =
  | { readonly name: 'unassociated' }
  | { readonly name: 'describing'; readonly sinceMs: number }
  | { readonly name: 'operating' };

interface Subscription {
  readonly request: PollRequest;
  readonly invokeId: number;
  sequence: number;
  readonly untilMs: number;
  left: number;
}

/** The attributes that belong to the group that was asked for. */
const ofGroup = (contexts: readonly PolledContext[], group: number): readonly PolledContext[] => {
  if (group === ATTRIBUTE_GROUP.all || group === ATTRIBUTE_GROUP.alerts) return contexts;
  const isObserved = group === ATTRIBUTE_GROUP.observed;
  return contexts.map(({ context, objects }) => ({
    context,
    objects: objects.map(({ handle, attributes }) => ({
      handle,
      attributes: attributes.filter(({ id }) => OBSERVED.includes(id) === isObserved),
    })),
  }));
};

/** A monitor that nobody is connected to. */
export const createMonitorLine = (content: MonitorContent): MonitorLine => {
  const host = intellivueCodec.decoder();
  let nowMs = 0;
  let state: State = { name: 'unassociated' };
  let lastHeardMs = 0;
  let silenceMs = 10_000;
  let mtu = OWN_MTU;
  let priority: Attribute | null = null;
  let pending: { readonly atMs: number; readonly message: IntellivueMessage }[] = [];
  let singles: { readonly atMs: number; readonly invokeId: number; readonly request: PollRequest }[] = [];
  const subscriptions = new Map<number, Subscription>();
  const described = new Set<number>();
  /** When the next results of each class are due. */
  const nextMs = new Map<number, number>();

  const answer = (message: IntellivueMessage): void => {
    pending.push({ atMs: nowMs + ANSWER_AFTER_MS, message });
  };

  const leave = (): void => {
    state = { name: 'unassociated' };
    subscriptions.clear();
    singles = [];
    described.clear();
    priority = null;
  };

  const accept = (info: Extract<IntellivueMessage, { kind: 'association-request' }>['info']): void => {
    state = { name: 'describing', sinceMs: nowMs };
    lastHeardMs = nowMs;
    mtu = Math.min(OWN_MTU, Math.max(300, info.maxMtuReceive));
    const minPollPeriod = Math.max(OWN_MIN_PERIOD, info.minPollPeriod);
    const periodMs = minPollPeriod / TICKS_PER_MS;
    silenceMs = periodMs <= 3_300 ? 10_000 : periodMs <= 43_000 ? 3 * periodMs : 130_000;
    const extendedOptions = (info.extendedOptions & OWN_OPTIONS) >>> 0;
    answer({
      kind: 'association-accept',
      info: { startupMode: 0x8000_0000, minPollPeriod, maxMtuReceive: mtu, maxMtuSend: mtu, extendedOptions },
    });
    const ticks = content.ticks(nowMs + ANSWER_AFTER_MS);
    answer({ kind: 'mds-create', invokeId: 1, ticks, attributes: content.describe(nowMs + ANSWER_AFTER_MS) });
  };

  const subscribe = (invokeId: number, request: PollRequest): void => {
    const lifetime = attributeAs(request.attributes, ATTRIBUTE.pollLifetime, readU32);
    subscriptions.set(request.objectClass, {
      request,
      invokeId,
      sequence: 0,
      untilMs: lifetime === null ? Number.POSITIVE_INFINITY : nowMs + lifetime / TICKS_PER_MS,
      left: lifetime === null ? UNLIMITED_RESULTS : Number.POSITIVE_INFINITY,
    });
    const periodMs = PERIOD_MS.get(request.objectClass) ?? 1024;
    if (!nextMs.has(request.objectClass))
      nextMs.set(request.objectClass, Math.ceil((nowMs + ANSWER_AFTER_MS) / periodMs) * periodMs);
  };

  const serve = (message: IntellivueMessage): void => {
    switch (message.kind) {
      case 'poll-request': {
        const { invokeId, request } = message;
        const isKnown = content.poll(request.objectClass, nowMs, true) !== null;
        const data = Uint8Array.of(
          0x00,
          0x21,
          request.isExtended ? 0xf1 : 0x0c,
          request.isExtended ? 0x3b : 0x16,
        );
        if (!isKnown) answer({ kind: 'error', invokeId, error: ERROR.noSuchInstance, data });
        else if (!request.isExtended) singles.push({ atMs: nowMs + ANSWER_AFTER_MS, invokeId, request });
        else if (PERIOD_MS.has(request.objectClass)) subscribe(invokeId, request);
        else answer({ kind: 'error', invokeId, error: ERROR.noSuchAction, data });
        return;
      }
      case 'set-request':
        priority = message.attributes[0] ?? priority;
        answer({
          kind: 'set-result',
          invokeId: message.invokeId,
          attributes: priority === null ? [] : [priority],
        });
        return;
      default:
    }
  };

  const hear = (message: IntellivueMessage): void => {
    switch (message.kind) {
      case 'association-request':
        if (state.name === 'unassociated') accept(message.info);
        else answer({ kind: 'association-refuse' });
        return;
      case 'release-request':
        if (state.name !== 'unassociated') answer({ kind: 'release-response' });
        leave();
        return;
      case 'abort':
        pending = [];
        leave();
        return;
      case 'mds-create-result':
        if (state.name === 'describing') state = { name: 'operating' };
        lastHeardMs = nowMs;
        return;
      default:
        if (state.name === 'unassociated') return;
        lastHeardMs = nowMs;
        if (state.name === 'operating') serve(message);
    }
  };

  const resultAt = (
    request: PollRequest,
    invokeId: number,
    sequence: number,
    atMs: number,
  ): readonly IntellivueMessage[] => {
    const { objectClass, group, isExtended, pollNumber } = request;
    const isFirst = !described.has(objectClass);
    described.add(objectClass);
    const contexts = ofGroup(content.poll(objectClass, atMs, isFirst) ?? [], group);
    const ticks = content.ticks(atMs);
    const absoluteTime = NO_ABSOLUTE_TIME;
    const result: PollResult = {
      isExtended,
      pollNumber,
      sequence,
      ticks,
      absoluteTime,
      objectClass,
      group,
      contexts,
    };
    return linkedResults(invokeId, result, mtu);
  };

  const cycle = (objectClass: number, atMs: number): readonly IntellivueMessage[] => {
    const subscription = subscriptions.get(objectClass);
    if (subscription === undefined || atMs > subscription.untilMs || subscription.left <= 0) {
      subscriptions.delete(objectClass);
      nextMs.delete(objectClass);
      return [];
    }
    nextMs.set(objectClass, atMs + (PERIOD_MS.get(objectClass) ?? 1024));
    const { request, invokeId, sequence } = subscription;
    subscription.sequence = (sequence + 1) & 0xffff;
    subscription.left -= 1;
    return resultAt(request, invokeId, sequence, atMs);
  };

  /** What happens next, and when. */
  const due = (): { readonly atMs: number; readonly act: () => readonly IntellivueMessage[] } | null => {
    const events: { readonly atMs: number; readonly act: () => readonly IntellivueMessage[] }[] = [];
    const [first] = pending;
    if (first !== undefined)
      events.push({ atMs: first.atMs, act: () => pending.splice(0, 1).map(({ message }) => message) });
    const [single] = singles;
    if (single !== undefined) {
      const act = () => {
        singles.shift();
        return resultAt(single.request, single.invokeId, 0, single.atMs);
      };
      events.push({ atMs: single.atMs, act });
    }
    for (const [objectClass, atMs] of nextMs) events.push({ atMs, act: () => cycle(objectClass, atMs) });
    if (state.name !== 'unassociated') {
      const givesUpMs =
        state.name === 'describing' ? state.sinceMs + CREATE_RESULT_WITHIN_MS : Number.POSITIVE_INFINITY;
      const act = (): readonly IntellivueMessage[] => {
        leave();
        return [{ kind: 'abort' }];
      };
      events.push({ atMs: Math.min(givesUpMs, lastHeardMs + silenceMs), act });
    }
    return events.reduce<(typeof events)[number] | null>(
      (best, one) => (best === null || one.atMs < best.atMs ? one : best),
      null,
    );
  };

  return {
    receive(bytes) {
      for (const decoded of host.push(bytes)) if (decoded.ok) hear(decoded.message);
    },
    advanceTo(elapsedMs) {
      const sent: Uint8Array[] = [];
      for (let event = due(); event !== null && event.atMs <= elapsedMs; event = due()) {
        nowMs = Math.max(nowMs, event.atMs);
        sent.push(...event.act().map(intellivueCodec.encode));
      }
      nowMs = Math.max(nowMs, elapsedMs);
      return new Uint8Array(Buffer.concat(sent));
    },
  };
};
