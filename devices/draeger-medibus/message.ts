/** What host and machine say to each other: commands, and the answers to them, each under the command's code. */

/** Codes of the commands that are known here; the protocol has more. */
export const CODE = {
  /** Initialise the communication. */
  init: 0x51,
  identity: 0x52,
  stop: 0x55,
  /** Nothing; shows that one is there. */
  nop: 0x30,
  measured: 0x24,
  alarms: 0x27,
  /** "Your command was corrupt." */
  notUnderstood: 0x15,
} as const;

export type MedibusMessage =
  | { readonly kind: 'command'; readonly code: number; readonly text: string }
  | { readonly kind: 'answer'; readonly code: number; readonly text: string };

/** One measured value: its code (00 to FF) and its four characters without blanks; empty: the machine has none. */
export interface Measured {
  readonly code: number;
  readonly text: string;
}

/** One alarm of the machine. */
export interface MachineAlarm {
  readonly priority: string;
  readonly code: number;
  readonly text: string;
}

export interface MachineIdentity {
  readonly id: string;
  readonly name: string;
  readonly revision: string;
}
