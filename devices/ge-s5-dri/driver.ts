/**
 * The driver of the S/5 interface: asks for displayed values, asks again when they stop, and turns what comes
 * into observations, conditions and counted refusals. It holds no clock and no port.
 */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { NIBP_METRICS } from '../../core/nomenclature/metrics.ts';
import {
  type AbsentValidity,
  absent,
  type Observation,
  present,
  type Receipt,
} from '../../core/observation/observation.ts';
import { elapsedMs, epochMs, type Instant } from '../../core/time.ts';
import type { Decoded, Driver, DriverOutput } from '../device.ts';
import { createMessageClock } from '../framing/message-clock.ts';
import { createSilence } from '../framing/silence.ts';
import { createUnmappedLatch } from '../framing/unmapped-latch.ts';
import { createAlarmAsking } from './alarm-asking.ts';
import { alarmRequest, driCodec, hostRequest, waveRequest } from './codec.ts';
import { alarmFindings, createConditionLatch, type Finding, groupFindings } from './conditions.ts';
import type { DriMessage, PhysiologicalRecord } from './messages.ts';
import { type CuffValue, createNibpTracker, type NibpEvent } from './nibp.ts';
import { observeContinuous } from './observe.ts';
import type { BasicSubrecord } from './physiological.ts';
import { type Candidate, createSuccession, type Verdict } from './succession.ts';
import { otherTemperatures } from './temperature.ts';
import { createWaveAsking } from './wave-asking.ts';
import { createWaveReader, WANTED_WAVES } from './wave-reader.ts';

/** The first record after connecting shows a reading that ended at most this long ago (label bit 8 clear). */
const FIRST_SIGHT_AGE_MS = 60_000;
/** Added to twice the interval before the request is sent again. */
const RESEND_SLACK_MS = 2_000;
/** Header, one class and the checksum: fewer lost bytes cannot have held a record of displayed values. */
const DISPLAYED_BYTES = 319;
/** First interface level whose monitors answer alarm requests (CARESCAPE). */
const ALARM_LEVEL = 10;

/** What the clinic may choose. */
export interface DriDriverOptions {
  /** Seconds between records, 1 to 60. The document promises 5; B450/B650 also serve 1. */
  readonly intervalS: number;
  /** Whether to ask CARESCAPE monitors for their alarms. */
  readonly alarms: boolean;
  /** Whether to ask for the waves of `WANTED_WAVES`. */
  readonly waves: boolean;
  /** A person said that the bare channel T1 measures the body (`devices/framing/body-temperature.ts`). */
  readonly t1IsBody: boolean;
}

interface Context {
  readonly receivedAt: Instant;
  readonly byteCount: number;
}

const CUFF_FAULT: Finding = {
  code: 'cuff-fault',
  metric: 'MDC_PRESS_BLD_NONINV_SYS',
  text: 'NIBP measurement ended without a reading',
};

/** Two missed records, and the time after which the request is repeated (ms): longer silence means that the link is lost. */
export const driMaxQuietMs = (intervalS: number): number => 2000 * intervalS + RESEND_SLACK_MS;

/** Everything that is forgotten when the line opens again. */
const newLink = () => ({
  decoder: driCodec.decoder(),
  succession: createSuccession<Context>(),
  nibp: createNibpTracker(),
  seen: new Set<MetricId>(),
  /** Bytes refused before the first record; enough of them, and it may not have been the first. */
  earlyLossBytes: 0,
  /** The monitor's time of the last record with displayed values, in s. */
  lastTimeS: null as number | null,
  alarmAsking: createAlarmAsking(),
  lateness: createMessageClock({ isWallClock: true }),
  waves: createWaveReader(),
  waveAsking: createWaveAsking(),
  unmapped: createUnmappedLatch(),
});

