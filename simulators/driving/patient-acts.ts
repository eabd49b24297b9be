/**
 * Driving a patient by hand: a command becomes events of the scenario that begin at the moment it is given, so that what was
 * done is itself a scenario, and plays again byte for byte. Pure: nothing before that moment is ever changed.
 */
import type { PatientAct } from '../../core/lab/commands.ts';
import { PARAMETERS, type Parameter } from '../../core/lab/parameters.ts';
import type { Truth } from '../patient.ts';
import { LONGEST_S, type Scenario, type ScenarioEvent } from '../scenario.ts';

/** A command that cannot be carried out; the message is one line for people. */
export class DrivingError extends Error {
  override readonly name = 'DrivingError';
}

const EVENT_OF: Readonly<Record<Parameter, SteeringKind>> = {
  hr: 'heart-rate',
  'nibp-sys': 'systolic',
  'nibp-dia': 'diastolic',
  spo2: 'desaturation',
  rr: 'respiratory-rate',
  perfusion: 'low-perfusion',
  etco2: 'etco2',
  temperature: 'temperature',
};
type SteeringKind =
  | 'heart-rate'
  | 'systolic'
  | 'diastolic'
  | 'desaturation'
  | 'respiratory-rate'
  | 'low-perfusion'
  | 'etco2'
  | 'temperature';

const TRUTH_OF = {
  hr: 'heartRate',
  'nibp-sys': 'systolic',
  'nibp-dia': 'diastolic',
  spo2: 'spo2',
  rr: 'respiratoryRate',
  perfusion: 'perfusionIndex',
  etco2: 'etco2MmHg',
  temperature: 'temperatureCel',
} as const satisfies Record<Parameter, keyof Truth>;

/** The value of a parameter inside the patient; null: there is none. */
export const truthOf = (truth: Truth, parameter: Parameter): number | null => truth[TRUTH_OF[parameter]];

/** Most events a scenario may have. */
const EVENTS_MAX = 1000;

/**
 * The scenario with the command in it, from `atS` on. `truth` is the patient at that moment.
 * @throws DrivingError when the patient or the schema does not allow it.
 */
export const withPatientAct = (scenario: Scenario, act: PatientAct, atS: number, truth: Truth): Scenario => {
  switch (act.do) {
    case 'set':
      requireMeasured(act.parameter, truth);
      return steered(scenario, act.parameter, inRange(act.parameter, act.to), act.over, atS);
    case 'ramp':
      return ramped(scenario, act, atS, truth);
    case 'release':
      return released(scenario, act.parameter, act.over, atS);
    case 'cuff':
      return withCuff(scenario, act.what, atS);
    case 'cuff-fails': {
      const before = closed(scenario, ['cuff-failure'], atS);
      if (act.cause === 'no') return before;
      return withEvent(before, { kind: 'cuff-failure', ...lasting(atS, act.for), cause: act.cause });
    }
    case 'probe': {
      const before = closed(scenario, ['probe-off'], atS);
      if (act.state === 'on') return before;
      return withEvent(before, { kind: 'probe-off', ...lasting(atS, act.for), how: act.state });
    }
    case 'leads':
      return switched(scenario, 'leads-off', act.state === 'off', act.for, atS);
    case 'ecg-artefact':
    case 'motion':
      return switched(scenario, act.do, act.state === 'on', act.for, atS);
    case 'apnoea':
      return switched(scenario, 'apnea', act.state === 'on', act.for, atS);
    case 'infusion':
      return withInfusion(scenario, act.mgPerKgPerH, atS);
    case 'battery':
      return switched(scenario, 'battery-low', act.state === 'low', undefined, atS);
    case 'alarm-text': {
      const before = closed(scenario, ['monitor-alarm'], atS);
      if (act.text === null) return before;
      return withEvent(before, { kind: 'monitor-alarm', ...lasting(atS), text: act.text });
    }
    default:
      return act satisfies never;
  }
};

/** A measurement started or stopped by hand, at the monitor or by the host. */
export const withCuff = (scenario: Scenario, what: 'start' | 'stop', atS: number): Scenario => {
  const { cuff } = scenario;
  const list = what === 'start' ? 'extraAtS' : 'stopAtS';
  return { ...scenario, cuff: { ...cuff, [list]: [...cuff[list], atS] } };
};

