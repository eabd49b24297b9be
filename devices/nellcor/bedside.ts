/** Nellcor / Puritan Bennett data port at the bedside: what a person does there. Sources: the README beside this file. */
import type { BedsidePage } from '../../core/bedside/page.ts';

export const BEDSIDE: BedsidePage = {
  switchOn: {
    unknown:
      'our sources name no menu item that switches the data port on. An NPB-290 sends nothing on battery power.',
  },
  plug: { known: '15-pin D: RS-232 on pins 2, 3 and 5. Pins 1, 4, 9 and 12 are RS-422.' },
  cable: { unknown: 'no source at hand gives the cable.' },
  line: [
    'The rate can be changed on the unit; which rates it offers is not sourced. No handshake lines; the unit heeds XON/XOFF.',
  ],
  unsure: ['Columns on N-595, N-395 and NPB are known from page text only.'],
  triedOn: 'A recording of one N-560; never on an oximeter of ours.',
};