/** A driver for one monitor; it says nothing before `start`. */
export const createDriDriver = ({ intervalS, alarms, waves, t1IsBody }: DriDriverOptions): Driver => {
  let link = newLink();
  /** When displayed values came or were asked for; null before `start`. */
  let lastActivity: Instant | null = null;
  const conditions = createConditionLatch();
  const silence = createSilence(driMaxQuietMs(intervalS));

  const report = (source: string, findings: readonly Finding[]): DriverOutput[] =>
    conditions.update(source, findings).map((condition) => ({ type: 'condition', condition }));

  /** What was reported no longer stands; what is found again is told again. */
  const forget = (): readonly DriverOutput[] =>
    conditions.forget().map((condition) => ({ type: 'condition', condition }));

  const askForValues = (now: Instant): DriverOutput => {
    lastActivity = now;
    return {
      type: 'request',
      bytes: hostRequest(intervalS),
      purpose: `displayed values every ${intervalS} s`,
    };
  };

  const askForWaves = (now: Instant): readonly DriverOutput[] =>
    waves && link.waveAsking.isDue(now)
      ? [{ type: 'request', bytes: waveRequest(WANTED_WAVES), purpose: 'waves' }]
      : [];

  const cuffObservations = (event: NibpEvent, receipt: Receipt, gapMs: number): readonly Observation[] => {
    const nulls = (validity: AbsentValidity) =>
      NIBP_METRICS.map((metric) => absent(metric, validity, receipt));
    switch (event.type) {
      case 'started':
        return nulls('ongoing');
      case 'failed':
        return nulls('invalid');
      case 'ended':
        return nulls('unavailable');
      case 'reading': {
        const shownMs = event.isFirstSight ? FIRST_SIGHT_AGE_MS : gapMs;
        const aged = { ...receipt, ageAtReceiptMs: shownMs + (receipt.ageAtReceiptMs ?? 0) };
        const one = (metric: MetricId, cuff: CuffValue): Observation =>
          'value' in cuff ? present(metric, cuff.value, aged) : absent(metric, cuff.absent, aged);
        return [
          one('MDC_PRESS_BLD_NONINV_SYS', event.systolic),
          one('MDC_PRESS_BLD_NONINV_DIA', event.diastolic),
          one('MDC_PRESS_BLD_NONINV_MEAN', event.mean),
          ...(event.pulse === null ? [] : [present('MDC_PULS_RATE_NON_INV', event.pulse, aged)]),
        ];
      }
      default:
        return event satisfies never;
    }
  };

  /** How old a reading may be that this record shows and the last one did not. */
  const gapMsTo = (timeS: number): number => {
    const gapMs = link.lastTimeS === null ? FIRST_SIGHT_AGE_MS : (timeS - link.lastTimeS) * 1000;
    return gapMs < 0 ? FIRST_SIGHT_AGE_MS : Math.min(gapMs, FIRST_SIGHT_AGE_MS);
  };

  const displayed = (
    subrecord: BasicSubrecord,
    { level, timeS: sentS }: PhysiologicalRecord['header'],
    receivedAt: Instant,
  ): readonly DriverOutput[] => {
    const late = link.lateness.next(sentS * 1000, receivedAt);
    const waitedMs = Math.max(0, sentS - subrecord.timeS) * 1000;
    const receipt: Receipt = {
      receivedAt,
      deviceTime: epochMs(subrecord.timeS * 1000),
      ageAtReceiptMs: waitedMs + (late.isOlder ? 0 : late.ms),
    };
    const gapMs = gapMsTo(subrecord.timeS);
    link.lastTimeS = subrecord.timeS;
    const outputs: DriverOutput[] = observeContinuous(
      subrecord.basic,
      level,
      receipt,
      t1IsBody,
      link.seen,
    ).map((observation) => ({ type: 'observation', observation }));
    const isFirstTrusted = link.earlyLossBytes < DISPLAYED_BYTES;
    for (const event of link.nibp.next(subrecord.basic.nibp, { isFirstTrusted, gapMs })) {
      for (const observation of cuffObservations(event, receipt, gapMs)) {
        outputs.push({ type: 'observation', observation });
      }
      if (event.type === 'failed') outputs.push(...report('cuff', [CUFF_FAULT]));
      if (event.type === 'reading') outputs.push(...report('cuff', []));
    }
    outputs.push(...report('groups', groupFindings(subrecord.basic)));
    for (const [id, value] of otherTemperatures(subrecord.basic, t1IsBody))
      outputs.push(...link.unmapped.tell(id, value));
    return outputs;
  };

  const judged = ({ accepted, refused }: Verdict<Context>): readonly DriverOutput[] => {
    const outputs: DriverOutput[] = refused.map(({ candidate, detail }) => ({
      type: 'rejected',
      reason: 'range',
      detail,
      byteCount: candidate.context.byteCount,
    }));
    for (const { record, context } of accepted) {
      outputs.push({ type: 'frame', byteCount: context.byteCount });
      silence.heard(context.receivedAt);
      for (const subrecord of record.subrecords) {
        if (subrecord.type !== 1 || subrecord.class !== 0) continue;
        link.waves.displayed({ header: record.header, basic: subrecord.basic, at: context.receivedAt });
        outputs.push(...displayed(subrecord, record.header, context.receivedAt));
      }
      if (alarms && record.header.level >= ALARM_LEVEL && link.alarmAsking.isDue(context.receivedAt)) {
        outputs.push({
          type: 'request',
          bytes: alarmRequest(),
          purpose: "the monitor's alarms at every change",
        });
      }
      outputs.push(...askForWaves(context.receivedAt));
    }
    return outputs;
  };

  const take = (decoded: Decoded<DriMessage>, now: Instant): readonly DriverOutput[] => {
    const { byteCount } = decoded;
    if (!decoded.ok) {
      const { reason, detail } = decoded;
      if (reason !== 'noise') {
        link.succession.noteOther('refused');
        link.alarmAsking.lost();
      }
      link.waves.refused(now);
      if (link.lastTimeS === null) link.earlyLossBytes += byteCount;
      return [{ type: 'rejected', reason, detail, byteCount }];
    }
    const { message } = decoded;
    switch (message.kind) {
      case 'physiological': {
        const candidate: Candidate<Context> = {
          record: message,
          monoMs: now.mono,
          context: { receivedAt: now, byteCount },
        };
        const verdict = link.succession.offer(candidate);
        if (verdict.accepted.length > 0) lastActivity = now;
        return judged(verdict);
      }
      case 'wave': {
        const taken = link.waves.take(message, now);
        link.succession.noteOther(typeof taken === 'string' ? 'refused' : 'other');
        if (typeof taken === 'string') {
          link.waves.refused(now);
          return [{ type: 'rejected', reason: 'range', detail: taken, byteCount }];
        }
        link.waveAsking.came(now);
        silence.heard(now);
        return [{ type: 'frame', byteCount }, ...taken];
      }
      case 'alarm':
        link.succession.noteOther('other');
        silence.heard(now);
        link.alarmAsking.came();
        return [{ type: 'frame', byteCount }, ...report('alarms', alarmFindings(message.status))];
      default:
        // Our own words coming back say nothing about a monitor.
        return [
          {
            type: 'rejected',
            reason: 'syntax',
            detail: 'a host request: is the line looped back?',
            byteCount,
          },
        ];
    }
  };

  return {
    start(now) {
      link = newLink();
      return [...forget(), askForValues(now)];
    },
    receive: (chunk, now) => link.decoder.push(chunk).flatMap((decoded) => take(decoded, now)),
    tick(now) {
      if (lastActivity === null) return [];
      const gone = silence.hasBegun(now) ? forget() : [];
      if (elapsedMs(lastActivity, now) < driMaxQuietMs(intervalS)) return gone;
      // A monitor that was restarted has forgotten every request, also the one for alarms.
      link.alarmAsking.forget();
      return [...gone, askForValues(now)];
    },
    end(now) {
      const outputs = link.decoder.end().flatMap((decoded) => take(decoded, now));
      return [...outputs, ...judged(link.succession.end())];
    },
  };
};
