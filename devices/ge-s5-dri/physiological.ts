/**
 * Subrecords of a physiological record: displayed values, trends (278 bytes each) and auxiliary data (114 bytes).
 * Source: GE DRI record specification 8005313, 12th edition; bits 0-7 of the class word as in the real
 * B450/B650 logs (level in bits 4-7, subrecord type in bits 0-3; the document calls them reserved).
 */
import { type BasicClass, parseBasic, writeBasic } from './basic-class.ts';
import { type RawSubrecord, REQUEST_TYPE } from './header.ts';
import { viewOf } from './view.ts';

/** Types of physiological subrecords. */
export const SUBRECORD = {
  request: REQUEST_TYPE,
  displayed: 1,
  trend10s: 2,
  trend60s: 3,
  auxiliary: 4,
} as const;
const CLASS_BYTES = 278;
const AUXILIARY_BYTES = 114;
const DATA_AT = 4;
const MARKER_AT = 274;
const CLASS_WORD_AT = 276;

interface ClassSubrecord {
  /** 1 displayed values, 2 ten-second trend, 3 one-minute trend. */
  readonly type: 1 | 2 | 3;
  /** When the values were taken, seconds since 1970 on the monitor's clock. */
  readonly timeS: number;
  readonly marker: number;
  /** One byte that the specification reserves. */
  readonly reserved: number;
  /** Bits 0-7 and 12-15 of the class word. */
  readonly classWordRest: number;
}

/** The class with the values that Chairside uses. */
export interface BasicSubrecord extends ClassSubrecord {
  readonly class: 0;
  readonly basic: BasicClass;
}

/** Extended classes (12-lead ST, EEG, spirometry …) are carried, not interpreted. */
export interface ExtendedSubrecord extends ClassSubrecord {
  readonly class: 1 | 2 | 3;
  /** 270 bytes. */
  readonly data: Uint8Array;
}

/** When slow measurements were taken. */
export interface AuxiliarySubrecord {
  readonly type: 4;
  /** End of the last cuff measurement, seconds since 1970 on the monitor's clock. */
  readonly nibpTimeS: number;
  /** The other 110 bytes, uninterpreted. */
  readonly rest: Uint8Array;
}

/** Any subrecord of a physiological record. */
export type PhysiologicalSubrecord = BasicSubrecord | ExtendedSubrecord | AuxiliarySubrecord;

/** Parses one subrecord; a sentence instead when it cannot be one. */
export const parsePhysiological = ({ type, bytes }: RawSubrecord): PhysiologicalSubrecord | string => {
  const view = viewOf(bytes);
  if (type === SUBRECORD.auxiliary) {
    if (bytes.length !== AUXILIARY_BYTES) return `auxiliary subrecord of ${bytes.length} bytes`;
    return { type, nibpTimeS: view.getUint32(0, true), rest: bytes.slice(4) };
  }
  if (type !== SUBRECORD.displayed && type !== SUBRECORD.trend10s && type !== SUBRECORD.trend60s) {
    return `unknown physiological subrecord ${type}`;
  }
  if (bytes.length !== CLASS_BYTES) return `class subrecord of ${bytes.length} bytes`;
  const classWord = view.getUint16(CLASS_WORD_AT, true);
  const classNumber = (classWord >> 8) & 0xf;
  const common = {
    type,
    timeS: view.getUint32(0, true),
    marker: view.getUint8(MARKER_AT),
    reserved: view.getUint8(MARKER_AT + 1),
    classWordRest: classWord & 0xf0ff,
  };
  switch (classNumber) {
    case 0:
      return { ...common, class: 0, basic: parseBasic(view) };
    case 1:
    case 2:
    case 3:
      return { ...common, class: classNumber, data: bytes.slice(DATA_AT, MARKER_AT) };
    default:
      return `unknown class ${classNumber}`;
  }
};

/** The inverse of `parsePhysiological`. */
export const buildPhysiological = (subrecord: PhysiologicalSubrecord): RawSubrecord => {
  if (subrecord.type === SUBRECORD.auxiliary) {
    const bytes = new Uint8Array(AUXILIARY_BYTES);
    viewOf(bytes).setUint32(0, subrecord.nibpTimeS, true);
    bytes.set(subrecord.rest, 4);
    return { type: subrecord.type, bytes };
  }
  const bytes = new Uint8Array(CLASS_BYTES);
  const view = viewOf(bytes);
  if (subrecord.class === 0) writeBasic(subrecord.basic, view);
  else bytes.set(subrecord.data, DATA_AT);
  view.setUint32(0, subrecord.timeS, true);
  view.setUint8(MARKER_AT, subrecord.marker);
  view.setUint8(MARKER_AT + 1, subrecord.reserved);
  view.setUint16(CLASS_WORD_AT, subrecord.classWordRest | (subrecord.class << 8), true);
  return { type: subrecord.type, bytes };
};
