/** Datascope Accutorr 3 and 4 at the bedside: what a person does there. Sources: the README beside this file. */
import type { BedsidePage } from '../../core/bedside/page.ts';

export const BEDSIDE: BedsidePage = {
  switchOn: {
    unknown:
      'whether the PC interface has to be switched on in the User Configuration menu is not in our sources. The monitor says “ACCUTORR PC Interface is ready” when it is switched on.',
  },
  plug: { known: 'RS-232, 25-pin D; its pins are not in our sources.' },
  cable: { unknown: 'the wiring is not in our sources: see the service manual.' },
  line: ['The baud rate stands in the User Configuration menu; which rates it offers is not sourced.'],
  unsure: [
    'Whether the mean or the diastolic comes first: a reading that cannot be told apart is not shown.',
    'The number base of the status fields.',
  ],
  triedOn: 'Nothing but one line printed in the manual; never on hardware, never on a recording.',
};
