/** MEDIBUS driver: opens the communication, asks for values and alarms in turn, answers what the machine asks. */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { elapsedMs, type Instant } from '../../core/time.ts';
import type { Decoded, Driver, DriverOutput } from '../device.ts';
import { createConditionTable } from '../framing/condition-table.ts';
import { answerBytes, CODE, commandBytes, type MedibusMessage, medibusCodec } from './codec.ts';
import { observe } from './observe.ts';
import { readAlarms, readIdentity, readMeasured } from './texts.ts';

/** The communication is opened again so often while nobody answers (ms; OpenICE's driver). */
const OPEN_EVERY_MS = 1_000;
/** An answer that has not come by then is missing (ms; OpenICE: 2 to 3 s). */
const ANSWER_MS = 2_000;
/** So many missing answers in a row, and the machine has forgotten us (our choice). */
const MAX_MISSING = 2;
/** Values are asked for so often (ms; our choice: the machine measures breath by breath), alarms half as often. */
const VALUES_EVERY_MS = 1_000;
const ALARMS_EVERY_MS = 2_000;
/** Alarms that were never answered are asked for again so often (ms; our choice). */
const ALARMS_RETRY_MS = 30_000;
/** An answer that took longer gives its numbers that age (ms; our choice). */
const PROMPT_MS = 1_000;
/** Alarms whose list could not be read for so long are no longer told as present (ms; our choice: five lists). */
const ALARMS_STALE_MS = 10_000;

const PURPOSE: ReadonlyMap<number, string> = new Map([
  [CODE.init, 'open the communication'],
  [CODE.identity, 'who the machine is'],
  [CODE.measured, 'measured values'],
  [CODE.alarms, 'alarms'],
]);

interface Asked {
  readonly code: number;
  readonly at: Instant;
  /** When it was asked first: which of two equal questions an answer belongs to, nobody knows. */
  readonly since: Instant;
}

const newLink = () => ({
  decoder: medibusCodec.decoder(),
  isOpen: false,
  /** The one command that waits for its answer. */
  asked: null as Asked | null,
  missing: 0,
  valuesAt: null as Instant | null,
  alarmsAt: null as Instant | null,
  alarmsEveryMs: ALARMS_EVERY_MS,
  hasIdentity: false,
  others: new Map<number, string>(),
  seen: new Set<MetricId>(),
  alarmsReadAt: null as Instant | null,
  areAlarmsOld: false,
});

