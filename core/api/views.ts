/**
 * What a window is shown: plain JSON views of the station's state. A window that connects late gets the
 * whole `StationView`, then changes; it never has to have been there.
 */
import type { ProposedLimit } from '../alarm/auto-limits.ts';
import type { LimitSet, PresetApproval } from '../alarm/limits.ts';
import type { AlarmSnapshot } from '../alarm/types.ts';
import type { BedsideRow } from '../bedside/page.ts';
import type { ChairId, MonitorId, SessionId } from '../ids.ts';
import type { LineOverride, SerialSettings } from '../line/line-settings.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import type { DeviceCondition, DeviceIdentity, DeviceLimits } from '../observation/device-report.ts';
import type { Observation } from '../observation/observation.ts';
import type { WaveBlock } from '../observation/waveform.ts';
import type { BloodPressureBaseline, DataOrigin, NibpReading, SessionEvent } from '../session/events.ts';
import type { Session } from '../session/session.ts';
import type { EpochMs, Instant } from '../time.ts';
import type { DetectProgress } from './detect-views.ts';
import type { IdentityView } from './people-views.ts';
import type { SendingOverview } from './sending-views.ts';
import type { VisitView } from './visit-views.ts';

/**
 * State of one monitor's line.
 * `negotiating`: open, nothing understood yet. `quiet`: was associated, silent for longer than it may be.
 * `failed`: could not be opened or was lost; tried again at `retryAt`.
 */
export type LinkState = 'closed' | 'opening' | 'negotiating' | 'associated' | 'quiet' | 'failed';

/** What arrived on a monitor's line since the station started. */
export interface LinkCounters {
  readonly bytes: number;
  readonly frames: number;
  readonly rejectedBytes: number;
  /** Refusals by reason (`checksum`, `length`, `syntax`, `range`, `overrun`, `truncated`, `noise`). */
  readonly rejected: Readonly<Record<string, number>>;
  readonly observations: number;
  readonly reconnects: number;
}

export type MonitorAddress =
  | {
      readonly kind: 'serial';
      readonly path: string;
      /** To find the monitor again on another port name; null fields are unknown. */
      readonly usb: {
        readonly vendorId: string;
        readonly productId: string;
        readonly serialNumber: string | null;
      } | null;
    }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  /** The monitor connects to us, at this address of our own. */
  | { readonly kind: 'tcp-listen'; readonly host: string; readonly port: number }
  | { readonly kind: 'replay'; readonly file: string; readonly speed: number }
  /** Started by the station itself; always SIMULATED. */
  | { readonly kind: 'simulator'; readonly scenario: string; readonly seed: number; readonly speed: number };

export interface MonitorView {
  readonly id: MonitorId;
  readonly chairId: ChairId;
  readonly name: string;
  readonly family: string;
  readonly familyTitle: string;
  readonly address: MonitorAddress;
  readonly addressLabel: string;
  /** Options of the family as they were given; what is not here is at its default. */
  readonly options: Readonly<Record<string, number | boolean | string>>;
  /** What its line has otherwise than `familyLine`, the settings of its family. */
  readonly line: LineOverride;
  readonly familyLine: SerialSettings;
  /** `live` unless the configuration says that a simulator or a recording is at the other end. */
  readonly origin: DataOrigin;
  readonly state: LinkState;
  /** One line for people about the state: what happened and what to do. */
  readonly detail: string;
  readonly retryAt: Instant | null;
  readonly lastFrameAt: Instant | null;
  readonly counters: LinkCounters;
  readonly identity: DeviceIdentity | null;
  /** What the monitor itself reports as present now. */
  readonly conditions: readonly DeviceCondition[];
  readonly limits: readonly DeviceLimits[];
  /** The protocol can, and the setting allows it. */
  readonly canStartNibp: boolean;
  /** The protocol can start the cuff, whether or not the setting allows it. */
  readonly hasCuffControl: boolean;
  /** What the monitor sends that no metric is mapped to, newest values, by raw identifier; at most `UNMAPPED_MAX`. */
  readonly unmapped: readonly UnmappedItem[];
}

