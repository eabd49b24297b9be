/** EXC and ALARM bits as conditions, reported when they come and when they go. */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import type { DeviceConditionCode } from '../../core/observation/device-report.ts';
import type { DriverOutput } from '../device.ts';
import { ALARM, EXC, type MasimoLine } from './message.ts';

interface BitMeaning {
  readonly word: 'exceptions' | 'alarm';
  readonly bit: number;
  readonly code: DeviceConditionCode;
  readonly metric: MetricId | null;
  readonly text: string;
}

const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const PULSE = 'MDC_PULS_OXIM_PULS_RATE';

const exception = (bit: number, code: DeviceConditionCode, text: string): BitMeaning => ({
  word: 'exceptions',
  bit,
  code,
  metric: SPO2,
  text,
});
const alarm = (
  bit: number,
  code: DeviceConditionCode,
  metric: MetricId | null,
  text: string,
): BitMeaning => ({
  word: 'alarm',
  bit,
  code,
  metric,
  text,
});

/** Sensor states stand at the SpO2, from which the pulse rate comes too. 100, 200 are reserved, 800 is "all is well". */
const MEANINGS: readonly BitMeaning[] = [
  exception(EXC.noSensor, 'sensor-disconnected', 'no sensor'),
  exception(EXC.defectiveSensor, 'sensor-faulty', 'defective sensor'),
  exception(EXC.lowPerfusion, 'low-perfusion', 'low perfusion'),
  exception(EXC.pulseSearch, 'pulse-search', 'pulse search'),
  exception(EXC.interference, 'signal-questionable', 'interference'),
  exception(EXC.sensorOff, 'sensor-off', 'sensor off patient'),
  exception(EXC.ambientLight, 'signal-questionable', 'ambient light'),
  exception(EXC.unrecognisedSensor, 'sensor-faulty', 'unrecognised sensor'),
  exception(EXC.lowSignalIq, 'signal-questionable', 'low signal IQ'),
  alarm(ALARM.spo2High, 'monitor-alarm', SPO2, 'SpO2 high'),
  alarm(ALARM.spo2Low, 'monitor-alarm', SPO2, 'SpO2 low'),
  alarm(ALARM.pulseHigh, 'monitor-alarm', PULSE, 'pulse rate high'),
  alarm(ALARM.pulseLow, 'monitor-alarm', PULSE, 'pulse rate low'),
  alarm(ALARM.sounding, 'monitor-alarm', null, 'alarm active'),
  alarm(ALARM.silenced, 'alarm-silenced', null, 'alarm silenced'),
];

type Condition = Pick<BitMeaning, 'code' | 'metric' | 'text'>;

export interface ConditionTracker {
  /** The status of one accepted line; conditions that went come before those that came. */
  update(line: MasimoLine): readonly DriverOutput[];
  /** The link was lost: everything has gone, so that what is found again is told again. */
  forget(): readonly DriverOutput[];
}

/** Bits with one meaning for one metric are one condition with all their texts. */
export const createConditionTracker = (): ConditionTracker => {
  let current: ReadonlyMap<string, Condition> = new Map();
  return {
    update(line) {
      const next = new Map<string, Condition>();
      for (const { word, bit, code, metric, text } of MEANINGS) {
        if ((line[word] & bit) === 0) continue;
        const key = `${code} ${metric}`;
        const earlier = next.get(key);
        next.set(key, { code, metric, text: earlier === undefined ? text : `${earlier.text}, ${text}` });
      }
      // An alarm in other words is another alarm: the one before is over.
      const gone = [...current].filter(([key, { code, text }]) => {
        const now = next.get(key);
        return now === undefined || (code === 'monitor-alarm' && now.text !== text);
      });
      const come = [...next].filter(([key, { text }]) => current.get(key)?.text !== text);
      current = next;
      return [
        ...gone.map(
          ([, condition]) => ({ type: 'condition', condition: { ...condition, present: false } }) as const,
        ),
        ...come.map(
          ([, condition]) => ({ type: 'condition', condition: { ...condition, present: true } }) as const,
        ),
      ];
    },
    forget() {
      const gone = [...current.values()];
      current = new Map();
      return gone.map(
        (condition) => ({ type: 'condition', condition: { ...condition, present: false } }) as const,
      );
    },
  };
};
