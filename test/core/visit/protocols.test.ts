import { describe, expect, it } from 'vitest';
import { planFindings } from '../../../core/dose/findings.ts';
import { DOSE_QUANTITIES } from '../../../core/dose/limits.ts';
import { planOf } from '../../../core/dose/plan.ts';
import { kilograms, mgPerKg, mgPerMl, milligrams } from '../../../core/dose/units.ts';
import { dischargeSheet } from '../../../core/visit/discharge-sheet.ts';
import { visitEventText } from '../../../core/visit/event-text.ts';
import { PROTOCOLS } from '../../../core/visit/protocols.ts';
import { NO_VISIT } from '../../../core/visit/visit-state.ts';
import { at, entry, events, INFUSING, toPhase, visit } from './make.ts';

describe.each(PROTOCOLS.map((protocol) => [protocol.id, protocol] as const))(
  'the protocol %s',
  (_, protocol) => {
    it('names every item once', () => {
      const ids = [...protocol.checklist, ...protocol.discharge].map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('wants the driver named before the start, and the four vitals arriving', () => {
      const hard = protocol.checklist.filter(({ hard: isHard }) => isHard).map(({ id }) => id);
      expect(hard).toEqual(
        expect.arrayContaining([
          'driver',
          'consent',
          'identity',
          'vital-hr',
          'vital-spo2',
          'vital-resp',
          'vital-bp',
        ]),
      );
    });

    it('watches at least 15 min and never plans less than the minimum', () => {
      const { minimumMs, plannedMs } = protocol.recovery;
      expect(minimumMs).toBeGreaterThanOrEqual(15 * 60_000);
      expect(plannedMs).toBeGreaterThanOrEqual(minimumMs);
    });

    it('measures the pressure at least every half an hour', () => {
      const steps = [...protocol.cuff.infusing, ...protocol.cuff.recovery];
      expect(Math.max(...steps.map(({ intervalMs }) => intervalMs))).toBeLessThanOrEqual(30 * 60_000);
      expect(protocol.cuff.infusing.at(-1)?.untilMs).toBeNull();
      expect(protocol.cuff.recovery.at(-1)?.untilMs).toBeNull();
    });

    it('has bounds in order: hard below soft below soft above hard', () => {
      for (const quantity of DOSE_QUANTITIES) {
        const { hardLow, softLow, softHigh, hardHigh } = protocol.doseLimits.bands[quantity];
        const row = [hardLow, softLow, softHigh, hardHigh].filter((bound) => bound !== null);
        expect(row).toEqual([...row].sort((a, b) => a - b));
      }
    });

    it('finds nothing against its own usual dose', () => {
      const { dosing } = protocol;
      const plan =
        dosing.kind === 'nasal'
          ? planOf({
              kind: 'nasal',
              drug: 'x',
              weightKg: kilograms(72),
              deviceMg: milligrams(dosing.deviceMg),
              devices: dosing.devices[0] ?? 0,
            })
          : planOf({
              kind: 'infusion',
              drug: 'x',
              weightKg: kilograms(72),
              dose: { unit: 'mg/kg', value: mgPerKg(dosing.defaultMgPerKg ?? 0) },
              concentrationMgPerMl: mgPerMl(dosing.defaultConcentrationMgPerMl ?? 0),
              durationMs: protocol.plannedInfusionMs,
            });
      expect(planFindings(plan, protocol.doseLimits)).toEqual([]);
    });
  },
);

describe('an old record', () => {
  it('of a visit before there were protocols folds to no visit', () => {
    const { visit: state } = visit([toPhase(1, 'intake', 'baseline')], null);
    expect(state).toEqual({ ...NO_VISIT, drugSequence: 2, drugNews: 'Intake → Baseline' });
  });
});

describe('the discharge sheet', () => {
  const driver = entry(2, {
    type: 'checklist-answered',
    itemId: 'driver',
    answer: { kind: 'fields', values: { name: 'Kim', phone: '555 0100' } },
  });

  it('forbids driving until a day after the drug ended and a night of sleep', () => {
    const session = visit([
      ...INFUSING,
      driver,
      toPhase(50, 'infusing', 'recovery'),
      toPhase(85, 'recovery', 'discharged'),
    ]);
    const sheet = dischargeSheet(session);
    expect([sheet.drugEndedAt, sheet.noDrivingBefore]).toEqual([at(50).wall, at(50 + 24 * 60).wall]);
    const words = JSON.stringify(sheet.sections);
    expect(words).toContain('Kim takes you home');
    expect(words).toContain('24 to 48 hours');
    expect(words).toContain('after a night of sleep');
  });

  it('is not final while the drug runs or is only paused: its end is not known', () => {
    const paused = [...INFUSING, toPhase(20, 'infusing', 'paused')];
    expect(dischargeSheet(visit(INFUSING)).isDrugOver).toBe(false);
    expect(dischargeSheet(visit(paused)).isDrugOver).toBe(false);
    expect(dischargeSheet(visit([...paused, toPhase(22, 'paused', 'recovery')])).isDrugOver).toBe(true);
  });

  it('of a visit without any drug forbids nothing', () => {
    expect(dischargeSheet(visit([toPhase(1, 'intake', 'cancelled')])).noDrivingBefore).toBeNull();
  });

  it('tells what was still felt', () => {
    const felt = entry(60, {
      type: 'side-effect-noted',
      kind: 'dizziness',
      severity: 'mild',
      onsetAt: at(60).wall,
      text: null,
    });
    expect(JSON.stringify(dischargeSheet(visit([...INFUSING, felt])).sections)).toContain(
      'still felt: dizziness',
    );
  });
});

describe('an entry of a visit', () => {
  it('has a line of its own in the record', () => {
    const all = events([
      ...INFUSING,
      entry(12, {
        type: 'drug-given',
        name: 'Ondansetron',
        amount: 4,
        unit: 'mg',
        route: 'IV',
        reason: 'Nausea',
      }),
    ]);
    const lines = all.flatMap(({ body }) =>
      body.type === 'dose-planned' || body.type === 'drug-given' ? [visitEventText(body)] : [],
    );
    expect(lines).toEqual([
      'Dose planned: Ketamine 36 mg (0.5 mg/kg, 72 kg): 36 mL of 1 mg/mL at 54 mL/h over 40 min',
      'Given: Ondansetron 4 mg IV (Nausea)',
    ]);
  });
});
