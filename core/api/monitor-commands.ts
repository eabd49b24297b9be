/** What a window may ask about chairs, their monitors and the lines to them. A part of `COMMAND_PARAMS`. */
import { z } from 'zod';
import type { ChairId, MonitorId } from '../ids.ts';
import { isMetricId } from '../nomenclature/metrics.ts';
import type { DetectView } from './detect-views.ts';
import { by, id, text } from './fields.ts';
import { familyOptions, lineOverride, monitorAddress, serialAddress, tcpAddress } from './line-fields.ts';
import type { ChairView, FamilyView, LineTestView, MonitorView, PortView } from './views.ts';

/** A metric by its reference identifier. */
const metricId = z.string().max(60).refine(isMetricId, 'not a metric');

const monitorDraft = z.object({
  chairId: id<ChairId>(),
  name: text(60),
  family: text(60),
  address: monitorAddress,
  simulated: z.boolean().default(false),
  options: familyOptions.default({}),
  line: lineOverride.default({}),
});

export const MONITOR_PARAMS = {
  /**
   * Asks the monitor for a cuff reading. Off unless the family's protocol and the monitor's setting allow it. The answer says
   * only that it was asked; the cuff has started when the monitor says so (`CuffView.measuringSince`).
   */
  'nibp.start': z.object({ monitorId: id<MonitorId>(), by }),
  /** Asks the monitor to let the cuff go, where its protocol can. */
  'nibp.stop': z.object({ monitorId: id<MonitorId>(), by }),
  /** Whether the cuff of this monitor may be started from a screen. */
  'monitor.allowCuff': z.object({ monitorId: id<MonitorId>(), allow: z.boolean(), by }),

  'chair.add': z.object({ name: text(40), by }),
  'chair.remove': z.object({ chairId: id<ChairId>(), by }),
  /** Which of the chair's monitors is shown where several give the same number: first choice first, each named once. */
  'chair.sourceOrder': z.object({
    chairId: id<ChairId>(),
    /** Of this metric only; null: of all that have no order of their own. */
    metric: metricId.nullable().default(null),
    /** Empty, with a metric: it follows the chair's order again. */
    order: z.array(id<MonitorId>()).max(20),
    by,
  }),
  'monitor.add': monitorDraft.extend({ by }),
  /**
   * Another name, address, options or line for a monitor that is there; its line is opened anew. What else is named (another
   * family, say) is refused: dropped in silence it would look done.
   */
  'monitor.change': monitorDraft
    .omit({ chairId: true, family: true, simulated: true })
    .extend({ monitorId: id<MonitorId>(), by })
    .strict(),
  'monitor.remove': z.object({ monitorId: id<MonitorId>(), by }),
  /** Opens the line for some seconds without adding a monitor and says what came. */
  'monitor.test': z.object({
    family: text(60),
    address: monitorAddress,
    options: familyOptions.default({}),
    line: lineOverride.default({}),
    /** The monitor whose own settings are tried: its line is not somebody else's. */
    monitorId: id<MonitorId>().nullable().default(null),
  }),
  /** Finds out which monitor is on a line, in a minute at most; progress is pushed as `detecting`. */
  'monitor.detect': z.object({ address: z.discriminatedUnion('kind', [serialAddress, tcpAddress]) }),
  /** Ends a running `monitor.detect`, which then answers with what it has. */
  'monitor.detectStop': z.object({}),
  /** Turns the pushes of raw bytes of one monitor on or off for this window. */
  'monitor.watch': z.object({ monitorId: id<MonitorId>(), on: z.boolean() }),
  /** A person looked: this monitor belongs to this patient, whatever spoke against it (alarm `patient-mismatch`). */
  'monitor.confirm': z.object({ monitorId: id<MonitorId>(), by }),
  'ports.list': z.object({}),
  'families.list': z.object({}),
} as const satisfies Record<string, z.ZodType>;

export interface MonitorResults {
  'nibp.start': Record<string, never>;
  'nibp.stop': Record<string, never>;
  'monitor.allowCuff': MonitorView;
  'chair.add': ChairView;
  'chair.remove': Record<string, never>;
  'chair.sourceOrder': Record<string, never>;
  'monitor.add': MonitorView;
  'monitor.change': MonitorView;
  'monitor.remove': Record<string, never>;
  'monitor.test': LineTestView;
  'monitor.detect': DetectView;
  'monitor.detectStop': Record<string, never>;
  'monitor.watch': Record<string, never>;
  'monitor.confirm': Record<string, never>;
  'ports.list': readonly PortView[];
  'families.list': readonly FamilyView[];
}
