/** BerryMed PM6750 at the bedside: what a person does there. Sources: the README beside this file. */
import type { BedsidePage } from '../../core/bedside/page.ts';

export const BEDSIDE: BedsidePage = {
  switchOn: {
    known: 'Nothing: the module has no screen and no menu, and is silent until Chairside tells it to send.',
  },
  plug: { known: 'UART or USB (a virtual COM port).' },
  cable: {
    known:
      'Its USB cable. The Bluetooth twin has to be reached through a serial bridge, which was not tried.',
  },
  line: [],
  unsure: ['Wiring of the UART is not in our sources.', 'Neonates are not offered for the cuff.'],
  triedOn: 'Nothing but the facts of its protocol sheet; never on hardware.',
};