/** The driver of one machine. */
export const createMedibusDriver = (): Driver => {
  let link = newLink();
  const conditions = createConditionTable();

  const ask = (code: number, now: Instant, since = now): readonly DriverOutput[] => {
    link.asked = { code, at: now, since };
    return [{ type: 'request', bytes: commandBytes(code), purpose: PURPOSE.get(code) ?? 'a command' }];
  };
  const open = (now: Instant): readonly DriverOutput[] => {
    link.isOpen = false;
    link.hasIdentity = false;
    link.missing = 0;
    return [...conditions.forget(), ...ask(CODE.init, now)];
  };
  const isDue = (since: Instant | null, now: Instant, ms: number): boolean =>
    since === null || elapsedMs(since, now) >= ms;

  /** What is asked for next, when it is time. */
  const askNext = (now: Instant): readonly DriverOutput[] => {
    if (!link.isOpen || link.asked !== null) return [];
    if (!link.hasIdentity) return ask(CODE.identity, now);
    if (isDue(link.valuesAt, now, VALUES_EVERY_MS)) {
      link.valuesAt = now;
      return ask(CODE.measured, now);
    }
    if (isDue(link.alarmsAt, now, link.alarmsEveryMs)) {
      link.alarmsAt = now;
      return ask(CODE.alarms, now);
    }
    return [];
  };

  const refused = (
    detail: string,
    byteCount: number,
    reason: 'syntax' | 'range' = 'syntax',
  ): DriverOutput => ({
    type: 'rejected',
    reason,
    detail,
    byteCount,
  });

  const onValues = (
    text: string,
    byteCount: number,
    at: Instant,
    tookMs: number,
  ): readonly DriverOutput[] => {
    const values = readMeasured(text);
    if (values === null) return [refused('no list of measured values', byteCount)];
    const { observations, others } = observe(
      values,
      { receivedAt: at, deviceTime: null, ageAtReceiptMs: tookMs > PROMPT_MS ? tookMs : 0 },
      link.seen,
    );
    const changed = others.filter((one) => link.others.get(one.code) !== one.text);
    for (const one of changed) link.others.set(one.code, one.text);
    return [
      { type: 'frame', byteCount },
      ...observations.map((observation) => ({ type: 'observation', observation }) as const),
      ...changed.map(
        (one) =>
          ({
            type: 'unmapped',
            id: one.code.toString(16).toUpperCase().padStart(2, '0'),
            value: one.text,
          }) as const,
      ),
    ];
  };

  const onAlarms = (text: string, byteCount: number, at: Instant): readonly DriverOutput[] => {
    const alarms = readAlarms(text);
    if (alarms === null) return [refused('no list of alarms', byteCount)];
    link.alarmsEveryMs = ALARMS_EVERY_MS;
    const isReadAgain = link.areAlarmsOld;
    link.areAlarmsOld = false;
    link.alarmsReadAt = at;
    const findings = alarms.map((alarm) => ({
      code: 'monitor-alarm' as const,
      metric: null,
      text: `${alarm.text} (priority ${alarm.priority || 'not given'})`,
    }));
    const told: readonly DriverOutput[] = isReadAgain
      ? [{ type: 'unmapped', id: "the machine's alarms", value: 'read again' }]
      : [];
    return [{ type: 'frame', byteCount }, ...conditions.update('alarms', findings), ...told];
  };

  const onIdentity = (text: string, byteCount: number): readonly DriverOutput[] => {
    link.hasIdentity = true;
    const identity = readIdentity(text);
    if (identity === null) return [refused('an identity of another form', byteCount)];
    const { name, id, revision } = identity;
    return [
      { type: 'frame', byteCount },
      { type: 'identity', identity: { model: name || id, serial: null, software: revision || null } },
    ];
  };

  const onAnswer = (code: number, text: string, byteCount: number, at: Instant): readonly DriverOutput[] => {
    const { asked } = link;
    if (code === CODE.notUnderstood && asked !== null) {
      // It heard noise; the command is missing and asked again in its turn. Values do not wait for a name.
      if (asked.code === CODE.identity) link.hasIdentity = true;
      link.asked = null;
      return [refused('the machine did not understand a command', byteCount)];
    }
    if (asked?.code !== code) return [refused('an answer to what we did not ask', byteCount)];
    link.asked = null;
    link.missing = 0;
    switch (code) {
      case CODE.init:
        link.isOpen = true;
        return [{ type: 'frame', byteCount }];
      case CODE.identity:
        return onIdentity(text, byteCount);
      case CODE.measured:
        return onValues(text, byteCount, at, elapsedMs(asked.since, at));
      default:
        return onAlarms(text, byteCount, at);
    }
  };

  const onCommand = (code: number, byteCount: number, at: Instant): readonly DriverOutput[] => {
    const out: DriverOutput[] = [
      { type: 'frame', byteCount },
      { type: 'request', bytes: answerBytes(code), purpose: "answer to the machine's command" },
    ];
    // It begins anew: whatever we asked is forgotten, and its own opening does not open ours.
    return code === CODE.init && link.isOpen ? [...out, ...open(at)] : out;
  };

  const isEcho = (code: number): boolean => link.asked?.code === code && code !== CODE.init;

  const take = (decoded: Decoded<MedibusMessage>, at: Instant): readonly DriverOutput[] => {
    const { byteCount } = decoded;
    if (!decoded.ok) return [{ type: 'rejected', reason: decoded.reason, detail: decoded.detail, byteCount }];
    const { kind, code, text } = decoded.message;
    if (kind === 'answer') return [...onAnswer(code, text, byteCount, at), ...askNext(at)];
    // What we are just asking comes back: it is our own word, and is not answered.
    if (isEcho(code)) return [refused('a command of ours: is the line looped back?', byteCount)];
    return onCommand(code, byteCount, at);
  };

  /** Alarms that stand on a list of long ago: nobody knows whether they are still there. */
  const forgetOldAlarms = (now: Instant): readonly DriverOutput[] => {
    if (link.alarmsReadAt === null || elapsedMs(link.alarmsReadAt, now) < ALARMS_STALE_MS) return [];
    link.alarmsReadAt = null;
    link.areAlarmsOld = true;
    const value = `not read since ${ALARMS_STALE_MS / 1000} s`;
    return [...conditions.update('alarms', []), { type: 'unmapped', id: "the machine's alarms", value }];
  };

  const askAgain = (now: Instant): readonly DriverOutput[] => {
    const { asked } = link;
    if (asked === null) return askNext(now);
    if (!link.isOpen) return isDue(asked.at, now, OPEN_EVERY_MS) ? open(now) : [];
    if (!isDue(asked.at, now, ANSWER_MS)) return [];
    link.missing += 1;
    if (link.missing >= MAX_MISSING && asked.code !== CODE.measured) {
      // A machine may not know a question and say nothing: values wait neither for a name nor for alarms.
      if (asked.code === CODE.identity) link.hasIdentity = true;
      else link.alarmsEveryMs = ALARMS_RETRY_MS;
      link.missing = 0;
      link.asked = null;
      return askNext(now);
    }
    if (link.missing >= MAX_MISSING) return open(now);
    return ask(asked.code, now, asked.since);
  };

  return {
    start(now) {
      link = newLink();
      return open(now);
    },
    receive: (chunk, now) => link.decoder.push(chunk).flatMap((decoded) => take(decoded, now)),
    tick: (now) => [...forgetOldAlarms(now), ...askAgain(now)],
    end: (now) => link.decoder.end().flatMap((decoded) => take(decoded, now)),
  };
};
