import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScenario, scenarioJsonSchema } from '../../simulators/scenario.ts';
import { builtInScenarios, findScenario } from '../../simulators/scenarios/index.ts';

const folder = new URL('../../simulators/scenarios/', import.meta.url);
const fileNames = readdirSync(folder).filter((name) => name.endsWith('.json'));
const minimal = { name: 'x', title: 'X' };

describe('a scenario file', () => {
  it.each(fileNames)('%s is valid, is listed, and carries its own name', (fileName) => {
    const parsed = parseScenario(JSON.parse(readFileSync(new URL(fileName, folder), 'utf8')));
    expect(parsed).toMatchObject({ ok: true, scenario: { name: fileName.replace('.json', '') } });
    expect(findScenario(fileName.replace('.json', ''))).not.toBeNull();
  });

  it('is described in the list of scenarios', () => {
    const readme = readFileSync(new URL('README.md', folder), 'utf8');
    expect(builtInScenarios().filter((scenario) => !readme.includes(`\`${scenario.name}\``))).toEqual([]);
    expect(builtInScenarios()).toHaveLength(fileNames.length);
  });

  it('is what the JSON schema beside it describes', () => {
    const file: unknown = JSON.parse(readFileSync(new URL('../scenario.schema.json', folder), 'utf8'));
    expect(file).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
  });

  it.each([
    [
      'a number out of bounds',
      { ...minimal, events: [{ kind: 'apnea', atS: -1, durationS: 9 }] },
      'events[0].atS: ',
    ],
    [
      'an unknown event',
      { ...minimal, events: [{ kind: 'apnoea', atS: 1, durationS: 9 }] },
      'events[0].kind: ',
    ],
    ['a misspelt field', { ...minimal, cuf: {} }, 'scenario: Unrecognized key: "cuf"'],
    ['a misspelt field inside', { ...minimal, patient: { pulse: 70 } }, 'patient: Unrecognized key: "pulse"'],
    ['a wrong type inside', { ...minimal, patient: { heartRate: '70' } }, 'patient'],
    ['a missing name', { title: 'X' }, 'name: '],
    ['no object', 3, 'scenario: '],
    ['null', null, 'scenario: '],
    [
      'an infusion that ends before it starts',
      { ...minimal, infusion: [{ startS: 9, stopS: 8, rateMgPerKgPerH: 1 }] },
      'infusion: stopS must be after startS',
    ],
    [
      'overlapping infusions',
      {
        ...minimal,
        infusion: [
          { startS: 0, stopS: 9, rateMgPerKgPerH: 1 },
          { startS: 8, stopS: 20, rateMgPerKgPerH: 1 },
        ],
      },
      'infusion: periods must be in order',
    ],
  ])('with %s is refused in one line that names the field', (_, json, start) => {
    const parsed = parseScenario(json);
    if (parsed.ok) throw new Error('was accepted');
    expect(parsed.problem.startsWith(start)).toBe(true);
    expect(parsed.problem).not.toContain('\n');
  });

  it('needs no more than a name and a title', () => {
    expect(parseScenario(minimal)).toMatchObject({
      ok: true,
      scenario: { cuff: { firstAtS: 15, intervalS: 300 }, events: [], line: [], infusion: [] },
    });
  });
});
