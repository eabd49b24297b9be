/**
 * A simulated IntelliVue monitor on its MIB/RS-232 port: the connection in `intellivue/line.ts`, numerics, waves and alarms in the
 * files beside it. Silent until a host asks for the connection. Layouts follow the real capture.
 */
import {
  ATTRIBUTE,
  type Attribute,
  attributeWith,
  buildAbsoluteTime,
  OBJECT_CLASS,
  TICKS_PER_MS,
} from '../devices/intellivue/codec.ts';
import { createAlertSource } from './intellivue/alerts.ts';
import { createMonitorLine } from './intellivue/line.ts';
import { numericsOf } from './intellivue/numerics.ts';
import { createWaveSource } from './intellivue/waves.ts';
import type { Patient } from './patient.ts';
import type { DeviceSimulator, SimulatorOptions, SimulatorProfile } from './simulator.ts';

/** A monitor that is just switched on has been counting for a few seconds (as in the capture: never from 0). */
const BOOT_TICKS = 40_000;
const OPERATING = 0x4000;

const latin1 = (text: string): readonly number[] => [...text].map((character) => character.charCodeAt(0));

/** Manufacturer and model, each with its length, even and with a closing NUL. */
const modelBytes = (words: readonly string[]): readonly number[] =>
  words.flatMap((word) => {
    const bytes = [...latin1(word), 0];
    if (bytes.length % 2 === 1) bytes.push(0);
    return [bytes.length >> 8, bytes.length & 0xff, ...bytes];
  });

const createSimulator = (patient: Patient, { startEpochMs }: SimulatorOptions): DeviceSimulator => {
  const waves = createWaveSource();
  const alerts = createAlertSource();

  const epochOf = (elapsedMs: number): number => startEpochMs + elapsedMs;
  const ticks = (elapsedMs: number): number => (BOOT_TICKS + Math.round(elapsedMs * TICKS_PER_MS)) % 2 ** 32;
  const describe = (elapsedMs: number): readonly Attribute[] => [
    attributeWith.bytes(ATTRIBUTE.systemId, [0, 6, 0x00, 0x09, 0xfb, 0x00, 0x00, 0x01]),
    attributeWith.bytes(ATTRIBUTE.model, modelBytes(['Philips', 'M8000'])),
    attributeWith.u16(ATTRIBUTE.operatingMode, OPERATING),
    attributeWith.bytes(ATTRIBUTE.absoluteTime, buildAbsoluteTime(epochOf(elapsedMs))),
    // The bedside clock shows whole seconds: relative time is given for the second that it shows.
    attributeWith.u32(ATTRIBUTE.relativeTime, ticks(elapsedMs - (epochOf(elapsedMs) % 1000))),
  ];

  const line = createMonitorLine({
    ticks,
    describe,
    poll: (objectClass, elapsedMs, isFirst) => {
      switch (objectClass) {
        case OBJECT_CLASS.numerics:
          return numericsOf(patient.stateAt(elapsedMs), epochOf, isFirst);
        case OBJECT_CLASS.waves:
          return waves.next(patient.stateAt(elapsedMs), isFirst);
        case OBJECT_CLASS.alerts:
          return alerts.next(patient.stateAt(elapsedMs));
        case OBJECT_CLASS.mds:
          return [{ context: 0, objects: [{ handle: 0, attributes: describe(elapsedMs) }] }];
        default:
          return null;
      }
    },
  });

  return {
    advanceTo: (elapsedMs) => line.advanceTo(elapsedMs),
    receive(bytes) {
      line.receive(bytes);
      return new Uint8Array();
    },
  };
};

/** The family's simulator. */
export const intellivueSimulator: SimulatorProfile = {
  profileId: 'intellivue',
  says: ['battery-low', 'alarm-text'],
  create: createSimulator,
};
