/**
 * What speaks against a dose: beyond a bound of the protocol, or wrong by a factor that a known slip explains
 * (pounds taken for kilograms, a tenfold concentration or dose, mg for mg/kg). Nothing is corrected by itself and
 * nothing blocks: a soft finding wants a reason, a hard one also a physician's name. Our choice after published
 * practice; a physician must approve the bounds (docs/visit.md).
 */
import { type Band, DOSE_QUANTITIES, type DoseLimits, type DoseQuantity, QUANTITY_WORDS } from './limits.ts';
import type { DosePlan, InfusionPlan, NasalPlan, OrderedDose } from './plan.ts';
import {
  drugRatePerWeight,
  type Kilograms,
  type Milligrams,
  type MlPerHour,
  POUNDS_PER_KG,
} from './units.ts';

export interface DoseFinding {
  /** `second-look`: a slip would explain the number; wants a reason like `soft`, and is shown first. */
  readonly level: 'soft' | 'hard' | 'second-look';
  /** Stable name, e.g. `doseMgPerKg-hard-high` or `weight-in-pounds`. */
  readonly code: string;
  readonly text: string;
}

/** What else is known. */
export interface DoseContext {
  /** The weight at the last visit; null: unknown. */
  readonly previousWeightKg: number | null;
  /** How the dose was ordered; null: not known any more. */
  readonly ordered: OrderedDose | null;
}

const NO_CONTEXT: DoseContext = { previousWeightKg: null, ordered: null };

/** Everything that speaks against this plan; second looks first, then hard, then soft. */
export const planFindings = (
  plan: DosePlan,
  limits: DoseLimits,
  context: DoseContext = NO_CONTEXT,
): readonly DoseFinding[] => {
  const values: Readonly<Partial<Record<DoseQuantity, number>>> =
    plan.kind === 'nasal'
      ? { weightKg: plan.weightKg, doseMg: plan.doseMg }
      : {
          weightKg: plan.weightKg,
          doseMgPerKg: plan.doseMgPerKg,
          doseMg: plan.doseMg,
          rateMgPerKgPerH: plan.rateMgPerKgPerH,
          rateMlPerH: plan.rateMlPerH,
          concentrationMgPerMl: plan.concentrationMgPerMl,
          durationMin: plan.durationMs / 60_000,
        };
  const slips = [
    ...weightSlips(plan.weightKg, context),
    ...(plan.kind === 'infusion' ? infusionSlips(plan, limits, context) : []),
  ];
  return ordered([...slips, ...boundsOf(values, limits)]);
};

/** What speaks against a new rate while the drug runs. */
export const rateFindings = (
  rate: MlPerHour,
  plan: InfusionPlan,
  concentrationMgPerMl: InfusionPlan['concentrationMgPerMl'],
  limits: DoseLimits,
  inForce: MlPerHour,
): readonly DoseFinding[] => {
  const factor = rate / inForce;
  const slip: readonly DoseFinding[] =
    factor >= 5 || factor <= 0.1
      ? [
          {
            level: 'second-look',
            code: 'rate-by-factor',
            text: `${shown(rate)} mL/h is ${factor >= 1 ? `${shown(factor)} times` : `a ${shown(1 / factor)}th of`} the rate that runs (${shown(inForce)} mL/h): is the decimal point right?`,
          },
        ]
      : [];
  const rateMgPerKgPerH = drugRatePerWeight(rate, concentrationMgPerMl, plan.weightKg);
  return ordered([...slip, ...boundsOf({ rateMlPerH: rate, rateMgPerKgPerH, concentrationMgPerMl }, limits)]);
};

/**
 * What speaks against an amount at once: itself, and what it comes to with all that was given before it.
 * @param given everything given so far.
 */
export const bolusFindings = (
  mg: Milligrams,
  plan: DosePlan,
  given: Milligrams,
  limits: DoseLimits,
): readonly DoseFinding[] => {
  const { weightKg } = plan;
  const whole = given + mg;
  // Too little so far is nothing against giving more.
  const beyond = (values: Parameters<typeof boundsOf>[0]): readonly DoseFinding[] =>
    boundsOf(values, limits).filter(({ code }) => code.endsWith('-high'));
  return ordered(
    plan.kind === 'nasal'
      ? [...deviceSlips(mg, plan, whole), ...beyond({ doseMg: whole })]
      : [...beyond({ bolusMgPerKg: mg / weightKg, doseMgPerKg: whole / weightKg, doseMg: whole })],
  );
};

/** Nasal doses are whole devices, as many as were planned. */
const deviceSlips = (mg: Milligrams, plan: NasalPlan, whole: number): readonly DoseFinding[] => [
  ...(mg === plan.deviceMg
    ? []
    : [
        {
          level: 'second-look',
          code: 'not-one-device',
          text: `${shown(mg)} mg is not one device (${shown(plan.deviceMg)} mg)`,
        } as const,
      ]),
  ...(whole > plan.doseMg + EPSILON
    ? [
        {
          level: 'second-look',
          code: 'beyond-plan',
          text: `${shown(whole)} mg in all, ${shown(plan.doseMg)} mg planned`,
        } as const,
      ]
    : []),
];

/** True when a reason alone is not enough. */
export const wantsPhysician = (findings: readonly DoseFinding[]): boolean =>
  findings.some(({ level }) => level === 'hard');