/** The infusion from a moment on; the rest of the plan is given up. */
export const withInfusion = (scenario: Scenario, mgPerKgPerH: number, atS: number): Scenario => {
  const before = scenario.infusion
    .filter((period) => period.startS < atS)
    .map((period) => ({ ...period, stopS: Math.min(period.stopS, atS) }));
  const now = mgPerKgPerH === 0 ? [] : [{ startS: atS, stopS: LONGEST_S, rateMgPerKgPerH: mgPerKgPerH }];
  return { ...scenario, infusion: [...before, ...now] };
};

/** What happens in one scenario, moved to begin at `atS` of another, whose own infusion it replaces if it has one. */
export const withScenario = (scenario: Scenario, other: Scenario, atS: number): Scenario => {
  const later = <Item extends { readonly atS: number }>(item: Item): Item => ({
    ...item,
    atS: item.atS + atS,
  });
  const played = other.events.reduce((all, event) => withEvent(all, later(event)), scenario);
  const [firstDose] = other.infusion;
  const kept = firstDose === undefined ? played : withInfusion(played, 0, atS + firstDose.startS);
  const doses = other.infusion.map((period) => ({
    ...period,
    startS: period.startS + atS,
    stopS: Math.min(LONGEST_S, period.stopS + atS),
  }));
  const { cuff } = kept;
  return {
    ...kept,
    infusion: [...kept.infusion, ...doses],
    cuff: { ...cuff, extraAtS: [...cuff.extraAtS, ...other.cuff.extraAtS.map((seconds) => seconds + atS)] },
  };
};

const inRange = (parameter: Parameter, to: number): number => {
  const { min, max, unit, label } = PARAMETERS[parameter];
  if (to >= min && to <= max) return to;
  throw new DrivingError(
    `${label} can be set to ${min} to ${max} ${unit}, not to ${Math.round(to * 100) / 100}`,
  );
};

const requireMeasured = (parameter: Parameter, truth: Truth): number => {
  const now = truthOf(truth, parameter);
  if (now === null) throw new DrivingError(`${PARAMETERS[parameter].label} is not measured in this patient`);
  return now;
};

const ramped = (
  scenario: Scenario,
  { parameter, by, over }: Extract<PatientAct, { do: 'ramp' }>,
  atS: number,
  truth: Truth,
): Scenario => {
  const to = inRange(parameter, Math.round((requireMeasured(parameter, truth) + by) * 10) / 10);
  return steered(scenario, parameter, to, over, atS);
};

const steered = (scenario: Scenario, parameter: Parameter, to: number, over: number, atS: number): Scenario =>
  withEvent(scenario, { kind: EVENT_OF[parameter], ...lasting(atS), rampS: over, recoverS: 10, to });

/** The events of these kinds that are in force end now; those to come stay. */
const closed = (
  scenario: Scenario,
  kinds: readonly ScenarioEvent['kind'][],
  atS: number,
  recoverS: number | null = null,
): Scenario => ({
  ...scenario,
  events: scenario.events.map((event) => {
    if (!kinds.includes(event.kind) || event.atS >= atS || event.atS + event.durationS <= atS) return event;
    const ended = { ...event, durationS: atS - event.atS };
    return recoverS !== null && 'recoverS' in ended ? { ...ended, recoverS } : ended;
  }),
});

const released = (scenario: Scenario, parameter: Parameter | 'all', over: number, atS: number): Scenario => {
  if (parameter === 'all') return closed(scenario, [...Object.values(EVENT_OF), 'pressure'], atS, over);
  const isPressure = parameter === 'nibp-sys' || parameter === 'nibp-dia';
  return closed(scenario, isPressure ? [EVENT_OF[parameter], 'pressure'] : [EVENT_OF[parameter]], atS, over);
};

const switched = (
  scenario: Scenario,
  kind: 'leads-off' | 'ecg-artefact' | 'motion' | 'apnea' | 'battery-low',
  isOn: boolean,
  durationS: number | undefined,
  atS: number,
): Scenario => {
  const before = closed(scenario, [kind], atS);
  return isOn ? withEvent(before, { kind, ...lasting(atS, durationS) }) : before;
};

const lasting = (atS: number, durationS?: number) => ({
  atS,
  durationS: durationS === undefined || durationS === 0 ? LONGEST_S : durationS,
});

const withEvent = (scenario: Scenario, event: ScenarioEvent): Scenario => {
  if (scenario.events.length >= EVENTS_MAX) {
    throw new DrivingError(
      `the scenario has ${EVENTS_MAX} events already: save it, and start the monitor anew`,
    );
  }
  return { ...scenario, events: [...scenario.events, event] };
};
