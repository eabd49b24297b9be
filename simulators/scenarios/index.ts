/** The registry of scenarios: each file once, validated when it is first asked for. */
import { parseScenario, type Scenario } from '../scenario.ts';
import apnea from './apnea.json' with { type: 'json' };
import bpSpike from './bp-spike.json' with { type: 'json' };
import cablePulled from './cable-pulled.json' with { type: 'json' };
import cuffFail from './cuff-fail.json' with { type: 'json' };
import desaturation from './desaturation.json' with { type: 'json' };
import hypotension from './hypotension.json' with { type: 'json' };
import leadsOff from './leads-off.json' with { type: 'json' };
import lowPerfusion from './low-perfusion.json' with { type: 'json' };
import monitorRestart from './monitor-restart.json' with { type: 'json' };
import noisyLine from './noisy-line.json' with { type: 'json' };
import pain4h from './pain-4h.json' with { type: 'json' };
import probeOff from './probe-off.json' with { type: 'json' };
import roughInfusion from './rough-infusion.json' with { type: 'json' };
import stalledLine from './stalled-line.json' with { type: 'json' };
import steady from './steady.json' with { type: 'json' };
import tachycardia from './tachycardia.json' with { type: 'json' };
import typicalInfusion from './typical-infusion.json' with { type: 'json' };

/** The scenarios that come with Chairside, in the order they are listed. */
const SCENARIO_FILES: readonly unknown[] = [
  steady,
  typicalInfusion,
  bpSpike,
  desaturation,
  apnea,
  tachycardia,
  probeOff,
  cuffFail,
  cablePulled,
  noisyLine,
  stalledLine,
  monitorRestart,
  lowPerfusion,
  hypotension,
  leadsOff,
  pain4h,
  roughInfusion,
];

/** All scenarios, read and checked. Throws when a file of ours is wrong, which is a bug. */
export const builtInScenarios = (): readonly Scenario[] =>
  SCENARIO_FILES.map((file) => {
    const parsed = parseScenario(file);
    if (!parsed.ok) throw new Error(`a scenario of ours is invalid: ${parsed.problem}`);
    return parsed.scenario;
  });

/** A built-in scenario by its name, or null. */
export const findScenario = (name: string): Scenario | null =>
  builtInScenarios().find((scenario) => scenario.name === name) ?? null;
