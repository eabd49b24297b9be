/**
 * The settings of a serial line: those of a family, what one monitor's line has otherwise, and both as people write
 * them ("19200 8E1 RTS/CTS").
 */

export const PARITIES = ['none', 'even', 'odd'] as const;
export type Parity = (typeof PARITIES)[number];

export const FLOW_CONTROLS = ['none', 'rtscts', 'xonxoff'] as const;
export type FlowControl = (typeof FLOW_CONTROLS)[number];

export const DATA_BITS = [7, 8] as const;
export const STOP_BITS = [1, 2] as const;

/** The slowest and the fastest line that is taken (baud): a teleprinter's, and what USB adapters can do at most. */
export const BAUD_BOUNDS = { least: 50, most: 3_000_000 } as const;

/** Rates that are offered where one is chosen (baud). */
export const USUAL_BAUD_RATES = [
  1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600,
] as const;

export interface SerialSettings {
  readonly baudRate: number;
  readonly dataBits: (typeof DATA_BITS)[number];
  readonly parity: Parity;
  readonly stopBits: (typeof STOP_BITS)[number];
  readonly flowControl: FlowControl;
}

/** What one monitor's line has otherwise than its family. A setting that is not here is the family's. */
export type LineOverride = { readonly [K in keyof SerialSettings]?: SerialSettings[K] | undefined };

/** The settings in the order in which people write them. */
export const LINE_KEYS = ['baudRate', 'dataBits', 'parity', 'stopBits', 'flowControl'] as const;
export type LineKey = (typeof LINE_KEYS)[number];

/** The family's settings with what this line has otherwise. */
export const withOverride = (family: SerialSettings, line: LineOverride): SerialSettings => ({
  baudRate: line.baudRate ?? family.baudRate,
  dataBits: line.dataBits ?? family.dataBits,
  parity: line.parity ?? family.parity,
  stopBits: line.stopBits ?? family.stopBits,
  flowControl: line.flowControl ?? family.flowControl,
});

/** Which settings of `line` are not the family's; empty: none. */
export const differences = (family: SerialSettings, line: LineOverride): readonly LineKey[] =>
  LINE_KEYS.filter((key) => line[key] !== undefined && line[key] !== family[key]);

/** `line` without what is the family's anyway: what is worth keeping. */
export const onlyDifferent = (family: SerialSettings, line: LineOverride): LineOverride =>
  Object.fromEntries(differences(family, line).map((key) => [key, line[key]]));

const FLOW_LABEL = { none: '', rtscts: ' RTS/CTS', xonxoff: ' XON/XOFF' } as const;

/** Line settings as people write them: "19200 8E1 RTS/CTS". */
export const describeSettings = (settings: SerialSettings): string =>
  `${settings.baudRate} ${settings.dataBits}${settings.parity.charAt(0).toUpperCase()}${settings.stopBits}${FLOW_LABEL[settings.flowControl]}`;

export type ParsedLine =
  | { readonly ok: true; readonly line: LineOverride }
  /** `message` names the word that is none. */
  | { readonly ok: false; readonly message: string };

const FLOW_WORDS: Readonly<Record<string, FlowControl>> = {
  NOFLOW: 'none',
  'RTS/CTS': 'rtscts',
  RTSCTS: 'rtscts',
  'XON/XOFF': 'xonxoff',
  XONXOFF: 'xonxoff',
};
const PARITY_OF: Readonly<Record<string, Parity>> = { N: 'none', E: 'even', O: 'odd' };

/**
 * Reads what `describeSettings` writes, or parts of it in any order: "4800", "7E1", "4800 7E1 XON/XOFF", "NOFLOW". A
 * setting that is not said stays the family's.
 */
export const parseLine = (text: string): ParsedLine => {
  const refuse = (word: string, why: string): ParsedLine => ({
    ok: false,
    message: `${JSON.stringify(word)} ${why}`,
  });
  let line: LineOverride = {};
  const words = text.trim().toUpperCase().split(/\s+/);
  for (const word of words) {
    const form = /^([78])([NEO])([12])$/.exec(word);
    const flow = FLOW_WORDS[word];
    let part: LineOverride;
    if (/^\d{2,7}$/.test(word)) part = { baudRate: Number(word) };
    else if (form !== null)
      part = {
        dataBits: form[1] === '7' ? 7 : 8,
        parity: PARITY_OF[form[2] ?? ''] ?? 'none',
        stopBits: form[3] === '2' ? 2 : 1,
      };
    else if (flow !== undefined) part = { flowControl: flow };
    else return refuse(word, 'is no baud rate, no form like 8N1 and no RTS/CTS, XON/XOFF or NOFLOW');
    if (Object.keys(part).some((key) => key in line)) return refuse(word, 'is said a second time');
    if (part.baudRate !== undefined && !isBaudRate(part.baudRate))
      return refuse(word, `is not from ${BAUD_BOUNDS.least} to ${BAUD_BOUNDS.most} baud`);
    line = { ...line, ...part };
  }
  return { ok: true, line };
};

/** Whether a line can have this rate (baud). */
export const isBaudRate = (rate: number): boolean =>
  Number.isInteger(rate) && rate >= BAUD_BOUNDS.least && rate <= BAUD_BOUNDS.most;
