/** HL7 v2 observations over the network at the bedside: what a person does there. Sources: the README beside this file. */
import type { BedsidePage } from '../../core/bedside/page.ts';

export const BEDSIDE: BedsidePage = {
  switchOn: {
    known:
      'Destination address and port are settings of the monitor or gateway; in which menu they stand is not in our sources. On a GE B40 acknowledgement is on by default: leave it on.',
  },
  plug: { known: 'The network socket; no serial one.' },
  cable: {
    known: 'A network cable, in a network of the clinic’s own: whoever reaches the port can send numbers.',
  },
  line: ['Port 2575 is the usual one (IANA); this computer listens, the monitor connects.'],
  unsure: ['No real connection was ever seen. Edan is said to be alike: no message of one was seen.'],
  triedOn: 'Two single messages of unknown origin; never on a monitor or gateway of ours.',
};
