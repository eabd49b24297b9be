/** HL7 v2 messages in their own terms, as far as a vital-signs feed needs them. Numbers are still text here. */

/** MSH-1 and MSH-2: the characters that cut a message into its parts. */
export interface Delimiters {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
}

/** `|^~\&`, which almost every sender uses. */
export const USUAL_DELIMITERS: Delimiters = {
  field: '|',
  component: '^',
  repetition: '~',
  escape: '\\',
  subcomponent: '&',
};

/** The message header (MSH). Fields with components are kept as they stand between two field delimiters. */
export interface Header {
  readonly delimiters: Delimiters;
  /** MSH-3, e.g. `MINDRAY_EGATEWAY^00A03700273EDE18^EUI-64`. */
  readonly sendingApplication: string;
  readonly sendingFacility: string;
  /** MSH-7, as sent. */
  readonly time: string;
  /** MSH-9, e.g. `ORU^R01^ORU_R01`. */
  readonly type: string;
  /** MSH-10; printable ASCII, at most 199 characters. */
  readonly controlId: string;
  /** MSH-11: `P` production, `T` training, `D` debugging; empty: not said. */
  readonly processingId: string;
  readonly version: string;
  /** MSH-18, e.g. `UNICODE UTF-8`; empty: ASCII. */
  readonly charset: string;
}

/** A code with its name and its coding system (CE, CWE). */
export interface Coded {
  readonly code: string;
  readonly name: string;
  readonly system: string;
}

/** One observation (OBX). */
export interface ObxRow {
  /** OBX-2: `NM` a number, `SN` a number with a comparator; others are not numbers. */
  readonly valueType: string;
  readonly id: Coded;
  /** OBX-4: where in the monitor it comes from, e.g. `1.3.1.150456`. */
  readonly subId: string;
  /** OBX-5: one text a repetition, its components joined as they were sent. */
  readonly values: readonly string[];
  readonly unit: Coded;
  /** OBX-7: the monitor's own limits. */
  readonly range: string;
  /** OBX-8. */
  readonly flags: readonly string[];
  /** OBX-11. */
  readonly status: string;
  /** OBX-14: when it was measured; empty: when the group or the message was. */
  readonly time: string;
  /** `APERIODIC` stands in OBX-17, or in OBX-13 with one maker: a value of one measurement, not of now. */
  readonly isAperiodic: boolean;
  /** OBX-18: the device that measured it, its number (usually an EUI-64) and its name; empty: not said. */
  readonly equipment: { readonly id: string; readonly name: string };
}

/** Observations under one OBR. */
export interface Group {
  /** OBR-7. */
  readonly time: string;
  readonly rows: readonly ObxRow[];
}

/** PV1-3; empty parts are not known. */
export interface Location {
  readonly ward: string;
  readonly room: string;
  readonly bed: string;
}

export type AckCode = 'AA' | 'AE' | 'AR';

export type Hl7Message =
  | {
      readonly kind: 'oru';
      readonly header: Header;
      /** PID-3, first identifier; empty: nobody is admitted at the monitor. */
      readonly patientId: string;
      readonly location: Location;
      readonly groups: readonly Group[];
    }
  | {
      readonly kind: 'ack';
      readonly header: Header;
      readonly code: AckCode;
      /** MSA-2: the message that is answered. */
      readonly controlId: string;
      /** MSA-3; empty where there is nothing to say. */
      readonly text: string;
    }
  /** A message of another kind (admission, waves, alarms): its header only. */
  | { readonly kind: 'other'; readonly header: Header };

/** One vital-signs message. */
export type OruMessage = Extract<Hl7Message, { kind: 'oru' }>;
