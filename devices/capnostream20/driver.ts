/** Capnostream 20 driver: switches the monitor's output on, keeps it on, and switches it on again after a silence. */
import { elapsedMs, epochMs, type Instant } from '../../core/time.ts';
import type { Decoded, Driver, DriverOutput } from '../device.ts';
import { createConditionTable } from '../framing/condition-table.ts';
import { createMessageClock } from '../framing/message-clock.ts';
import {
  type CapnostreamMessage,
  type Command,
  capnostreamCodec,
  commandBytes,
  type Numerics,
} from './codec.ts';
import { limitsOf, numericsFindings, observe, waveFindings } from './observe.ts';
import { createSteadiness } from './steadiness.ts';
import { createWaveGatherer } from './wave.ts';

/** The monitor answers a command within so long (ms; OpenICE's driver). */
const ANSWER_MS = 1_500;
/** "Link is active" is sent so often (ms). */
const ALIVE_MS = 5_000;
/** A monitor that was sending and says nothing for so long has forgotten us (ms; 0.9 s with OpenICE, ours is patient). */
const SILENT_MS = 2_000;

const PURPOSE: Readonly<Record<Command, string>> = {
  enable: 'switch communication on',
  disable: 'switch communication off',
  start: 'start real-time values',
  stop: 'stop real-time values',
  alive: 'the link is active',
};

/** enabling: waits for the identity; starting: waits for values; running: values come. */
type Phase = 'enabling' | 'starting' | 'running';

const newLink = () => ({
  decoder: capnostreamCodec.decoder(),
  steadiness: createSteadiness(),
  wave: createWaveGatherer(),
  phase: 'enabling' as Phase,
  unit: null as Numerics['unit'] | null,
  askedAt: null as Instant | null,
  heardAt: null as Instant | null,
  starts: 0,
  /** The wave's last status, which also says whether the CO2 numbers are measured. */
  fast: null as { readonly status: number; readonly at: Instant } | null,
  limits: '',
  percent: '',
});

/** Requests for values before the monitor is switched on anew. */
const MAX_STARTS = 3;

/** The driver of one monitor. */
export const createCapnostreamDriver = (): Driver => {
  let link = newLink();
  // The monitor's clock outlives a reconnect.
  const clock = createMessageClock();
  const conditions = createConditionTable();

  const ask = (command: Command, now: Instant): DriverOutput => {
    link.askedAt = now;
    return { type: 'request', bytes: commandBytes(command), purpose: PURPOSE[command] };
  };
  const enable = (now: Instant): readonly DriverOutput[] => {
    link.phase = 'enabling';
    link.starts = 0;
    return [...conditions.forget(), ask('enable', now)];
  };

  const onNumerics = (numerics: Numerics, byteCount: number, at: Instant): readonly DriverOutput[] => {
    const refused = (detail: string): readonly DriverOutput[] => [
      { type: 'rejected', reason: 'range', detail, byteCount },
    ];
    const objection = link.steadiness.next(numerics, at);
    if (objection !== null) return refused(objection);
    const late = clock.next(numerics.timeS * 1000, at);
    if (late.isOlder) return refused('older than the message before');
    link.phase = 'running';
    link.unit = numerics.unit;
    const receipt = { receivedAt: at, deviceTime: epochMs(numerics.timeS * 1000), ageAtReceiptMs: late.ms };
    const out: DriverOutput[] = [{ type: 'frame', byteCount }];
    out.push(...conditions.update('numerics', numericsFindings(numerics)));
    const fast = link.fast !== null && elapsedMs(link.fast.at, at) <= SILENT_MS ? link.fast.status : null;
    for (const observation of observe(numerics, fast, receipt))
      out.push({ type: 'observation', observation });
    const limits = limitsOf(numerics);
    if (JSON.stringify(limits) !== link.limits) {
      link.limits = JSON.stringify(limits);
      out.push(...limits.map((one) => ({ type: 'limits', limits: one }) as const));
    }
    // FiCO2 has no metric, and a percentage of an unknown pressure is no mmHg: both are shown as they are.
    const { etco2, fico2, unit } = numerics;
    const words = `FiCO2 ${fico2 ?? '-'} ${unit}${unit === '%' ? `, EtCO2 ${etco2 ?? '-'} %` : ''}`;
    if (words !== link.percent) {
      link.percent = words;
      out.push({ type: 'unmapped', id: 'CO2', value: words });
    }
    return out;
  };

  const onMessage = (
    message: CapnostreamMessage,
    byteCount: number,
    at: Instant,
  ): readonly DriverOutput[] => {
    const frame: DriverOutput = { type: 'frame', byteCount };
    switch (message.kind) {
      case 'numerics':
        return onNumerics(message, byteCount, at);
      case 'wave': {
        link.phase = 'running';
        link.fast = { status: message.fast, at };
        const block = link.wave.next(message, link.unit, at);
        const found = conditions.update('wave', waveFindings(message.fast));
        return block === null ? [frame, ...found] : [frame, ...found, { type: 'waveform', block }];
      }
      case 'identity': {
        const out: DriverOutput[] = [frame, { type: 'identity', identity: identityOf(message.text) }];
        if (link.phase !== 'enabling') return out;
        link.phase = 'starting';
        link.starts = 1;
        return [...out, ask('start', at)];
      }
      case 'protocol':
        return [frame];
      case 'command': {
        const detail = 'a command of the host: is the line looped back?';
        return [{ type: 'rejected', reason: 'syntax', detail, byteCount }];
      }
      default:
        return message satisfies never;
    }
  };

  const take = (decoded: Decoded<CapnostreamMessage>, at: Instant): readonly DriverOutput[] => {
    if (decoded.ok) {
      link.heardAt = at;
      return onMessage(decoded.message, decoded.byteCount, at);
    }
    const { reason, detail, byteCount } = decoded;
    return [{ type: 'rejected', reason, detail, byteCount }];
  };

  const isDue = (since: Instant | null, now: Instant, ms: number): boolean =>
    since !== null && elapsedMs(since, now) >= ms;

  return {
    start(now) {
      link = newLink();
      return enable(now);
    },
    receive: (chunk, now) => link.decoder.push(chunk).flatMap((decoded) => take(decoded, now)),
    tick(now) {
      switch (link.phase) {
        case 'enabling':
          return isDue(link.askedAt, now, ANSWER_MS) ? enable(now) : [];
        case 'starting':
          if (!isDue(link.askedAt, now, ANSWER_MS)) return [];
          if (link.starts >= MAX_STARTS) return enable(now);
          link.starts += 1;
          return [ask('start', now)];
        case 'running':
          if (isDue(link.heardAt, now, SILENT_MS)) return enable(now);
          return isDue(link.askedAt, now, ALIVE_MS) ? [ask('alive', now)] : [];
        default:
          return link.phase satisfies never;
      }
    },
    end: (now) => link.decoder.end().flatMap((decoded) => take(decoded, now)),
  };
};

/** `Vn.nn mm/dd/yyyy SNxxxxx`: software, its date, serial number. */
const identityOf = (text: string) => {
  const [software, , serial] = text.trim().split(/\s+/);
  return { model: 'Capnostream 20', serial: serial ?? null, software: software ?? null };
};
