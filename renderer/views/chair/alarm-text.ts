/** The words about alarm states and limits. The five states have these names and no others. */
import type { AlarmParameter } from '../../../core/alarm/parameters.ts';

export const SIGNAL_TEXT = {
  controls: 'Alarm controls',
  alarms: 'alarms',
  audioPause: 'AUDIO PAUSE 2 min',
  audioPaused: 'AUDIO PAUSED',
  audioOff: 'AUDIO OFF',
  audioOn: 'tap: audio on',
  cancel: 'tap to cancel',
  more: 'Pause / off…',
  moving: 'Moving the',
  onHold: 'hold 3 min',
  onHoldEnd: 'tap to end',
  states: 'Paused or off',
  turnOn: 'Turn on',
  endPause: 'End pause',
  noTime: '-:--',
  dialogTitle: 'Pause or switch off alarms',
  dialogHelp:
    'ALARM PAUSED hides and silences these alarms for a short time; ALARM OFF does so until a person turns them on again. The numbers go on and are recorded.',
  on: 'on',
  pause: 'Pause 2 min',
  hold: 'On hold 3 min',
  off: 'ALARM OFF…',
  notOffNow: 'never off while the drug runs',
  sessionNeeded: 'Alarms are paused or switched off for a session: open one first.',
  offTitle: 'ALARM OFF:',
  offHelp:
    'No alarm of this kind is made until it is turned on again. The screen shows it crossed, and a reminder sounds.',
  offReason: 'Reason (goes into the record)',
  offConfirm: 'ALARM OFF',
  back: 'Go back',
  close: 'Close',
  audioOffAsk: 'AUDIO OFF…',
  audioOffTitle: 'AUDIO OFF',
  audioOffHelp:
    'No alarm of this chair sounds, not even a new one, until a person turns the sound on again. Alarms stay visible; a reminder sounds.',
  audioOffConfirm: 'AUDIO OFF',
};

/** What a nurse moves, with one tap for it. */
export const HOLDS: readonly {
  readonly parameter: AlarmParameter;
  readonly word: string;
  readonly label: string;
}[] = [
  { parameter: 'cuff', word: 'cuff', label: 'Cuff' },
  { parameter: 'oximeter-probe', word: 'probe', label: 'Probe' },
];

export const LIMITS_TEXT = {
  title: 'Alarm limits of this chair',
  version: 'version',
  preset: 'Preset',
  presets: 'Presets',
  usePreset: 'Use',
  inUse: 'in use',
  standard: 'default',
  clinic: 'this clinic’s own',
  basedOn: 'based on',
  edited: 'limits differ from the preset',
  asPreset: 'as the preset says',
  usePresetHelp: 'All limits become those of the preset; changes made for this patient are dropped.',
  parameter: 'Parameter',
  side: 'Alarm when',
  priority: 'Priority',
  delay: 'Delay',
  inForce: 'In force',
  inPreset: 'Preset',
  threshold: 'New limit',
  looser: 'looser',
  tighter: 'tighter',
  none: 'none in this preset',
  reason: 'Reason (needed for limits looser than the preset)',
  physician: 'Physician who decided it (needed beyond the hard bounds)',
  beyond: 'beyond the hard bounds',
  save: 'Set limits',
  close: 'Close',
  sessionNeeded: 'Limits are changed for a session: open one first.',
  notApproved: 'NOT APPROVED BY A PHYSICIAN',
  notApprovedHelp: 'These default limits are NOT APPROVED BY A PHYSICIAN.',
  approvedBy: 'Approved by',
  approveName: 'Physician’s name',
  approve: 'Approve these defaults',
  propose: 'Propose from baseline',
  proposeTitle: 'Proposed from the patient’s baseline',
  proposeNone: 'Nothing would change.',
  proposeNothingYet: 'Nothing is changed until you press “Set limits”.',
  old: 'In force',
  proposed: 'Proposed',
  why: 'Why',
  take: 'Take over',
  taken: 'taken over below',
  takeAll: 'Take over all',
  dismiss: 'Dismiss',
  loading: 'Reading…',
};
