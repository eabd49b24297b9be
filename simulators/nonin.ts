/**
 * A simulated Nonin oximeter. As a bedside monitor it is an OEM III on format 2: a packet of 25 frames three times a second.
 * It can also be made with any of the other formats, as units that are set to them send them. It hears nothing.
 */
import { type NoninMessage, noninCodec } from '../devices/nonin/codec.ts';
import { createPacketSource, format8Of, lineOf, spotCheckOf } from './nonin-messages.ts';
import type { Patient } from './patient.ts';
import type { DeviceSimulator, SimulatorProfile } from './simulator.ts';

/** What a unit is set to. */
export type SimulatedFormat = 'ascii' | 2 | 7 | 8 | 13;

const SECOND_MS = 1000;
/** A fingertip unit sends when it has measured; here somebody measures so often. */
const SPOT_MS = 10_000;

export const noninSimulator: SimulatorProfile = {
  profileId: 'nonin',
  create: (patient) => createNonin(patient, 2),
};

/** A unit that sends this format. */
export const createNonin = (patient: Patient, format: SimulatedFormat): DeviceSimulator => {
  const packets = createPacketSource(format === 7 ? 7 : 2);
  const codec = noninCodec('auto');
  const isPackets = format === 2 || format === 7;
  let sentCount = 0;

  /** When message number `count` is sent; packets come at thirds of a second. */
  const dueMs = (count: number): number => {
    if (isPackets) return ((count + 1) * SECOND_MS) / 3;
    return (count + 1) * (format === 13 ? SPOT_MS : SECOND_MS);
  };
  const messageAt = (atMs: number): NoninMessage => {
    const { oximeter } = patient.stateAt(atMs);
    if (isPackets) return packets(oximeter);
    if (format === 8) return format8Of(oximeter);
    return format === 13 ? spotCheckOf(oximeter) : lineOf(oximeter);
  };

  return {
    advanceTo(elapsedMs) {
      const sent: Uint8Array[] = [];
      for (; dueMs(sentCount) <= elapsedMs; sentCount += 1)
        sent.push(codec.encode(messageAt(dueMs(sentCount))));
      return new Uint8Array(Buffer.concat(sent));
    },
    receive: () => new Uint8Array(0),
  };
};
