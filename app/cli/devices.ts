/** `devices`: the supported families, as JSON. */
import type { Command } from 'commander';
import { describeSettings } from '../../core/line/line-settings.ts';
import { METRICS } from '../../core/nomenclature/metrics.ts';
import { bedsideRowsOf } from '../../devices/bedside.ts';
import type { DeviceProfile } from '../../devices/device.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { lineSettingsOf } from '../../devices/transport/line-settings.ts';
import { SIMULATOR_PROFILES } from '../../simulators/index.ts';
import { resolveOptions } from '../../station/driver-options.ts';
import { type CliIo, lineWriter } from './io.ts';

const HELP = `
Prints a JSON array, one object a family:
  id, title, manufacturer, models, evidence (what the driver was tested against: hardware, real-capture,
  vendor-vectors or facts-only), driver, simulator, line and serial (line settings), framing, maxQuietMs,
  otherSettings (that its menus offer), parameters (code, name, unit, kind), options, canStartNibp,
  bedside (what to do at the monitor: label, isKnown, text).`;

/** Adds the verb `devices`. */
export const registerDevices = (
  program: Command,
  io: CliIo,
  profiles: readonly DeviceProfile[] = DEVICE_PROFILES,
  simulatedIds: readonly string[] = SIMULATOR_PROFILES.map((simulator) => simulator.profileId),
): void => {
  program
    .command('devices')
    .summary('list the supported device families')
    .description('List the supported device families with their line settings and parameters (JSON).')
    .addHelpText('after', HELP)
    .action(async () => {
      const out = lineWriter(io.stdout);
      const families = profiles.map((profile) => describeFamily(profile, simulatedIds.includes(profile.id)));
      await out.write([JSON.stringify(families, null, 2)]);
      await out.flush();
    });
};

const describeFamily = (profile: DeviceProfile, hasSimulator: boolean) => ({
  id: profile.id,
  title: profile.title,
  manufacturer: profile.manufacturer,
  models: profile.models,
  evidence: profile.evidence,
  driver: 'ready',
  simulator: hasSimulator,
  line: profile.callsIn === true ? 'network' : describeSettings(profile.serial),
  serial: profile.serial,
  otherSettings: (profile.otherSettings ?? []).map((line) => describeSettings(lineSettingsOf(profile, line))),
  framing: profile.framing,
  maxQuietMs: profile.maxQuietMs(resolveOptions(profile, {})),
  parameters: profile.metrics.map((metric) => ({
    code: metric,
    name: METRICS[metric].name,
    unit: METRICS[metric].unit,
    kind: METRICS[metric].kind,
  })),
  options: profile.options,
  canStartNibp: profile.canStartNibp,
  bedside: bedsideRowsOf(profile).map(({ label, isKnown, texts }) => ({
    label,
    isKnown,
    text: texts.join(' '),
  })),
});