const LEVELS: readonly DoseFinding['level'][] = ['second-look', 'hard', 'soft'];
const ordered = (findings: readonly DoseFinding[]): readonly DoseFinding[] =>
  [...findings].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));

const boundsOf = (
  values: Readonly<Partial<Record<DoseQuantity, number>>>,
  { bands }: DoseLimits,
): readonly DoseFinding[] =>
  DOSE_QUANTITIES.flatMap((quantity) => {
    const value = values[quantity];
    return value === undefined ? [] : outside(quantity, value, bands[quantity]);
  });

/** A number from a division is not beyond a bound by its last digit. */
const EPSILON = 1e-9;

const outside = (quantity: DoseQuantity, value: number, band: Band): readonly DoseFinding[] => {
  const { label, unit } = QUANTITY_WORDS[quantity];
  const say = (level: 'soft' | 'hard', side: 'low' | 'high', bound: number): readonly DoseFinding[] => [
    {
      level,
      code: `${quantity}-${level}-${side}`,
      text: `${label} ${shown(value)} ${unit} is ${side === 'high' ? 'above' : 'below'} ${shown(bound)} ${unit}`,
    },
  ];
  const above = (bound: number | null): bound is number => bound !== null && value > bound + EPSILON;
  const below = (bound: number | null): bound is number => bound !== null && value < bound - EPSILON;
  // Not a number is beyond every bound: it must never pass.
  if (!Number.isFinite(value)) return say('hard', 'high', band.hardHigh ?? 0);
  if (above(band.hardHigh)) return say('hard', 'high', band.hardHigh);
  if (below(band.hardLow)) return say('hard', 'low', band.hardLow);
  if (above(band.softHigh)) return say('soft', 'high', band.softHigh);
  if (below(band.softLow)) return say('soft', 'low', band.softLow);
  return [];
};

/** At most three significant digits, without trailing zeros. */
const shown = (value: number): string => String(Number(value.toPrecision(3)));

const near = (value: number, target: number, share: number): boolean =>
  Math.abs(value - target) <= share * target;

/** A weight may change by this share between visits without a word. */
const WEIGHT_CHANGE = 0.1;

const weightSlips = (weight: Kilograms, { previousWeightKg }: DoseContext): readonly DoseFinding[] => {
  if (previousWeightKg === null || near(weight, previousWeightKg, WEIGHT_CHANGE)) return [];
  const text = `Weight ${shown(weight)} kg, last visit ${shown(previousWeightKg)} kg`;
  if (near(weight, previousWeightKg * POUNDS_PER_KG, WEIGHT_CHANGE)) {
    return [
      { level: 'second-look', code: 'weight-in-pounds', text: `${text}: pounds instead of kilograms?` },
    ];
  }
  if (near(weight, previousWeightKg / POUNDS_PER_KG, WEIGHT_CHANGE)) {
    return [
      {
        level: 'second-look',
        code: 'weight-halved',
        text: `${text}: was one of them in pounds instead of kilograms?`,
      },
    ];
  }
  return [{ level: 'second-look', code: 'weight-changed', text: `${text}: weigh again` }];
};

const infusionSlips = (
  plan: InfusionPlan,
  limits: DoseLimits,
  { ordered: dose }: DoseContext,
): readonly DoseFinding[] => {
  const { doseMgPerKg, doseMg, concentrationMgPerMl } = plan;
  const { low, high } = limits.usualMgPerKg;
  const isUsual = (value: number): boolean => value >= low - EPSILON && value <= high + EPSILON;
  const found: DoseFinding[] = [];
  const look = (code: string, text: string): void => {
    found.push({ level: 'second-look', code, text });
  };
  if (!isUsual(doseMgPerKg)) {
    if (dose?.unit === 'mg' && isUsual(doseMg)) {
      look('mg-for-mg-per-kg', `${shown(doseMg)} mg in all is ${shown(doseMgPerKg)} mg/kg: was mg/kg meant?`);
    } else if (dose?.unit === 'mg/kg' && isUsual(doseMgPerKg / plan.weightKg)) {
      look('mg-per-kg-for-mg', `${shown(doseMgPerKg)} mg/kg is ${shown(doseMg)} mg in all: were mg meant?`);
    }
    if (isUsual(doseMgPerKg / 10)) {
      look(
        'dose-tenfold',
        `${shown(doseMgPerKg)} mg/kg is ten times a usual dose: is the decimal point right?`,
      );
    }
    if (isUsual(doseMgPerKg * 10)) {
      look(
        'dose-tenth',
        `${shown(doseMgPerKg)} mg/kg is a tenth of a usual dose: is the decimal point right?`,
      );
    }
  }
  const solution = limits.usualConcentration;
  const isSolution = (value: number): boolean =>
    value >= solution.low - EPSILON && value <= solution.high + EPSILON;
  if (!isSolution(concentrationMgPerMl)) {
    if (isSolution(concentrationMgPerMl / 10) || isSolution(concentrationMgPerMl * 10)) {
      look(
        'concentration-tenfold',
        `${shown(concentrationMgPerMl)} mg/mL is a factor of ten from the usual ${shown(solution.low)} to ${shown(solution.high)} mg/mL: read the bag again`,
      );
    }
  }
  return found;
};
