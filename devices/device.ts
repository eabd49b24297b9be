/**
 * The three contracts of the device layer: codec, driver, profile. Drivers are sans-I/O state machines:
 * bytes and an instant in; observations, reports, rejects and requests out. No port, no timer, no clock, no
 * `async`; the station's device session owns all of that, once, for every family.
 */

import type { BedsidePage } from '../core/bedside/page.ts';
import type { LineOverride, SerialSettings } from '../core/line/line-settings.ts';
import type { MetricId } from '../core/nomenclature/metrics.ts';
import type { DeviceCondition, DeviceIdentity, DeviceLimits } from '../core/observation/device-report.ts';
import type { Observation } from '../core/observation/observation.ts';
import type { WaveBlock } from '../core/observation/waveform.ts';
import type { Instant } from '../core/time.ts';
import type { Anonymity } from './framing/anonymise.ts';

/** Why bytes were refused. Each is counted and visible in the monitor's status. */
export type RejectReason =
  | 'checksum' // complete frame, wrong check
  | 'length' // lengths or offsets contradict each other
  | 'syntax' // not a sentence of this protocol
  | 'range' // well-formed, but a value or a clock step that cannot be
  | 'overrun' // longer than any frame of this protocol: dropped, memory stays bounded
  | 'truncated' // the stream ended, or a new frame began, in the middle of one
  | 'noise'; // bytes between frames

/** One decoded message in the device's own terms, or a refusal that says how many bytes it cost. */
export type Decoded<M> =
  | { readonly ok: true; readonly message: M; readonly byteCount: number }
  | {
      readonly ok: false;
      readonly reason: RejectReason;
      readonly detail: string;
      readonly byteCount: number;
    };

/** A streaming decoder with bounded memory that resynchronises after noise. Never throws on bytes. */
export interface Decoder<M> {
  push(chunk: Uint8Array): readonly Decoded<M>[];
  /** The stream ended: an unterminated tail is a refusal, never a message. The decoder can be used again. */
  end(): readonly Decoded<M>[];
}

/** Both directions of one protocol; used by the driver and by the simulator. */
export interface Codec<M> {
  decoder(): Decoder<M>;
  encode(message: M): Uint8Array;
}

export type { SerialSettings } from '../core/line/line-settings.ts';

export type DriverOutput =
  | { readonly type: 'observation'; readonly observation: Observation }
  | { readonly type: 'condition'; readonly condition: DeviceCondition }
  | { readonly type: 'limits'; readonly limits: DeviceLimits }
  | { readonly type: 'identity'; readonly identity: DeviceIdentity }
  /**
   * Whom the monitor says it is connected to, when that changes, where its protocol says so: an identifier or an
   * admission, as an opaque word; null: nobody is admitted. Compared in memory; never shown, logged or stored.
   */
  | { readonly type: 'admission'; readonly patient: string | null }
  | { readonly type: 'waveform'; readonly block: WaveBlock }
  /** Something the monitor sends that no metric is mapped to: its raw identifier and value, for people, when it changes. */
  | { readonly type: 'unmapped'; readonly id: string; readonly value: string }
  /** A complete, checked frame arrived: the link is alive even if it carried no value. */
  | { readonly type: 'frame'; readonly byteCount: number }
  | {
      readonly type: 'rejected';
      readonly reason: RejectReason;
      readonly detail: string;
      readonly byteCount: number;
    }
  /** The session writes these bytes to the monitor, if the profile's `transmits` declares them. `purpose` is for the log. */
  | { readonly type: 'request'; readonly bytes: Uint8Array; readonly purpose: string };

/** What a person may ask of the monitor's cuff, where the profile says that its protocol allows it. */
export type CuffCommand = 'start' | 'stop';

