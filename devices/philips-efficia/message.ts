/** The messages of the Efficia CM serial export (HL7 v2.4), in the monitor's own terms. Patients' names are never kept. */

/** One numeric of a pane (an OBX segment of type NM). */
export interface Item {
  /** Partition and term in lower-case hexadecimal, e.g. `0002-4bb8`. */
  readonly code: string;
  readonly label: string;
  /** Null when the pane shows `?` or nothing. */
  readonly value: number | null;
  /** Code of the unit, e.g. `0004-0220`. */
  readonly unit: string;
  readonly unitText: string;
  /** OBX-11: F valid, X invalid. */
  readonly isValid: boolean;
  /** OBX-14, the monitor's clock read as UTC (ms): for NBP and for a pulse from NBP. */
  readonly measuredAtMs: number | null;
  /** OBX-17: where a pulse, heart rate or temperature comes from; empty when it is not said. */
  readonly source: string;
}

/** An alarm of the monitor (an OBX segment of type TX). */
export interface Alert {
  readonly level: string;
  readonly text: string;
}

/** What a host asks: QRY^R02. `STA` is what the numeric panes show now. */
export interface Query {
  readonly kind: 'query';
  readonly timeMs: number;
  readonly controlId: string;
  readonly queryId: string;
  readonly filter: string;
}

/** The monitor's answer: ORF^R04. */
export interface Report {
  readonly kind: 'report';
  readonly application: string;
  /** MSH-7, the monitor's clock read as UTC (ms). */
  readonly timeMs: number;
  /** MSH-10: serial number and a counter, ten characters each. */
  readonly controlId: string;
  /** MSA-2: MSH-10 of the query. */
  readonly answers: string;
  readonly queryTimeMs: number;
  readonly queryId: string;
  /** A word for the patient's number (PID-3), which itself is not kept; null: nobody is admitted. */
  readonly patient: string | null;
  readonly items: readonly Item[];
  readonly alerts: readonly Alert[];
}

/** The query was bad (AE) or there is nothing to export (AR). */
export interface Refusal {
  readonly kind: 'refusal';
  readonly timeMs: number;
  readonly controlId: string;
  readonly code: 'AE' | 'AR';
  readonly answers: string;
}

/** The host's acknowledgement of a report. */
export interface Receipt {
  readonly kind: 'receipt';
  readonly timeMs: number;
  readonly controlId: string;
  readonly answers: string;
}

export type EfficiaMessage = Query | Report | Refusal | Receipt;
