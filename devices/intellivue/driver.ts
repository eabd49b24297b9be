/**
 * The driver: keeps the connection, reads numerics, waves and alarms, and turns them into observations, waves, conditions and
 * counted refusals. It holds no clock and no port. Checked data are read whatever the state of the connection is: a
 * recording that begins in the middle has the same numbers in it.
 */
import { elapsedMs, type Instant } from '../../core/time.ts';
import type { Decoded, Driver, DriverOutput } from '../device.ts';
import { createConditionTable } from '../framing/condition-table.ts';
import { createSilence } from '../framing/silence.ts';
import { createUnmappedLatch } from '../framing/unmapped-latch.ts';
import { type AlertReport, alertReport } from './alerts.ts';
import { ATTRIBUTE, attributeAs, attributeOf, modelOf, readU16, readU32, systemIdOf } from './attributes.ts';
import { type IntellivueMessage, intellivueCodec } from './codec.ts';
import { alertFindings, NO_NUMERICS, REFUSED } from './conditions.ts';
import { continuousRules } from './nomenclature.ts';
import { createNumericsReader } from './numerics.ts';
import { type Attribute, OBJECT_CLASS, type PollResult } from './poll.ts';
import type { PollKind } from './requests.ts';
import type { Link } from './rose.ts';
import { createSession } from './session.ts';
import { createMonitorClock, parseAbsoluteTime } from './time.ts';
import { createWaveReader } from './waves.ts';

/** What the clinic may choose. */
export interface IntellivueDriverOptions {
  /** Whether to ask for the monitor's own alarms. */
  readonly alarms: boolean;
  /** Whether to ask for waves. */
  readonly waves: boolean;
  /** A person said that the channel "Temp" measures the body (`devices/framing/body-temperature.ts`). */
  readonly tempIsBody: boolean;
}

/** A monitor that says nothing for so long is lost; numerics come every 1.024 s. */
export const SILENT_AFTER_MS = 10_000;
/** Alarms that the monitor has not confirmed for so long are no longer told as present (three renewals of the poll). */
const ALERTS_STALE_MS = 30_000;

/** The name under which it is listed that alarms cannot be read. */
const ALARMS = "the monitor's alarms";

const KIND_OF_CLASS: ReadonlyMap<number, PollKind> = new Map([
  [OBJECT_CLASS.numerics, 'numerics'],
  [OBJECT_CLASS.waves, 'waves'],
  [OBJECT_CLASS.alerts, 'alerts'],
]);

