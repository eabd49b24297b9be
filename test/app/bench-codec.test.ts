import { describe, expect, it } from 'vitest';
import { benchCodec } from '../../app/bench/codec.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { findSimulator } from '../../simulators/index.ts';

const pairs = DEVICE_PROFILES.flatMap((profile) => {
  const simulator = findSimulator(profile.id);
  return simulator === null ? [] : [{ profile, simulator }];
});

describe('bench codec', () => {
  const { families } = benchCodec({ pairs, simulatedS: 60, leastCpuMs: 1, cpuMs: () => performance.now() });

  it('has a row for every family, and every one of them understood its monitor', () => {
    expect(families.map(({ device }) => device)).toEqual(DEVICE_PROFILES.map(({ id }) => id));
    for (const row of families) {
      expect(row.observationsPerHour, row.device).toBeGreaterThan(60);
      expect(row.framesPerHour, row.device).toBeGreaterThan(60);
      expect(row.bytesPerHour.fromMonitor, row.device).toBeGreaterThan(row.framesPerHour);
      expect([row.mbPerS, row.observationsPerS, row.cpuMsPerHour].every((figure) => figure > 0)).toBe(true);
    }
  });

  it('counts what is sent to monitors that are asked, and nothing for those that only talk', () => {
    const toMonitor = new Map(families.map(({ device, bytesPerHour }) => [device, bytesPerHour.toMonitor]));
    for (const { profile } of pairs) {
      if (profile.transmits.length === 0) expect(toMonitor.get(profile.id), profile.id).toBe(0);
    }
    expect(toMonitor.get('ge-dinamap')).toBeGreaterThan(0);
  });
});
