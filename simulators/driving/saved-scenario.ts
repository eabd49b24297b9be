/** What was driven by hand, as a scenario file. */
import { LONGEST_S, type Scenario, type ScenarioLineFault } from '../scenario.ts';

/** A scenario as JSON: what lasts to the end says nothing about its length. It plays again as it was, with the same seed. */
export const savedScenario = (
  scenario: Scenario,
  line: readonly ScenarioLineFault[],
  name: string,
  title: string,
  description: string,
): unknown => ({
  name,
  title,
  description,
  patient: scenario.patient,
  recording: scenario.recording,
  cuff: scenario.cuff,
  infusion: scenario.infusion,
  events: scenario.events.map(withoutEnd),
  line: line.map(withoutEnd),
});

const withoutEnd = <Item extends { readonly durationS?: number | undefined }>(item: Item): object => {
  if (item.durationS !== undefined && item.durationS < LONGEST_S) return item;
  const { durationS: _toTheEnd, ...rest } = item;
  return rest;
};
