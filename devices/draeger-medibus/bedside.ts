/** Dräger MEDIBUS at the bedside: what a person does there. Sources: the README beside this file. */
import type { BedsidePage } from '../../core/bedside/page.ts';

export const BEDSIDE: BedsidePage = {
  switchOn: {
    unknown:
      'which menu item switches MEDIBUS on is not in our sources. The machine’s port can mostly be set.',
  },
  plug: { unknown: 'the connector is not in our sources; it is RS-232 without handshake.' },
  cable: { unknown: 'which cable is not in our sources: see the machine’s manual.' },
  line: ['Evita 4 and Evita XL: 19200 8E1. Apollo: 9600 8E1. Evita Infinity V500: 19200 8N1 or 38400 8N1.'],
  unsure: ['Infinity monitors use another table of codes, which has no source: they are not read.'],
  triedOn: 'Nothing but facts; no recording was found, never on hardware.',
};
