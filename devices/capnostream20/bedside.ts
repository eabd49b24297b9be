/** Capnostream 20 at the bedside: what a person does there. Sources: the README beside this file. */
import type { BedsidePage } from '../../core/bedside/page.ts';

export const BEDSIDE: BedsidePage = {
  switchOn: {
    unknown:
      'whether a menu item has to switch the port on is not in our sources. The monitor is silent until Chairside’s command.',
  },
  plug: { unknown: 'the connector is not in our sources; it is RS-232.' },
  cable: { unknown: 'which cable is not in our sources: see the monitor’s manual.' },
  line: [],
  unsure: ['The meaning of every field rests on one other program’s driver.'],
  triedOn: 'Nothing but facts; no recording was found, never on hardware.',
};
