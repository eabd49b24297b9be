/** Philips Efficia CM at the bedside: what a person does there. Sources: the README beside this file. */
import type { BedsidePage } from '../../core/bedside/page.ts';

export const BEDSIDE: BedsidePage = {
  switchOn: {
    known:
      'The serial export has to be switched on, and its baud rate read, in the monitor’s own configuration; the name of the menu item is not in our sources.',
  },
  plug: { unknown: 'the plug and its pins are not in our sources; it is RS-232.' },
  cable: { unknown: 'which cable is not in our sources: see the monitor’s manual.' },
  line: ['These are defaults to begin with, not facts: read what is set on the monitor.'],
  unsure: ['If the monitor does not answer, try the option “Send MLLP block characters”.'],
  triedOn: 'Examples of the vendor’s guide; never on hardware, never on a recording.',
};
