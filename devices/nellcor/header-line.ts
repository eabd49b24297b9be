/** Grammar of the header block: identity and limits, mode, column titles, and the header of stored trends. */
import type { HeaderLine, LimitPair, ModeLine, NellcorMessage } from './message.ts';

const TITLE = 'TIME                 %SpO2   BPM     PA     Status';
const TITLE_LINE = /^TIME {2,}%Sp?O2 {2,}BPM {2,}PA {2,}Status *$/i;
const HEADER_LINE =
  /^([A-Z]{1,3}-\d{3}[A-Z]?) +VERSION (\d{1,2}(?:\.\d{1,2}){1,3}) +CRC: ?([0-9A-Za-z]{4}) +SpO2 Limit: ?(\d{1,3})- ?(\d{1,3})% +PR Limit: ?(\d{1,3})- ?(\d{1,3})BPM *$/;
const TREND_LINE = /^[A-Z]{1,3}-\d{3}[A-Z]? +VERSION [0-9.]+ +TREND\b/;
const TREND_TITLE_LINE = /^TIME {2,}%Sp?O2 {2,}BPM {2,}PA *$/i;
const MODE_LINE = /^ +(ADULT|NEO) +(?:SPO2 RESP MODE: (?:NORMAL|FAST) +)?(\d{1,3}SAT-S) *$/;
/** Longest line of the block (N-560: 80); bounded so that noise is not searched. */
const MAX_WIDTH = 120;

/** The header-block line that `text` is, or null. Limits that contradict each other make it none. */
export const parseHeaderLine = (text: string): Exclude<NellcorMessage, { kind: 'data' }> | null => {
  if (text.length > MAX_WIDTH) return null;
  if (TITLE_LINE.test(text)) return { kind: 'title' };
  if (TREND_LINE.test(text) || TREND_TITLE_LINE.test(text)) return { kind: 'trend' };
  return parseIdentity(text) ?? parseMode(text);
};

const parseIdentity = (text: string): HeaderLine | null => {
  const match = HEADER_LINE.exec(text);
  if (match === null) return null;
  const [, model = '', software = '', crc = ''] = match;
  const spo2 = limitPair(match[4], match[5], 100);
  const pulseRate = limitPair(match[6], match[7], 300);
  return spo2 && pulseRate && { kind: 'header', model, software, crc, spo2, pulseRate };
};

const parseMode = (text: string): ModeLine | null => {
  const match = MODE_LINE.exec(text);
  if (match === null) return null;
  return { kind: 'mode', population: match[1] === 'NEO' ? 'NEO' : 'ADULT', satSeconds: match[2] ?? '' };
};

const limitPair = (
  lowText: string | undefined,
  highText: string | undefined,
  max: number,
): LimitPair | null => {
  const [low, high] = [Number(lowText), Number(highText)];
  return low < high && high <= max ? { low, high } : null;
};

/** The line as an N-560 prints it, without its end. */
export const formatHeaderLine = (message: Exclude<NellcorMessage, { kind: 'data' }>): string => {
  switch (message.kind) {
    case 'title':
      return TITLE;
    case 'trend':
      return 'N-560    VERSION 1.56.00    TREND';
    case 'mode':
      return `${' '.repeat(29)}${message.population.padEnd(17)}${message.satSeconds} `;
    case 'header': {
      const { model, software, crc, spo2, pulseRate } = message;
      const limits = `SpO2 Limit: ${spo2.low}-${spo2.high}%    PR Limit: ${pulseRate.low}-${pulseRate.high}BPM`;
      return `${model.padEnd(9)}VERSION ${software}    CRC:${crc}  ${limits}`;
    }
    default:
      return message satisfies never;
  }
};
