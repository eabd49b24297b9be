/** Messages of tests, in and out of their MLLP frame. */

import type { Driver, DriverOutput } from '../../../devices/device.ts';
import { hl7Oru } from '../../../devices/hl7-oru/index.ts';
import { resolveOptions } from '../../../station/driver-options.ts';
import { at, bytesOf, observationsIn, told } from '../drive.ts';

export const framed = (text: string): Uint8Array => bytesOf(`\x0b${text}\x1c\r`);
/** A driver to which a person said that MDC_TEMP is the temperature of the body. */
export const newDriver = (bed = ''): Driver =>
  hl7Oru.createDriver(resolveOptions(hl7Oru, { bed, tempIsBody: true }));

/** What the driver asks to be written, as text. */
export const answersIn = (outputs: readonly DriverOutput[]): readonly string[] =>
  outputs.flatMap((output) =>
    output.type === 'request' ? [Buffer.from(output.bytes).toString('latin1')] : [],
  );

/** Observations as `metric value validity time age`. */
export const toldWithAge = (outputs: readonly DriverOutput[]): readonly string[] =>
  observationsIn(outputs).map((observation) => `${told(observation)} ${observation.ageAtReceiptMs}`);

interface MessageParts {
  /** `HHMMSS` of MSH-7 and OBR-7, on 2026-01-01. */
  readonly time: string;
  readonly id: string;
  readonly bed?: string;
  readonly patient?: string;
  /** MSH-3. */
  readonly sender?: string;
  readonly rows: readonly string[];
}

/** A whole message in its frame. */
export const messageOf = ({
  time,
  id,
  bed = '1',
  patient = '',
  sender = 'SIM',
  rows,
}: MessageParts): Uint8Array =>
  framed(
    [
      `MSH|^~\\&|${sender}|SITE|||20260101${time}||ORU^R01^ORU_R01|${id}|P|2.6`,
      `PID|||${patient}`,
      `PV1||I|${bed}`,
      `OBR|1||||||20260101${time}`,
      ...rows,
      '',
    ].join('\r'),
  );

export const spo2 = (value: number | string): string =>
  `OBX|1|NM|150456^MDC_PULS_OXIM_SAT_O2^MDC|1.3.1.150456|${value}|262688^MDC_DIM_PERCENT^MDC|||||R`;

/** Systolic and diastolic with a time (`HHMMSS`), or without one; `null`: the measurement gave nothing. */
export const cuff = (values: readonly [number, number] | null, time = ''): readonly string[] => {
  const stamp = time === '' ? '' : `20260101${time}`;
  return (['SYS', 'DIA'] as const).map((name, index) => {
    const value = values?.[index] ?? '';
    const status = values === null ? 'X' : 'R';
    return `OBX|2|NM|${150_301 + index}^MDC_PRESS_CUFF_${name}^MDC|1.1.9|${value}|266016^MDC_DIM_MMHG^MDC|||||${status}|||${stamp}`;
  });
};

/** Feeds messages at their times (ms); what the driver says to each. */
export const feed = (
  driver: Driver,
  messages: readonly (readonly [atMs: number, bytes: Uint8Array])[],
): readonly (readonly DriverOutput[])[] => messages.map(([ms, bytes]) => driver.receive(bytes, at(ms)));
