/**
 * Who may do what: the one table. The station asks it for every command (`core/api/command-rules.ts`), the window
 * asks it for what to show. Source: 45 CFR 164.312(a) as our rules have it; which role does what is our choice and
 * a clinic's own to change here.
 */
import type { Role } from './person.ts';

export const ACTIONS = [
  'care', // open, move and note a session, cuff interval, recovery
  'acknowledge', // ACKNOWLEDGED
  'silence', // AUDIO PAUSED, AUDIO OFF, ALARM PAUSED, ALARM OFF and back
  'limits', // alarm limits of a session
  'approve', // approve a preset's limits
  'equipment', // chairs, monitors, tests of lines, raw bytes
  'review', // recorded sessions, alarm logs, what-if
  'export', // a session as a file, handed on
  'correct', // leave artefacts out of a session's figures
  'read-patients',
  'edit-patients', // patients and their courses
  'close-record', // the nurse's signature
  'sign-record', // the physician's signature
  'addendum',
  'hand-on', // a record to another system
  'explain', // the reason for an emergency access
  'audit', // who looked at what
  'people', // accounts
] as const;
export type Action = (typeof ACTIONS)[number];

const MAY: Readonly<Record<Action, readonly Role[]>> = {
  care: ['nurse', 'physician'],
  acknowledge: ['nurse', 'physician'],
  silence: ['nurse', 'physician'],
  limits: ['nurse', 'physician'],
  approve: ['physician'],
  equipment: ['nurse', 'engineer', 'administrator'],
  review: ['nurse', 'physician', 'engineer', 'administrator'],
  export: ['nurse', 'physician', 'engineer', 'administrator'],
  correct: ['nurse', 'physician'],
  'read-patients': ['nurse', 'physician', 'administrator'],
  'edit-patients': ['nurse', 'physician', 'administrator'],
  'close-record': ['nurse'],
  'sign-record': ['physician'],
  addendum: ['nurse', 'physician'],
  'hand-on': ['nurse', 'physician', 'administrator'],
  explain: ['nurse', 'physician', 'administrator'],
  audit: ['physician', 'administrator'],
  people: ['administrator'],
};

export const may = (role: Role, action: Action): boolean => MAY[action].includes(role);

/** Emergency access: reading and acknowledging, nothing else (45 CFR 164.312(a)(2)(ii)). */
const IN_EMERGENCY: readonly Action[] = ['acknowledge', 'review', 'read-patients'];
export const mayInEmergency = (action: Action): boolean => IN_EMERGENCY.includes(action);

/** An engineer sees simulators and de-identified data only: never a name, MRN, birth date or free text. */
export const seesNames = (role: Role): boolean => may(role, 'read-patients');

/** The roles that may, in words for a refusal: "a nurse or a physician". */
export const whoMay = (action: Action): string =>
  MAY[action].map((role) => (/^[aeiou]/.test(role) ? `an ${role}` : `a ${role}`)).join(' or ');