/** A driver for one monitor; it says nothing before `start`. */
export const createIntellivueDriver = ({ alarms, waves, tempIsBody }: IntellivueDriverOptions): Driver => {
  const rules = continuousRules(tempIsBody);
  const kinds: readonly PollKind[] = [
    'numerics',
    ...(alarms ? (['alerts'] as const) : []),
    ...(waves ? (['waves'] as const) : []),
  ];
  const conditions = createConditionTable();
  const unmapped = createUnmappedLatch();
  const clock = createMonitorClock();
  const numerics = createNumericsReader(clock, conditions, rules);
  const silence = createSilence(SILENT_AFTER_MS);
  let decoder = intellivueCodec.decoder();
  let session = createSession(kinds);
  let waveReader = createWaveReader(clock);
  /** The parts of a list of alarms that is longer than one message. */
  let alertParts: AlertReport[] = [];
  let alertsAt: Instant | null = null;
  let areUnreadable = false;
  let toldIdentity: string | null = null;

  /** What the state of the connection says to a person. */
  const reportSession = (): DriverOutput[] => [
    ...conditions.update('refused', session.isRefused ? [REFUSED] : []),
    ...conditions.update('numerics', session.isWithoutNumerics ? [NO_NUMERICS] : []),
  ];

  /** The connection begins anew: descriptions, cycles and conditions of the old one no longer count. */
  const forget = (): DriverOutput[] => {
    waveReader = createWaveReader(clock);
    alertParts = [];
    alertsAt = null;
    return [...numerics.restart(), ...conditions.forget()];
  };

  const describe = (attributes: readonly Attribute[], eventTicks: number): readonly DriverOutput[] => {
    const absolute = attributeOf(attributes, ATTRIBUTE.absoluteTime);
    const absoluteMs = absolute === null ? null : parseAbsoluteTime(absolute);
    const ticks = attributeAs(attributes, ATTRIBUTE.relativeTime, readU32) ?? eventTicks;
    clock.forget();
    if (absoluteMs !== null) clock.set(ticks, absoluteMs);
    const model = modelOf(attributes);
    const mode = attributeAs(attributes, ATTRIBUTE.operatingMode, readU16);
    const outputs: readonly DriverOutput[] =
      mode === null ? [] : unmapped.tell('0946 operating mode', mode.toString(16).padStart(4, '0'));
    const serial = systemIdOf(attributes);
    const identity = `${model} ${serial}`;
    if (model === null || model === '' || identity === toldIdentity) return outputs;
    if (toldIdentity !== null) numerics.replaced();
    toldIdentity = identity;
    return [...outputs, { type: 'identity', identity: { model, serial, software: null } }];
  };

  const takeAlerts = (result: PollResult, link: Link | null, now: Instant): readonly DriverOutput[] => {
    for (const { objects } of result.contexts) {
      for (const { attributes } of objects) {
        const found = alertReport(attributes);
        if (found !== null) alertParts.push(found);
      }
    }
    if (link !== null && link.state !== 'last') return [];
    // The empty result that closes a linked one adds nothing.
    if (alertParts.length === 0) return [];
    const parts = alertParts;
    alertParts = [];
    // What stood goes when nothing confirms it for a while, as after any other silence.
    const wereUnreadable = areUnreadable;
    areUnreadable = parts.some(({ isUnreadable }) => isUnreadable);
    if (areUnreadable) return unmapped.tell(ALARMS, 'a list that cannot be read');
    alertsAt = now;
    const told = wereUnreadable ? unmapped.tell(ALARMS, 'read again') : [];
    return [
      ...told,
      ...conditions.update(
        'alerts',
        parts.flatMap((part) => alertFindings(part, rules)),
      ),
    ];
  };

  const takeResult = (result: PollResult, link: Link | null, now: Instant): readonly DriverOutput[] => {
    const kind = KIND_OF_CLASS.get(result.objectClass);
    if (kind === undefined) return [];
    const absoluteMs = parseAbsoluteTime(result.absoluteTime);
    if (absoluteMs !== null && clock.at(result.ticks) === null) clock.set(result.ticks, absoluteMs);
    const outputs: DriverOutput[] = [...session.data(kind, now)];
    switch (kind) {
      case 'numerics':
        outputs.push(...numerics.take(result, link, now));
        break;
      case 'waves':
        outputs.push(...waveReader.take(result, now));
        break;
      case 'alerts':
        outputs.push(...takeAlerts(result, link, now));
        break;
      default:
        return kind satisfies never;
    }
    return [...outputs, ...reportSession()];
  };

  const takeMessage = (message: IntellivueMessage, now: Instant): readonly DriverOutput[] => {
    switch (message.kind) {
      case 'poll-result':
        return takeResult(message.result, message.link, now);
      case 'mds-create': {
        const forgotten = forget();
        const told = describe(message.attributes, message.ticks);
        return [...forgotten, ...told, ...session.hear(message, now), ...reportSession()];
      }
      case 'abort':
      case 'release-response':
        return [...forget(), ...session.hear(message, now)];
      default:
        return [...session.hear(message, now), ...reportSession()];
    }
  };

  const take = (decoded: Decoded<IntellivueMessage>, now: Instant): readonly DriverOutput[] => {
    const { byteCount } = decoded;
    if (!decoded.ok) return [{ type: 'rejected', reason: decoded.reason, detail: decoded.detail, byteCount }];
    const { message } = decoded;
    switch (message.kind) {
      case 'association-request':
      case 'release-request':
      case 'mds-create-result':
      case 'poll-request':
      case 'set-request':
        // Our own words coming back say nothing about a monitor.
        return [
          {
            type: 'rejected',
            reason: 'syntax',
            detail: 'a host request: is the line looped back?',
            byteCount,
          },
        ];
      default:
        silence.heard(now);
        return [{ type: 'frame', byteCount }, ...takeMessage(message, now)];
    }
  };

  return {
    start(now) {
      decoder = intellivueCodec.decoder();
      session = createSession(kinds);
      clock.forget();
      return [...forget(), ...session.open(now)];
    },
    receive: (chunk, now) => decoder.push(chunk).flatMap((decoded) => take(decoded, now)),
    tick(now) {
      const wasRunning = session.isRunning;
      const outputs = session.tick(now);
      // What stands at the monitor now, nobody knows.
      const isLost = silence.hasBegun(now) || (wasRunning && !session.isRunning);
      const lost = isLost ? forget() : [];
      const areStale = alertsAt !== null && elapsedMs(alertsAt, now) > ALERTS_STALE_MS;
      return [...outputs, ...lost, ...(areStale ? conditions.update('alerts', []) : []), ...reportSession()];
    },
    end: (now) => [...decoder.end().flatMap((decoded) => take(decoded, now)), ...numerics.end()],
  };
};
