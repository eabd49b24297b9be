/** Philips IntelliVue Data Export over MIB/RS-232 at the bedside: what a person does there. Sources: the README beside this file. */
import type { BedsidePage } from '../../core/bedside/page.ts';

export const BEDSIDE: BedsidePage = {
  switchOn: {
    known:
      'The MIB/RS-232 port must be set to data output (“DataOut”, “DtOut”) in the monitor’s configuration mode; remembered from the guide, not seen.',
  },
  plug: { unknown: 'connector and pins are in the monitor’s service manual; no source at hand gives them.' },
  cable: { unknown: 'no source at hand gives the cable.' },
  line: [
    'The speed is not negotiated; “AutoSpeed” is not supported. 19200 baud is too slow for all numerics of a full monitor.',
  ],
  unsure: ['A valid SpO₂, a cuff reading, an alarm and a refusal of a real monitor were never seen.'],
  triedOn: '100 s of a real RS-232 capture (ECG simulator); never on hardware of ours.',
};
