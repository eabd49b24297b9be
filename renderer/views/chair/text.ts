/** The words of the Chair screen. */
import type { NoteKind } from '../../../core/session/events.ts';
import type { StepId } from '../../view-model/phase.ts';

export const TEXT = {
  waiting: 'Waiting for the station…',
  noChair: 'There is no such chair.',
  back: 'Back to the room',
  noSession: 'No session',
  openSession: 'Open session',
  alarmsUnknown: 'Alarms not known',
  lastKnown: 'last known',
  noAlarms: 'No alarms on this chair',
  alarms: 'Alarms',
  acknowledge: 'Acknowledge',
  limits: 'Limits',
  notApproved: 'Limits: not approved',
  more: 'End early…',
  cancelSession: 'Cancel session',
  abortSession: 'Abort session',
  note: 'Note / event',
  timeline: 'Events',
  noEvents: 'Nothing has been recorded yet.',
  eventsFailed: 'The record so far could not be read. It is tried again with the next connection.',
  nextCuff: 'Next NIBP in',
  cuffOverdue: 'NIBP overdue by',
  cuffMeasuring: 'NIBP measuring…',
  cuffNotPlanned: 'No NIBP reading planned',
  pressOnMonitor: 'Press NIBP on the monitor',
  startCuff: 'Start NIBP on the monitor',
  every: 'every',
  change: 'Change',
  extendRecovery: 'Extend recovery',
  correct: 'Correct',
  baseline: 'Baseline',
  rightMonitor: 'Right monitor…',
  notWatched: 'NOT WATCHED',
  begunWithout: 'The infusion was begun without it.',
};

export const STEP_LABELS: Readonly<Record<StepId, string>> = {
  'start-baseline': 'Start baseline',
  'start-infusion': 'Start infusion',
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop infusion',
  discharge: 'Discharge',
};

/** Steps that cannot be taken back are asked for once more. */
export const CONFIRM_STEPS: Readonly<Partial<Record<StepId, { title: string; help: string }>>> = {
  stop: {
    title: 'Stop the infusion?',
    help: 'Recovery starts now and is counted from this moment. The infusion cannot be resumed in this session.',
  },
  discharge: {
    title: 'Discharge the patient?',
    help: 'The session is closed and records no more vital signs.',
  },
};

export const DIALOG = {
  reasonTitle: 'A reason is needed',
  reason: 'Reason (goes into the record)',
  goOn: 'Go on',
  cancelTitle: 'Cancel this session?',
  cancelHelp: 'No drug was given. The session is closed.',
  abortTitle: 'Abort this session?',
  abortHelp:
    'The session ends early, after the drug had started. Make sure that the infusion pump is stopped.',
  openTitle: 'Open a session',
  protocol: 'Protocol',
  notApproved: 'not approved',
  noProtocol: 'No protocol',
  indication: 'Indication',
  infusionMinutes: 'Planned infusion (min)',
  recoveryMinutes: 'Planned recovery (min, at least 15)',
  missing: 'Still missing',
  missingPatient: 'Patient',
  missingAlarms: 'Bedside monitor alarms',
  alarmsQuestion: 'Are the alarms of the bedside monitor ON?',
  alarmsYes: 'Yes, checked',
  alarmsNo: 'No, or not known',
  alarmsWarning:
    'Switch the alarms of the bedside monitor on first. Chairside is a secondary display and does not replace them.',
  alarmsNoteYes: 'Bedside monitor alarms checked: ON.',
  alarmsNoteNo: 'Bedside monitor alarms checked: OFF or not known.',
  noteTitle: 'Add a note or an event',
  correctTitle: 'Correct a note',
  correctHelp: 'The old entry stays in the record; this one names it.',
  noteText: 'Text',
  noteAdd: 'Add to the record',
  oneTap: 'One tap',
  intervalTitle: 'Time between cuff readings',
  intervalLabel: 'Minutes',
  intervalSave: 'Set the interval',
  extendTitle: 'Extend recovery',
  monitorTitle: 'Is this the right monitor?',
  monitorHelp:
    'Look at the monitor and at the patient: do its sensors sit on this patient? Your name goes into the record.',
  monitorConfirm: 'It is the right monitor',
  extendLabel: 'Planned recovery in all (min)',
};

export const INDICATIONS = [
  'Depression',
  'PTSD',
  'Migraine',
  'Chronic pain / CRPS',
  'Fibromyalgia',
  'Other',
] as const;

/** Entries that are made with one tap: the effects the clinic's own patient information lists, and some events. */
export const ONE_TAP: readonly { readonly kind: NoteKind; readonly text: string }[] = [
  { kind: 'side-effect', text: 'Nausea' },
  { kind: 'side-effect', text: 'Drowsiness' },
  { kind: 'side-effect', text: 'Vivid dreams' },
  { kind: 'side-effect', text: 'Mood swings' },
  { kind: 'side-effect', text: 'Agitation' },
  { kind: 'side-effect', text: 'Dissociation' },
  { kind: 'side-effect', text: 'Dizziness' },
  { kind: 'side-effect', text: 'Headache' },
  { kind: 'side-effect', text: 'Anxiety' },
  { kind: 'position-change', text: 'Patient moved' },
  { kind: 'artefact', text: 'Cuff arm moved' },
  { kind: 'artefact', text: 'Probe repositioned' },
];
