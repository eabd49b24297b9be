/** Nonin pulse oximeters at the bedside: what a person does there. Sources: the README beside this file. */
import type { BedsidePage } from '../../core/bedside/page.ts';

export const BEDSIDE: BedsidePage = {
  switchOn: {
    unknown:
      'which switch or menu sets the format is in the unit’s manual, not in our sources (fast averaging: DIP switch 8). Lines and formats 2 and 7 are recognised; for formats 8 and 13 set the option “Output format” here.',
  },
  plug: { unknown: 'RS-232 or UART; the connector is not in our sources.' },
  cable: { unknown: 'which cable is in the unit’s manual, not in our sources.' },
  line: [
    'The Avant 9600 sends two stop bits, the 8500, 8600 and 9847 a ninth bit that is always a mark: both read as 8N1.',
  ],
  unsure: ['Format 8 has no check; format 1 is not read.'],
  triedOn: 'Nothing but facts; no recording was found, never on hardware.',
};
