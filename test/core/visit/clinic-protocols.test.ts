import { describe, expect, it } from 'vitest';
import { type ClinicProtocol, clinicProtocol } from '../../../core/visit/clinic-protocols.ts';
import { CHRONIC_PAIN, DEPRESSION } from '../../../core/visit/protocols.ts';
import { MINUTE } from './make.ts';

const draft = (part: Partial<ClinicProtocol> = {}): ClinicProtocol => ({
  id: 'our-depression',
  name: 'Depression, 60 min',
  version: 3,
  basedOn: 'depression',
  bounds: {},
  cuffMinutes: {},
  askMinutes: {},
  leaveOut: [],
  confirm: [],
  ...part,
});
const made = (part: Partial<ClinicProtocol> = {}) => {
  const outcome = clinicProtocol(draft(part));
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.protocol;
};

describe("a protocol of the clinic's own", () => {
  it('is the one it is based on but for its name and version', () => {
    expect(made()).toEqual({ ...DEPRESSION, id: 'our-depression', name: 'Depression, 60 min', version: 3 });
  });

  it('changes what it names and nothing else', () => {
    const protocol = made({
      infusionMinutes: 60,
      doseMgPerKg: 0.75,
      bounds: { doseMgPerKg: { softHigh: 0.8 }, doseMg: { hardLow: null } },
      recoveryMinutes: { minimum: 30, planned: 60 },
      cuffMinutes: { infusing: 10 },
      askMinutes: { 'moaa-s': 10 },
      leaveOut: ['bell'],
      confirm: [{ id: 'shoes', label: 'Shoes off', hard: false }],
    });
    expect(protocol.plannedInfusionMs).toBe(60 * MINUTE);
    expect(protocol.dosing).toMatchObject({ defaultMgPerKg: 0.75, defaultConcentrationMgPerMl: 1 });
    const { bands } = DEPRESSION.doseLimits;
    expect(protocol.doseLimits.bands).toEqual({
      ...bands,
      doseMgPerKg: { ...bands.doseMgPerKg, softHigh: 0.8 },
      doseMg: { ...bands.doseMg, hardLow: null },
    });
    expect(protocol.recovery).toEqual({ minimumMs: 30 * MINUTE, plannedMs: 60 * MINUTE });
    expect(protocol.cuff.infusing).toEqual([{ untilMs: null, intervalMs: 10 * MINUTE }]);
    expect(protocol.cuff.recovery).toEqual(DEPRESSION.cuff.recovery);
    expect(protocol.observations.find(({ scale }) => scale === 'moaa-s')?.everyMs).toBe(10 * MINUTE);
    const ids = protocol.checklist.map(({ id }) => id);
    expect([ids.includes('bell'), ids.at(-1)]).toEqual([false, 'shoes']);
    expect(CHRONIC_PAIN.cuff.infusing).toHaveLength(3);
  });

  it.each<[string, Partial<ClinicProtocol>, readonly (string | number)[], RegExp]>([
    ['is based on nothing known', { basedOn: 'sleep' }, ['basedOn'], /no protocol "sleep"/],
    ['has a name of the product', { id: 'ptsd' }, ['id'], /is a protocol of the product/],
    ['leaves out the driver', { leaveOut: ['bell', 'driver'] }, ['leaveOut', 1], /cannot be left out/],
    ['leaves out what is not there', { leaveOut: ['hat'] }, ['leaveOut', 0], /no item "hat"/],
    [
      'has bounds that cross',
      { bounds: { doseMgPerKg: { softHigh: 2 } } },
      ['bounds', 'doseMgPerKg'],
      /must rise/,
    ],
    [
      'plans less than its minimum',
      { recoveryMinutes: { minimum: 30, planned: 20 } },
      ['recoveryMinutes', 'planned'],
      /shorter than the minimum/,
    ],
    [
      'asks twice under one name',
      { confirm: [{ id: 'bell', label: 'Bell', hard: false }] },
      ['confirm', 0, 'id'],
      /already/,
    ],
    [
      'asks for pain where none is treated',
      { askMinutes: { pain: 10 } },
      ['askMinutes', 'pain'],
      /does not ask/,
    ],
    [
      'doses a nasal spray by weight',
      { basedOn: 'esketamine', doseMgPerKg: 1 },
      ['doseMgPerKg'],
      /whole devices/,
    ],
  ])('is refused where it %s', (_, part, path, message) => {
    expect(clinicProtocol(draft(part))).toMatchObject({
      ok: false,
      path,
      message: expect.stringMatching(message),
    });
  });
});
