/** The words of signing. */
export const SIGN_TEXT = {
  title: 'Signatures',
  states: {
    open: 'The visit is not over yet.',
    'waits-for-nurse': 'Waits for the nurse to close the record.',
    'waits-for-physician': 'Closed by the nurse. Waits for the physician’s review and signature.',
    signed: 'Signed. Only addenda can be added.',
  },
  closeRecord: 'Close the record as infusion nurse',
  signRecord: 'Sign: reviewed by physician',
  addendum: 'Add an addendum',
  lateEntry: 'Add a late entry',
  needAccounts: 'Signing needs accounts: add the first administrator under People.',
  confirmClose: 'Close the record',
  confirmSign: 'Sign',
  confirmAdd: 'Add to the record',
  meaning: 'Meaning',
  help: 'Your PIN or password is entered anew: this is your signature on every entry and every stored vital sign of this session.',
  addendumHelp:
    'An addendum never changes what stands in the record. It is signed with your PIN or password.',
  text: 'Text',
  remark: 'Why it is signed without the nurse’s signature',
  by: 'Signed by',
  at: 'at',
  record: 'Record',
  covers: 'entries 1 to',
  frames: 'frames of vital signs',
  readings: 'cuff readings',
  waves: 'stretches of waves',
  without: 'Signed without the nurse:',
};

export const WORK_TEXT = {
  title: 'Waiting for a signature',
  forMe: 'Waiting for you',
  nurse: 'for the nurse',
  physician: 'for the physician',
  open: 'Review and sign',
};
