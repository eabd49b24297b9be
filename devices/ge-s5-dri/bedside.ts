/** GE CARESCAPE / Datex-Ohmeda S/5 at the bedside: what a person does there. Sources: the README beside this file. */
import type { BedsidePage } from '../../core/bedside/page.ts';

export const BEDSIDE: BedsidePage = {
  switchOn: {
    unknown: 'our sources name no menu item: the serial interface answers the request that Chairside sends.',
  },
  plug: {
    known:
      'DE9 male on most monitors (2 Rx, 3 Tx, 5 GND, 7 RTS, 8 CTS); female on B20, B40, B105 and B125 (2 Tx, 3 Rx, 7 CTS, 8 RTS). CARESCAPE monitors take a USB serial adapter on the monitor’s side.',
  },
  cable: {
    known: 'A full null-modem cable with RTS and CTS crossed: without CTS the monitor does not send at all.',
  },
  line: ['Even parity, and RTS/CTS. CARESCAPE software 3 and later also has 115200 baud.'],
  unsure: ['Intervals under 5 s on monitors other than B450 and B650.'],
  triedOn: 'A real log of a B450/B650 (107 records of displayed values); never on hardware of ours.',
};
