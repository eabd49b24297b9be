/** The cuff commands: what a person may ask for, and every form of it that may be sent. */
import type { CuffCommand, DriverOutput, Transmit } from '../device.ts';
import { exactly } from '../framing/transmit.ts';
import { COMMAND, commandBytes } from './codec.ts';

export type CuffPatient = 'adult' | 'child';

export interface CuffSettings {
  readonly patient: CuffPatient;
  /** Pressure that the cuff is first inflated to (mmHg). */
  readonly targetMmHg: number;
}

/** Values of the command for the kind of patient. Neonates are not offered: no infusion is given to them here. */
const PATIENT: Readonly<Record<CuffPatient, number>> = { adult: 1, child: 2 };
/** First pressures that the module takes (mmHg). */
export const TARGET_RANGE: Readonly<Record<CuffPatient, { readonly low: number; readonly high: number }>> = {
  adult: { low: 40, high: 300 },
  child: { low: 40, high: 210 },
};

const START = commandBytes(COMMAND.cuff, 1);
const STOP = commandBytes(COMMAND.cuff, 0);

/** Kind of patient and first pressure are sent just before each start (protocol sheet): the module may have been restarted. */
export const cuffRequests = (
  command: CuffCommand,
  { patient, targetMmHg }: CuffSettings,
): readonly DriverOutput[] => {
  const request = (bytes: Uint8Array, purpose: string): DriverOutput => ({ type: 'request', bytes, purpose });
  if (command === 'stop') return [request(STOP, 'stop the cuff')];
  const { low, high } = TARGET_RANGE[patient];
  const target = Math.min(high, Math.max(low, targetMmHg));
  return [
    request(commandBytes(COMMAND.cuffPatient, PATIENT[patient]), `cuff for: ${patient}`),
    request(commandBytes(COMMAND.cuffTarget, Math.floor(target / 2)), `first pressure ${target} mmHg`),
    request(START, 'start the cuff'),
  ];
};

const isTarget = (bytes: Uint8Array): boolean => {
  const half = bytes[4] ?? 0;
  const { low, high } = TARGET_RANGE.adult;
  return half >= low / 2 && half <= high / 2 && exactly(...commandBytes(COMMAND.cuffTarget, half))(bytes);
};

/** All that may be said about the cuff. What prepares a start counts as starting it: only a person may ask for it. */
export const CUFF_TRANSMITS: readonly Transmit[] = [
  {
    name: 'kind of patient, before the cuff is started',
    effect: 'starts-cuff',
    matches: (bytes) =>
      Object.values(PATIENT).some((value) => exactly(...commandBytes(COMMAND.cuffPatient, value))(bytes)),
  },
  { name: 'first pressure, before the cuff is started', effect: 'starts-cuff', matches: isTarget },
  { name: 'start the cuff', effect: 'starts-cuff', matches: exactly(...START) },
  { name: 'stop the cuff', effect: 'stops-cuff', matches: exactly(...STOP) },
];
