/** Blocks of the ANSAR-B stream, put together byte by byte without our own encoder. */
import { createIvyDriver } from '../../../devices/ivy-450c/driver.ts';
import { bytesOf } from '../drive.ts';

/** A driver to which a person said that T1 measures the body. */
export const newDriver = () => createIvyDriver({ co2: 'mmHg', temperature: 'celsius', t1IsBody: true });

/** 400 bytes among which CR, FE and FF stand too. */
export const WAVES = Uint8Array.from({ length: 400 }, (_, index) => (index * 7 + 3) & 0xff);

/** FF, the name, the waves, the lines each with CR, FE. */
export const blockOf = (lines: readonly string[], waves: Uint8Array = WAVES): Uint8Array =>
  Uint8Array.from([
    0xff,
    ...bytesOf('ANSAR-B '),
    ...waves,
    ...bytesOf(lines.map((line) => `${line}\r`).join('')),
    0xfe,
  ]);

export const REAL_LINES = [
  'HR=1;80;ECG-II-DIAG;',
  'RR=1;35;APNEA: 20 SEC;',
  'ETCO2=1;;;',
  'SPO2=1;100;PR=80 ;',
  'NIBP=4;121;75;92;80;;',
  'P1=3;111;73;88;;',
  'P2=3;;;;NO TRANSDUCER;',
  'T1=1;;;',
  'T2=1;;;',
] as const;

/** The recorded lines with some of them replaced. */
export const linesWith = (...changed: readonly string[]): readonly string[] =>
  REAL_LINES.map((line) => {
    const name = line.slice(0, line.indexOf('=') + 1);
    return changed.find((other) => other.startsWith(name)) ?? line;
  });
