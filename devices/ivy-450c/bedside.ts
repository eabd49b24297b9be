/** Ivy 450C at the bedside: what a person does there. Sources: the README beside this file. */
import type { BedsidePage } from '../../core/bedside/page.ts';

export const BEDSIDE: BedsidePage = {
  switchOn: { unknown: 'the stream is called ANSAR-B; which menu item chooses it is not in our sources.' },
  plug: { unknown: 'the connector is not in our sources; it is RS-232.' },
  cable: { unknown: 'which cable is not in our sources: see the monitor’s manual.' },
  line: [],
  unsure: [
    'The unit of EtCO₂ is as set on the monitor: the option must say the same.',
    'No alarm and no new cuff reading has been seen.',
  ],
  triedOn: 'A recording of 27 blocks; never on a monitor of ours.',
};
