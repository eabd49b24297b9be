/** The words of the People screen. */
export const TEXT = {
  title: 'People',
  loading: 'Reading…',
  openTitle: 'Nobody has an account yet',
  openHelp:
    'Until then names are typed and believed. The first account is an administrator’s; from then on everybody signs in, and the station writes their name into the record.',
  firstAdmin: 'Add the first administrator',
  add: 'Add a person',
  change: 'Change',
  setSecret: 'New PIN or password',
  retire: 'Retire',
  reinstate: 'Reinstate',
  name: 'Name',
  nameHelp: 'As it stands in the record. A name is never given twice.',
  role: 'Role',
  secret: 'Signs in with',
  pin: 'PIN',
  password: 'Password',
  pinHelp: '4 to 12 digits, not all the same and not in a row.',
  passwordHelp: 'At least 8 characters.',
  state: 'State',
  active: 'active',
  retired: 'retired',
  locked: 'locked after wrong tries until',
  save: 'Save',
  none: 'none',
  reason: 'Reason (goes into the register)',
};

/** What each role is for, in a line. */
export const ROLE_HELP = {
  nurse: 'Cares for patients: sessions, alarms, limits; closes records.',
  physician: 'The same, and approves limits, decides beyond bounds, reviews and signs.',
  engineer: 'Chairs, monitors and lines. Never sees a name, MRN, birth date or note.',
  administrator: 'Accounts, patients and equipment. Gives no care.',
} as const;
