/** GE DINAMAP host communication at the bedside: what a person does there. Sources: the README beside this file. */
import type { BedsidePage } from '../../core/bedside/page.ts';

export const BEDSIDE: BedsidePage = {
  switchOn: {
    known:
      'The host port must be set to host communication in ASCII (“native”, or “DINAMAP Compact”); in binary mode nothing is understood. Where the menu item is depends on the model and is not in our sources.',
  },
  plug: { unknown: 'the pins of the host port are not in our sources.' },
  cable: { known: 'GE’s host cable for the model; its wiring is not in our sources.' },
  line: [],
  unsure: [
    'The check of replies is inferred: if every reply is refused as “checksum”, set the option “replyCheck” to “asked twice”.',
    'How a command is refused is not known.',
  ],
  triedOn: 'Nothing: no recording of this protocol was found, never on hardware.',
};
