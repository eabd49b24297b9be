/** The part of the alarm log that people wrote: pauses, ALARM OFF, AUDIO OFF, each with its end. */
import type { AlarmLogRow, ControlLogRow } from './log.ts';
import { type AlarmParameter, parameterOf } from './parameters.ts';
import type { ActiveAlarm, ControlEvent } from './types.ts';

interface ControlLog {
  take(event: ControlEvent): void;
  /** What keeps an alarm raised now from being seen or heard as it should be. */
  coverOf(alarm: Pick<ActiveAlarm, 'key' | 'conditionId' | 'metric'>): AlarmLogRow['raisedUnder'];
  rows(): readonly ControlLogRow[];
}

type Kind = ControlLogRow['kind'];

export const controlLog = (): ControlLog => {
  const rows: ControlLogRow[] = [];

  const isOpen = (row: ControlLogRow, kinds: readonly Kind[], parameter: AlarmParameter | null): boolean =>
    row.endedAt === null && kinds.includes(row.kind) && row.parameter === parameter;

  const close = (kinds: readonly Kind[], parameter: AlarmParameter | null, event: ControlEvent): void => {
    rows.forEach((row, index) => {
      if (isOpen(row, kinds, parameter)) rows[index] = { ...row, endedAt: event.at.wall, endedBy: event.by };
    });
  };

  const begin = (
    kind: Kind,
    replaced: readonly Kind[],
    parameter: AlarmParameter | null,
    event: ControlEvent & { readonly by: string },
  ): void => {
    close(replaced, parameter, event);
    rows.push({
      kind,
      parameter,
      from: event.at.wall,
      until: 'until' in event ? event.until.wall : null,
      by: event.by,
      reason: 'reason' in event ? event.reason : null,
      endedAt: null,
      endedBy: null,
    });
  };

  return {
    take: (event) => {
      switch (event.type) {
        case 'audio-paused':
        case 'audio-off':
          return begin(event.type, ['audio-paused', 'audio-off'], null, event);
        case 'audio-resumed':
          return close(['audio-paused', 'audio-off'], null, event);
        case 'alarms-paused':
          for (const parameter of event.parameters) begin('alarm-paused', ['alarm-paused'], parameter, event);
          return;
        case 'alarms-resumed':
          for (const parameter of event.parameters) close(['alarm-paused'], parameter, event);
          return;
        case 'alarm-off':
          return begin('alarm-off', ['alarm-off'], event.parameter, event);
        case 'alarm-on':
          return close(['alarm-off'], event.parameter, event);
        default:
          return event satisfies never;
      }
    },
    coverOf: (alarm) => {
      const parameter = parameterOf(alarm);
      if (parameter !== null && rows.some((row) => isOpen(row, ['alarm-paused'], parameter))) {
        return 'alarm-paused';
      }
      return rows.some((row) => isOpen(row, ['audio-off'], null)) ? 'audio-off' : null;
    },
    rows: () => rows,
  };
};