/** Something a monitor sends that Chairside has no metric for. */
export interface UnmappedItem {
  readonly id: string;
  readonly value: string;
  readonly at: Instant;
}

/** More items than this of one monitor are not kept: a flood of identifiers is noise. */
export const UNMAPPED_MAX = 100;

/** The newest observation of one metric on a chair, with who sent it. */
export interface CurrentValue {
  readonly observation: Observation;
  readonly monitorId: MonitorId;
}

/** The cuff of a chair. */
export interface CuffView {
  readonly last: NibpReading | null;
  readonly measuringSince: Instant | null;
  /** When the next reading is due: by the session's interval, or sooner when one is to be repeated; null: none planned. */
  readonly nextDueAt: Instant | null;
  /** Why it is due sooner than by the interval; null when it is not. */
  readonly repeatReason: string | null;
}

export interface ChairView {
  readonly id: ChairId;
  readonly name: string;
  readonly origin: DataOrigin;
  readonly session: Session | null;
  readonly current: Readonly<Partial<Record<MetricId, CurrentValue>>>;
  readonly cuff: CuffView;
  readonly limits: LimitSet;
  readonly approval: PresetApproval;
  readonly alarms: AlarmSnapshot;
  /**
   * Not null: the open session was taken up again after the station had stopped; pauses, ALARM OFF, AUDIO OFF
   * and limits are as they were. `downForMs` null: unknown, the clock ran backwards. Stays until the session ends.
   */
  readonly restored: { readonly at: Instant; readonly downForMs: number | null } | null;
  /** What follows from the open session, the data and the time; null: no session is open. */
  readonly visit: VisitView | null;
  /** Metrics with an order of monitors of their own, first choice first; all others go by the order of the chair's monitors. */
  readonly sourceOrder: Readonly<Partial<Record<MetricId, readonly MonitorId[]>>>;
}

/** What the configuration allows people to do to the signals. */
export interface AlarmPolicyView {
  /** AUDIO OFF may be set; otherwise its control is not shown. */
  readonly allowAudioOff: boolean;
  /** How often a window reminds while AUDIO OFF or ALARM OFF is set (ms). */
  readonly reminderMs: number;
}

/** One set of limits to choose from. */
export interface PresetView {
  readonly preset: LimitSet;
  readonly approval: PresetApproval;
  /** `product`: ships with Chairside; `clinic`: from this clinic's configuration, based on the preset named. */
  readonly origin: 'product' | 'clinic';
  readonly basedOn: string | null;
  /** What a new session starts with. */
  readonly isDefault: boolean;
}

/** One limit as it is and as it could be for this patient. */
export type LimitProposal = ProposedLimit;

/** Limits worked out from the patient's baseline. Nothing changes until a person takes them over (`limits.set`). */
export interface LimitProposalView {
  readonly baseline: BloodPressureBaseline;
  /** Only limits that would change. */
  readonly proposals: readonly LimitProposal[];
  /** What must be said beside them: not agreed baseline, what is never touched. */
  readonly notes: readonly string[];
}

/** A session that was open when the station last stopped and that nobody watches now. */
/** The newest sessions; a damaged record hides no other. */
export interface SessionList {
  readonly sessions: readonly SessionSummary[];
  /** Sessions whose record cannot be read: they are not in the list, and `verify` says why. */
  readonly damaged: readonly SessionId[];
}

export interface StrandedSession {
  readonly sessionId: SessionId;
  /** The chair it belongs to; null when its record does not say. */
  readonly chairId: ChairId | null;
  /** Why it was not taken up, for people. */
  readonly reason: string;
}

export interface StationView {
  readonly product: { readonly name: string; readonly version: string };
  /** True while the station runs the built-in demonstration; everything it holds is simulated. */
  readonly demo: boolean;
  readonly chairs: readonly ChairView[];
  readonly monitors: readonly MonitorView[];
  readonly alarmPolicy: AlarmPolicyView;
  /** Not null: the record cannot be written now; says why. */
  readonly storageFault: string | null;
  /** Open sessions without a chair: every window warns of them. */
  readonly strandedSessions: readonly StrandedSession[];
  /** How handing records on to other systems stands. */
  readonly sending: SendingOverview;
  readonly now: Instant;
}

