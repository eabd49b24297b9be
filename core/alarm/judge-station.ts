/**
 * Technical conditions of the room and its computer that the station tells: little room on the disk, a monitor
 * that may be another patient's, and that no window can sound. Each message says what to do.
 */
import type { Instant } from '../time.ts';
import { isAudible } from './audio.ts';
import { outranks } from './catalogue.ts';
import { isHidden } from './hidden.ts';
import { equipmentSample } from './judge-equipment.ts';
import type { Finding, Sample } from './judgement.ts';
import type { AlarmEngineState, DiskFact } from './state.ts';
import { DISK_ROOM, UNHEARD_AFTER_MS } from './timing.ts';

/** What the free space means now. A level ends only when there is clearly more room than it asks for. */
export const diskFact = (before: DiskFact | null, freeBytes: number, at: Instant): DiskFact | null => {
  const isUnder = (
    level: DiskFact['level'],
    { below, clearAbove }: { below: number; clearAbove: number },
  ) => {
    const was = level === 'low' ? before !== null : before?.level === 'very-low';
    return freeBytes < (was ? clearAbove : below);
  };
  const since = before?.since ?? at;
  if (isUnder('very-low', DISK_ROOM.veryLow)) return { freeBytes, level: 'very-low', since };
  return isUnder('low', DISK_ROOM.low) ? { freeBytes, level: 'low', since } : null;
};

/** Samples of what the station tells of itself and of whose monitors these are. */
export const stationSamples = (state: AlarmEngineState, at: Instant): readonly Sample[] => [
  ...diskSample(state),
  ...Object.entries(state.doubts).map(([monitorId, { text, since }]) =>
    equipmentSample('patient-mismatch', `patient-mismatch:${monitorId}`, true, since, 0, () => ({
      message: `${text}. Look, then confirm it or put it right`,
      // The key of `doubts`.
      monitorId: monitorId as Finding['monitorId'],
    })),
  ),
  ...unheardSample(state, at),
];

const diskSample = ({ disk }: AlarmEngineState): readonly Sample[] =>
  disk === null
    ? []
    : [
        equipmentSample('disk-low', 'disk-low', true, disk.since, 0, () => ({
          message: `${sizeWords(disk.freeBytes)} left for the record. Make room on this computer’s disk`,
          priority: disk.level === 'very-low' ? 'medium' : 'low',
        })),
      ];

/** Coarse, so that an alarm is not told anew with every byte. */
const sizeWords = (bytes: number): string =>
  bytes >= 100_000_000
    ? `${(Math.floor(bytes / 100_000_000) / 10).toFixed(1)} GB`
    : `${Math.floor(bytes / 10_000_000) * 10} MB`;

/**
 * By itself it is a danger to come; with an alarm that must be heard now it is that alarm, unheard: high
 * (the same two degrees as the desktop's own watch over its window).
 */
const unheardSample = (state: AlarmEngineState, at: Instant): readonly Sample[] => {
  const { unheard } = state;
  if (unheard === null) return [];
  const isUrgent = Object.values(state.alarms).some(
    (record) =>
      record.alarm.key !== 'no-sound' &&
      outranks(record.alarm.priority, 'low') &&
      isAudible(state, record, at) &&
      !isHidden(state, record.alarm, at),
  );
  return [
    equipmentSample('no-sound', 'no-sound', true, unheard.since, UNHEARD_AFTER_MS, () => ({
      message: `${unheard.why}. Open a window and tap into it`,
      priority: isUrgent ? 'high' : 'medium',
    })),
  ];
};