export interface Driver {
  /** The line is open (also after every reconnect): forget half frames, ask for data where the protocol polls. */
  start(now: Instant): readonly DriverOutput[];
  receive(chunk: Uint8Array, now: Instant): readonly DriverOutput[];
  /** Polling and time-outs; the session calls it about four times a second. */
  tick(now: Instant): readonly DriverOutput[];
  /** The line ended (a replayed file's end, a closed port): report what is unfinished as rejected. */
  end(now: Instant): readonly DriverOutput[];
  /**
   * A person asked for the cuff. Only drivers of families with `canStartNibp` have it. The request is not an answer:
   * the cuff counts as started when the monitor itself reports `ongoing`.
   */
  cuff?(command: CuffCommand, now: Instant): readonly DriverOutput[];
}

/** What bytes that a driver sends do at the monitor. */
export type TransmitEffect =
  | 'asks' // for data, or for the connection that data come on
  | 'answers' // acknowledges what the monitor sent
  | 'starts-cuff'
  | 'stops-cuff';

/** One kind of byte sequence that a driver may ever send. The session refuses to write anything else. */
export interface Transmit {
  /** For people: the list of what Chairside may say to this monitor. */
  readonly name: string;
  readonly effect: TransmitEffect;
  /** True for exactly the sequences of this kind, whole, as one request of the driver. */
  matches(bytes: Uint8Array): boolean;
}

/**
 * `lines`: the transport batches bytes into whole lines through `@serialport/parser-readline` before the
 * driver sees them (fewer wake-ups; the codec stays the judge of framing). `maxLineBytes` bounds the batch.
 */
export type Framing =
  | { readonly kind: 'raw' }
  | { readonly kind: 'lines'; readonly delimiter: string; readonly maxLineBytes: number };

/** A setting of a driver that the clinic may choose, with its default. */
export type OptionSpec = {
  readonly key: string;
  readonly label: string;
  readonly help: string;
} & (
  | {
      readonly type: 'integer';
      readonly default: number;
      readonly min: number;
      readonly max: number;
      readonly unit: string;
    }
  | { readonly type: 'boolean'; readonly default: boolean }
  | {
      readonly type: 'choice';
      readonly default: string;
      readonly choices: readonly { readonly value: string; readonly label: string }[];
    }
  | { readonly type: 'text'; readonly default: string; readonly maxLength: number }
);

/** Values of a driver's options, validated against its `OptionSpec`s before the driver is made. */
export type DriverOptions = Readonly<Record<string, number | boolean | string>>;

/** All facts about one device family, in one object. */
export interface DeviceProfile {
  /** The family's id, e.g. `ge-s5-dri`: the name people script against. */
  readonly id: string;
  readonly manufacturer: string;
  /** Monitors that speak this protocol, as printed on their fronts. */
  readonly models: readonly string[];
  readonly title: string;
  readonly serial: SerialSettings;
  /** True: its monitors have no serial line; they connect to this computer over the network. Absent: a serial line. */
  readonly callsIn?: boolean;
  /**
   * Other settings that the menu of its monitors offers, one entry for each; `serial` is what they come with. They are
   * looked at when a line is searched; where a monitor is set up, every setting can be given.
   */
  readonly otherSettings?: readonly LineOverride[];
  readonly framing: Framing;
  /** Silence longer than this means that the link is lost (ms), at the options the driver was made with. */
  readonly maxQuietMs: (options: DriverOptions) => number;
  /** Everything the driver can ever report. */
  readonly metrics: readonly MetricId[];
  /** Everything the driver may ever send; empty for one that only listens. */
  readonly transmits: readonly Transmit[];
  readonly options: readonly OptionSpec[];
  /** Whether the protocol lets the host start a cuff measurement. */
  readonly canStartNibp: boolean;
  /** What a person does at the monitor so that numbers arrive. */
  readonly bedside: BedsidePage;
  /** How a recording of it is cleaned of whom it came from. */
  readonly anonymity: Anonymity;
  /** What the driver was tested against, honestly. */
  readonly evidence: 'hardware' | 'real-capture' | 'vendor-vectors' | 'facts-only';
  createDriver(options: DriverOptions): Driver;
}
