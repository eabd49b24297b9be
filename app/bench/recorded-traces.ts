/**
 * Real recordings as traces: files of vitals (CSV) and byte captures of monitors through their drivers. They are
 * not part of the product; the folder that holds them is named by the caller.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampledTrace } from '../../core/evaluation/sampled-trace.ts';
import type { TraceInput } from '../../core/evaluation/trace.ts';
import { monitorId } from '../../core/ids.ts';
import type { Observation } from '../../core/observation/observation.ts';
import { type Instant, instant } from '../../core/time.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { resolveOptions } from '../../station/driver-options.ts';
import { parseVitalsCsv } from '../vitals-csv.ts';

export interface RecordedTrace {
  readonly name: string;
  /** Time between two values as they were recorded, for people. */
  readonly resolution: string;
  readonly inputs: readonly TraceInput[];
}

/** Recordings of one kind, whose figures are added up. */
export interface RecordedGroup {
  readonly name: string;
  readonly resolution: string;
  /** The traces, made when they are asked for: some are long. */
  readonly traces: () => Generator<RecordedTrace>;
}

/** What lies in the folder; empty when it is not there. */
export const recordedGroups = (folder: string): readonly RecordedGroup[] => {
  const tables = (part: string, resolution: string): readonly RecordedGroup[] => {
    const path = join(folder, 'numerics', part);
    if (!existsSync(path)) return [];
    return [{ name: part, resolution, traces: () => tableTraces(path, resolution) }];
  };
  const captures = CAPTURES.filter(({ path }) => existsSync(join(folder, 'captures', path))).map(
    (capture) => ({
      name: capture.path,
      resolution: capture.resolution,
      traces: () => captureTraces(folder, capture),
    }),
  );
  return [
    ...tables('mimic2', '1/min'),
    ...tables('cinc2012', 'about 1/h'),
    ...tables('exports', '5 s'),
    ...captures,
  ];
};

function* tableTraces(folder: string, resolution: string): Generator<RecordedTrace> {
  for (const file of readdirSync(folder).sort()) {
    // In these recordings 0 means that there was no reading, of respiration too.
    const { samples } = parseVitalsCsv(readFileSync(join(folder, file), 'utf8'), { zero: 'missing' });
    const inputs = sampledTrace(samples, { phase: 'infusing', baseline: null, sampleIntervalMs: null });
    yield { name: file, resolution, inputs };
  }
}

interface Capture {
  readonly path: string;
  readonly family: string;
  readonly resolution: string;
}

/** Captures whose protocol carries the monitor's clock: plain bytes have no other time. */
const CAPTURES: readonly Capture[] = [
  { path: 'nellcor-n560/n560_demo_stream.log', family: 'nellcor', resolution: '2 s' },
  { path: 'ge-s5-dri/db02.raw', family: 'ge-s5-dri', resolution: '1 s' },
];

const CHUNK_BYTES = 64;
const MONITOR = monitorId('capture');

function* captureTraces(folder: string, { path, family, resolution }: Capture): Generator<RecordedTrace> {
  const profile = DEVICE_PROFILES.find((entry) => entry.id === family);
  if (profile === undefined) return;
  const bytes = readFileSync(join(folder, 'captures', path));
  const driver = profile.createDriver(resolveOptions(profile, {}));
  const bitsPerSecond = profile.serial.baudRate;
  const inputs: TraceInput[] = [];
  let origin: number | null = null;
  let now: Instant = instant(0, 0);
  driver.start(now);
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
    const line = instant(0, Math.round(((from + CHUNK_BYTES) * 10 * 1_000) / bitsPerSecond));
    for (const output of driver.receive(bytes.subarray(from, from + CHUNK_BYTES), line)) {
      if (output.type === 'observation') {
        const { deviceTime } = output.observation;
        if (deviceTime !== null) {
          origin ??= deviceTime;
          if (deviceTime - origin > now.mono) now = instant(deviceTime, deviceTime - origin);
        }
        addObservation(inputs, { ...output.observation, receivedAt: now }, now);
      } else if (output.type === 'condition') {
        inputs.push({ type: 'device-condition', monitorId: MONITOR, condition: output.condition, at: now });
      }
    }
  }
  const first = inputs[0];
  if (first === undefined) return;
  const { at } = first;
  yield { name: path, resolution, inputs: [{ type: 'phase', phase: 'infusing', at }, ...inputs] };
}

/** Values of one second of the monitor's clock are one frame. */
const addObservation = (inputs: TraceInput[], observation: Observation, at: Instant): void => {
  const last = inputs.at(-1);
  if (last?.type === 'observations' && last.at.mono === at.mono) {
    inputs[inputs.length - 1] = { ...last, observations: [...last.observations, observation] };
  } else {
    inputs.push({ type: 'observations', monitorId: MONITOR, observations: [observation], at });
  }
};
