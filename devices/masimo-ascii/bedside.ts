/** Masimo ASCII 1 at the bedside: what a person does there. Sources: the README beside this file. */
import type { BedsidePage } from '../../core/bedside/page.ts';

export const BEDSIDE: BedsidePage = {
  switchOn: {
    known:
      'A Rad-8 is delivered with ASCII 2, which is not read: hold Enter and Down for 5 s, level-3 menu, “SEr” → “AS1”. A Rad-87 is delivered with ASCII 1. Of Radical and Radical-7 the menu item is not in our sources.',
  },
  plug: { known: 'DB-9 female: 2 receive, 3 transmit, 5 ground.' },
  cable: {
    unknown:
      'our sources give the pins, not a cable: it has to join the oximeter’s transmit to the computer’s receive, and ground to ground.',
  },
  line: [],
  unsure: ['The ALARM bits rest on experiments of one user.'],
  triedOn: 'Five lines of one Rad-8 and single lines of four other units; never on an oximeter of ours.',
};