/** Everything that is pushed to windows, by topic. */
export interface Topics {
  /** The whole state; sent first on every channel, and again when a window asks. */
  readonly snapshot: StationView;
  /** New observations that the chair shows (of two monitors with one metric, those of the chosen one), in order. */
  readonly observations: { readonly chairId: ChairId; readonly values: readonly CurrentValue[] };
  /** A chair without its observations: session, cuff, limits or alarms changed. */
  readonly chair: Omit<ChairView, 'current'>;
  readonly monitor: MonitorView;
  /** A monitor was taken away. */
  readonly monitorRemoved: { readonly id: MonitorId };
  /** A chair was taken away. */
  readonly chairRemoved: { readonly id: ChairId };
  /** A new entry in a session's record. */
  readonly event: SessionEvent;
  /** New stretches of the waves of a chair that a window watches (`wave.watch`). */
  readonly waves: { readonly chairId: ChairId; readonly waves: readonly WaveView[] };
  readonly storage: { readonly fault: string | null };
  /** How handing records on stands; after every change. */
  readonly sending: SendingOverview;
  /** How far finding out what is on a line has come (`monitor.detect`). */
  readonly detecting: DetectProgress;
  /** Who this window is to the station now; after the first snapshot, and with every change. */
  readonly identity: IdentityView;
  /** Every second, whether or not anything changed. Silence of 3 s means NOT MONITORING. */
  readonly heartbeat: { readonly now: Instant };
  /** Raw bytes of a monitor that a window watches (`monitor.watch`), hexadecimal. */
  readonly raw: {
    readonly monitorId: MonitorId;
    readonly at: Instant;
    readonly direction: 'received' | 'sent';
    readonly hex: string;
  };
}
export type TopicName = keyof Topics;

/** A stretch of a wave and the monitor that sent it. */
export interface WaveView {
  readonly monitorId: MonitorId;
  readonly block: WaveBlock;
}

/** Min/max of one metric in one bucket of time; a spike is never averaged away. */
export interface TrendBucket {
  /** Start of the bucket. */
  readonly at: EpochMs;
  readonly min: number;
  readonly max: number;
  readonly last: number;
}

export interface TrendSeries {
  readonly metric: MetricId;
  /** Only buckets that hold at least one number; a missing bucket is a gap. */
  readonly buckets: readonly TrendBucket[];
}

/** A session's history for a chart. */
export interface TrendView {
  readonly sessionId: SessionId;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly bucketMs: number;
  readonly series: readonly TrendSeries[];
  readonly nibp: readonly NibpReading[];
}

/** One line of the list of sessions. */
export interface SessionSummary {
  readonly id: SessionId;
  readonly chairId: ChairId;
  readonly patientInitials: string;
  readonly indication: string;
  readonly origin: DataOrigin;
  readonly openedAt: EpochMs;
  readonly closedAt: EpochMs | null;
  readonly phase: string;
  readonly eventCount: number;
  readonly alarmCount: number;
  readonly peakSystolic: number | null;
}

/** A serial port of this computer. */
export interface PortView {
  readonly path: string;
  readonly vendorId: string | null;
  readonly productId: string | null;
  readonly serialNumber: string | null;
  readonly manufacturer: string | null;
}

/** A device family as the Monitors screen offers it. */
export interface FamilyView {
  readonly id: string;
  readonly title: string;
  readonly manufacturer: string;
  readonly models: readonly string[];
  /** What its monitors come with. */
  readonly serial: SerialSettings;
  /** True: its monitors connect to this computer; false: they are on a serial line. */
  readonly callsIn: boolean;
  readonly metrics: readonly MetricId[];
  readonly options: readonly FamilyOption[];
  /** The page for the bedside: what to switch on, plug, cable, what is unsure. */
  readonly bedside: readonly BedsideRow[];
}

/** What the clinic may choose for a monitor of a family. */
export type FamilyOption = {
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

/** What a short test of a line found. */
export interface LineTestView {
  readonly state: LinkState;
  readonly detail: string;
  readonly counters: LinkCounters;
  readonly values: readonly Observation[];
}
