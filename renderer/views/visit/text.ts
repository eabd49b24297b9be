/** The words of the visit's panels. */
import type { Centre } from '../../view-model/visit.ts';

export const CENTRE_LABELS: Readonly<Record<Centre, string>> = {
  trend: 'Trend',
  checklist: 'Checklist',
  dose: 'Dose',
  observe: 'Observe',
  discharge: 'Discharge',
};

export const TEXT = {
  noProtocol: 'This session has no protocol: there is no list to go through.',
  allDone: 'Everything is in order.',
  open: 'open',
  confirm: 'Confirm',
  save: 'Save',
  takeBack: 'Take back',
  exception: 'Not in order…',
  exceptionTitle: 'Go on without it?',
  exceptionHelp: 'The item stays in the record as not in order, with this reason.',
  reason: 'Reason (goes into the record)',
  physician: 'Physician who agrees',
  second: 'Second person who agrees',
  theirSecret: 'Their PIN or password',
  agree: 'Agrees',
  hard: 'needs a physician',
  computed: 'worked out',
  ago: 'ago',
  timeOf: 'or at (time of day)',
  startHeld: 'What still stands against the start',
  startFree: 'Nothing stands against the start.',
  remeasure: 'Measure again in',
  remeasureNow: 'Measure again now',

  weight: 'Weight (kg)',
  dose: 'Dose',
  concentration: 'Concentration (mg/mL)',
  duration: 'Duration (min)',
  devices: 'Devices',
  planDose: 'Plan this dose',
  changePlan: 'Change the plan',
  planned: 'Planned by',
  verifyTitle: 'Second person: what does the pump say?',
  pumpRate: 'Pump rate (mL/h)',
  pumpVolume: 'Volume to be infused (mL)',
  verify: 'The pump says this',
  verified: 'Checked by',
  findings: 'Look at this first',
  setRate: 'Set this rate',
  newRate: 'New pump rate (mL/h)',
  bolus: 'Bolus (mg)',
  giveBolus: 'Bolus given',
  device: 'Device given',
  otherDrug: 'Other drug or fluid given',
  drugName: 'Name',
  amount: 'Amount',
  unit: 'Unit',
  route: 'Route',
  giveDrug: 'Given: into the record',
  given: 'Given so far',
  nothingGiven: 'Nothing else was given.',
  noDose: 'No dose is planned.',
  strike: 'Entered by mistake…',
  strikeTitle: 'Strike this entry?',
  strikeHelp: 'It stays in the record, struck through, with this reason.',

  effects: 'Side effects',
  more: 'More…',
  fewer: 'Fewer',
  ended: 'Gone',
  scales: 'Scales',
  due: 'due',
  skip: 'Not now',
  last: 'last',
  never: 'not yet',

  criteria: 'Before the patient goes',
  score: 'Score',
  sheet: 'Sheet for the patient',
  leaveEarly: 'Patient leaves early…',
  leaveTitle: 'The patient leaves before the criteria are met?',
  leaveHelp: 'The visit is closed. What was not met stays in the record.',
  moveChair: 'Move to another chair…',
  inform: 'Physician informed…',
  informed: 'Who was told',
  about: 'What about',
  renewBaseline: 'New baseline…',
  renewHelp:
    'The last readings that agree become the baseline that rises are judged against. The old one stays in the record.',
  notInRecovery: 'The criteria count from the stop of the infusion on.',
};

/** Reasons that are given with one tap. */
export const PAUSE_REASONS = [
  'Blood pressure',
  'SpO₂',
  'Side effect',
  'Patient asked',
  'IV line',
  'Toilet',
] as const;
export const RATE_REASONS = ['Blood pressure', 'Side effect', 'Patient asked', 'More effect wanted'] as const;

/**
 * What is often given beside the infusion: names, units and routes for the record. Never a recommendation, and no
 * amounts: those are the prescriber's.
 */
export const OTHER_DRUGS = [
  { name: 'Ondansetron', unit: 'mg', route: 'IV' },
  { name: 'Midazolam', unit: 'mg', route: 'IV' },
  { name: 'Labetalol', unit: 'mg', route: 'IV' },
  { name: 'Hydralazine', unit: 'mg', route: 'IV' },
  { name: 'Clonidine', unit: 'mg', route: 'oral' },
  { name: 'Sodium chloride 0.9 %', unit: 'mL', route: 'IV' },
  { name: 'Oxygen', unit: 'L/min', route: 'nasal' },
] as const;
