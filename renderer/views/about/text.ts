/** The words of the Help screen. */
export const TEXT = {
  title: 'Help: what Chairside is, and is not',
  what: [
    'Chairside reads the numbers of bedside monitors over a line, draws them, compares them with limits and with the patient’s own baseline, and keeps a record of each infusion.',
    'It is a secondary display and a record. It does not replace the alarms of the bedside monitor, and nobody may be left unwatched because of it.',
    'It is not a cleared or certified medical device. Alarm presentation is designed with reference to IEC 60601-1-8; conformity is not claimed.',
    'It never changes the settings of a monitor and never starts a cuff by itself.',
  ],
  always: 'Secondary display. The bedside monitor is the primary alarm. Check the patient first.',
  lateTitle: 'How late can an alert be?',
  lateIntro:
    'Three delays add up: the monitor averages its numbers, the line carries them, and Chairside waits so that a single bad second does not sound an alarm. Typical figures:',
  lateHead: ['Parameter', 'Chairside waits', 'Monitor averages, typically', 'In all, typically'],
  notApprovedTitle: 'Not approved by a physician yet',
  allApproved: 'All presets in use have been approved.',
  notApprovedHelp:
    'These default alarm limits are proposals from published practice. Open a chair, then “Limits”, to read and approve them.',
  version: 'version',
  signsTitle: 'Signs',
  productVersion: 'Version',
};

/** Persistence, averaging and sum; from the rules the alarm limits were set with. Our choice of delays. */
export const DELAYS: readonly (readonly [string, string, string, string])[] = [
  ['SpO₂, medium / high priority', '15 s / 5 s', '8 to 10 s', 'about 25 s / 15 s'],
  ['Heart rate', '10 s', '8 to 10 s', 'about 20 s'],
  ['Respiration rate', '15 s', '20 to 60 s', 'up to 75 s'],
  [
    'Blood pressure (cuff)',
    'none for high; a first medium reading shows UNCONFIRMED for up to 3 min before it sounds',
    '30 to 45 s per measurement',
    'about 45 s after a measurement began; nothing between two readings',
  ],
  ['Line to a monitor lost', '10 s', 'none', '10 s'],
  ['Station not heard (this window)', '3 s', 'none', '3 s'],
];

export const SIGNS: readonly (readonly [string, string])[] = [
  ['*** triangle, red, flashing fast', 'high priority: look at the patient at once'],
  ['** diamond, yellow, flashing slowly', 'medium priority: look soon'],
  ['* circle, cyan, steady', 'low priority: be aware'],
  ['grey number with an age', 'nothing new for more than 10 s'],
  ['--', 'no usable number now, or none for more than 30 s'],
  ['dimmed number, “questionable signal”', 'the monitor itself doubts the number'],
  ['crossed-out OFF', 'this limit raises no alarm'],
  ['NOT MONITORING', 'this window does not hear the station; nothing on it is live'],
];
