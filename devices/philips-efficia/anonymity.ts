/** What identifies in a recording of an Efficia: its serial number in every message number, PID and PV1, alarm texts. */
import {
  type Anonymiser,
  type Anonymity,
  anonymiser,
  blankText,
  fitSegments,
  onlyIf,
  pseudonyms,
} from '../framing/anonymise.ts';
import { type EfficiaMessage, efficiaCodec } from './codec.ts';

/** A number of our own query: it identifies nothing, and the driver compares it. */
const OURS = /^CS[0-9A-Z]{1,18}$/;
const WORD = /^[A-Za-z0-9₂%°/ ().-]{0,24}$/;

const createAnonymiser = (): Anonymiser => {
  const named = pseudonyms();
  const blank = (message: EfficiaMessage): EfficiaMessage | null => {
    switch (message.kind) {
      case 'report':
        return {
          ...message,
          application:
            message.application === '^EfficiaCM' ? message.application : blankText(message.application),
          controlId: named(message.controlId),
          answers: OURS.test(message.answers) ? message.answers : named(message.answers),
          queryId: onlyIf(message.queryId, /^Q\d{1,9}$/),
          patient: null,
          items: message.items.map((item) => ({
            ...item,
            label: onlyIf(item.label, WORD),
            unitText: onlyIf(item.unitText, WORD),
          })),
          alerts: message.alerts.map((alert) => ({ ...alert, text: blankText(alert.text) })),
        };
      case 'refusal':
        return {
          ...message,
          controlId: named(message.controlId),
          answers: OURS.test(message.answers) ? message.answers : named(message.answers),
        };
      default:
        // Our own queries and receipts do not come from a monitor.
        return null;
    }
  };
  return anonymiser(efficiaCodec, blank, fitSegments);
};

export const ANONYMITY: Anonymity = {
  kind: 'blanks',
  what: [
    'MSH-10 (serial number and counter)',
    'all of PID, PV1, ORC and OBR',
    'alarm texts',
    'everything that is no report',
  ],
  anonymiser: createAnonymiser,
};
