/** What the monitor's own alarms, and its manners on the line, say to a person. */
import type { Finding } from '../framing/condition-table.ts';
import { ALERT_STATE, type AlertReport } from './alerts.ts';
import { metricOfSource, type NumericRule } from './nomenclature.ts';

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');

/** Alarms and silencing, as the alert monitor lists them. Demonstrated and tested alarms are not the patient's. */
export const alertFindings = (
  { alerts, deviceState }: AlertReport,
  rules: ReadonlyMap<number, NumericRule>,
): readonly Finding[] => {
  const findings: Finding[] = [];
  for (const { source, code, state, text } of alerts) {
    if ((state & (ALERT_STATE.demo | ALERT_STATE.test)) !== 0) continue;
    const words = text === '' ? `alarm ${hex(code)} of ${hex(source)}` : text;
    const metric = metricOfSource(source, rules);
    findings.push({ code: 'monitor-alarm', metric, text: words });
    if ((state & ALERT_STATE.silenced) !== 0)
      findings.push({ code: 'alarm-silenced', metric, text: `silenced at the monitor: ${words}` });
  }
  if ((deviceState & ALERT_STATE.suspended) !== 0)
    findings.push({ code: 'alarm-silenced', metric: null, text: "the monitor's alarms are suspended" });
  if ((deviceState & ALERT_STATE.inhibited) !== 0)
    findings.push({ code: 'alarm-silenced', metric: null, text: "the monitor's alarms are switched off" });
  return findings;
};

/** A measurement that gave no reading. */
export const CUFF_FAULT: Finding = {
  code: 'cuff-fault',
  metric: 'MDC_PRESS_BLD_NONINV_SYS',
  text: 'NIBP measurement ended without a reading',
};
/** Numbers of a monitor that measures nobody. */
export const NOT_THE_PATIENT: Finding = {
  code: 'device-fault',
  metric: null,
  text: 'The monitor is in demonstration or test mode: its numbers are not taken.',
};
/** The monitor does not want to be read. */
export const REFUSED: Finding = {
  code: 'device-fault',
  metric: null,
  text: 'The monitor refuses the data connection. Is another computer connected to it?',
};
/** The monitor answers polls for values with errors. */
export const NO_NUMERICS: Finding = {
  code: 'device-fault',
  metric: null,
  text: 'The monitor is connected but refuses to send its values.',
};
