/** The page for the bedside of a family: what its `bedside.ts` says, with the facts that its profile has anyway. */
import { type BedsideProfile, type BedsideRow, bedsideMarkdown, bedsideRows } from '../core/bedside/page.ts';
import { describeSettings, withOverride } from '../core/line/line-settings.ts';
import type { DeviceProfile } from './device.ts';

/** The rows of a family's page, for screens and the command line. */
export const bedsideRowsOf = (profile: DeviceProfile): readonly BedsideRow[] =>
  bedsideRows(profile.bedside, factsOf(profile));

/** The section "At the bedside" of a family's README; `test/conformance/bedside.test.ts` holds the README to it. */
export const bedsideSectionOf = (profile: DeviceProfile): string =>
  bedsideMarkdown(profile.bedside, factsOf(profile));

const factsOf = ({ serial, otherSettings, callsIn, transmits }: DeviceProfile): BedsideProfile => ({
  settings: callsIn === true ? null : describeSettings(serial),
  otherSettings: (otherSettings ?? []).map((line) => describeSettings(withOverride(serial, line))),
  sends: transmits.map(({ name, effect }) =>
    effect === 'starts-cuff' || effect === 'stops-cuff' ? `${name} (only when a person asks)` : name,
  ),
});
