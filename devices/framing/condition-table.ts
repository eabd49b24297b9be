/** Conditions told when they come and when they go. */
import type { DeviceCondition } from '../../core/observation/device-report.ts';
import type { DriverOutput } from '../device.ts';

/** A condition that is there now. */
export type Finding = Omit<DeviceCondition, 'present'>;

export interface ConditionTable {
  /** All that is found now in one place; what is no longer found there has gone. */
  update(place: string, findings: readonly Finding[]): readonly DriverOutput[];
  /** The link was lost: everything has gone, so that what is found again is told again. */
  forget(): readonly DriverOutput[];
}

/** Findings of one kind about one metric are one condition with both texts; the monitor's alarms keep their own. */
export const mergedFindings = (findings: readonly Finding[]): readonly Finding[] => {
  const byKind = new Map<string, Finding>();
  for (const finding of findings) {
    const { code, metric, text } = finding;
    const kind = code === 'monitor-alarm' ? keyOf(finding) : `${code} ${metric}`;
    const other = byKind.get(kind);
    const isRepeated = other === undefined || other.text === text;
    byKind.set(kind, isRepeated ? finding : { ...finding, text: `${other.text}, ${text}` });
  }
  return [...byKind.values()];
};

const keyOf = ({ code, metric, text }: Finding): string => `${code} ${metric} ${text}`;

/** A table in which nothing stands. Places are few and fixed: metrics and parts of the driver. */
export const createConditionTable = (): ConditionTable => {
  const standing = new Map<string, readonly Finding[]>();
  const told = (finding: Finding, present: boolean): DriverOutput => ({
    type: 'condition',
    condition: { ...finding, present },
  });
  return {
    update(place, all) {
      const findings = mergedFindings(all);
      const before = standing.get(place) ?? [];
      standing.set(place, findings);
      const now = new Set(findings.map(keyOf));
      const then = new Set(before.map(keyOf));
      return [
        ...before.filter((one) => !now.has(keyOf(one))).map((one) => told(one, false)),
        ...findings.filter((one) => !then.has(keyOf(one))).map((one) => told(one, true)),
      ];
    },
    forget() {
      const gone = [...standing.values()].flat();
      standing.clear();
      return gone.map((one) => told(one, false));
    },
  };
};
