import { afterEach, describe, expect, it } from 'vitest';
import { createLab, type Lab, LabError } from '../../../app/lab/lab.ts';
import { runScript, type ScriptResult } from '../../../app/lab/lab-script.ts';
import { parseLabCommand } from '../../../core/lab/commands.ts';
import { DEVICE_PROFILES } from '../../../devices/index.ts';
import { SIMULATOR_PROFILES } from '../../../simulators/index.ts';
import { parseScenario } from '../../../simulators/scenario.ts';
import { fakeClock } from '../../support/fake-clock.ts';

let lab: Lab | null = null;
afterEach(() => lab?.stop());

const setUp = () => {
  const clock = fakeClock();
  const made = createLab({
    profiles: DEVICE_PROFILES,
    simulators: SIMULATOR_PROFILES,
    clock,
    pause: (ms) => clock.advance(ms),
  });
  lab = made;
  const tell = (json: object) => {
    const parsed = parseLabCommand(json);
    if (!parsed.ok) throw new Error(parsed.problem);
    return made.perform(parsed.command);
  };
  return { clock, lab: made, tell };
};

const monitorOf = ({ view }: Lab, id = 'm1') => {
  const found = view().monitors.find((monitor) => monitor.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
};

describe('the lab', () => {
  it('runs monitors of several families, two of them on one patient', async () => {
    const { clock, lab, tell } = setUp();
    await tell({ do: 'add', device: 'nellcor' });
    await tell({ do: 'add', device: 'ivy-450c', with: 'm1' });
    await tell({ do: 'add', device: 'masimo-ascii', seed: 4 });
    await tell({ monitor: 'm1', do: 'set', parameter: 'hr', to: 150 });
    await clock.advance(20_000);
    const [first, second, third] = lab.view().monitors;
    expect(first?.truth.hr).toBe(150);
    expect(second?.truth.hr).toBe(150);
    expect(third?.truth.hr).toBeLessThan(100);
    expect(first?.counts.frames).toBeGreaterThan(5);
    await tell({ do: 'remove', monitor: 'm2' });
    expect(lab.view().monitors.map(({ id }) => id)).toEqual(['m1', 'm3']);
  });

  it('shows bytes in hex with what they mean, counts noise as refused, and keeps a bounded number of rows', async () => {
    const { clock, lab, tell } = setUp();
    await tell({ do: 'add', device: 'masimo-ascii' });
    await clock.advance(5_000);
    const rows = lab.rowsAfter('m1', 0);
    expect(rows.flatMap(({ decoded }) => decoded.map(({ text }) => text))).toContainEqual(
      expect.stringMatching(/^SpO₂ 9\d %$/),
    );
    expect(rows.every(({ hex, byteCount }) => hex.length === 2 * byteCount)).toBe(true);
    expect(monitorOf(lab).counts.refusedBytes).toBe(0);
    await tell({ monitor: 'm1', do: 'noise', flip: 0.05 });
    await clock.advance(900_000);
    expect(monitorOf(lab).counts.refusedBytes).toBeGreaterThan(1000);
    expect(lab.rowsAfter('m1', 0).length).toBeLessThanOrEqual(400);
  });

  it('passes no byte while the cable is out, and says so', async () => {
    const { clock, lab, tell } = setUp();
    await tell({ do: 'add', device: 'nellcor' });
    await clock.advance(4_000);
    await tell({ monitor: 'm1', do: 'cable', state: 'out', for: '30 s' });
    await clock.advance(1_000);
    const before = monitorOf(lab).counts.bytesToHost;
    await clock.advance(25_000);
    expect(monitorOf(lab)).toMatchObject({ line: ['cable out'], counts: { bytesToHost: before } });
    await clock.advance(10_000);
    expect(monitorOf(lab).line).toEqual([]);
    expect(monitorOf(lab).counts.bytesToHost).toBeGreaterThan(before);
  });

  it('saves what was done as a valid scenario, which a running monitor can be told to run', async () => {
    const { clock, tell } = setUp();
    await tell({ do: 'add', device: 'intellivue', scenario: 'typical-infusion', seed: 9 });
    await clock.advance(3_000);
    await tell({ monitor: 'm1', do: 'alarm-text', text: 'CHECK PATIENT' });
    await tell({ monitor: 'm1', do: 'run', scenario: 'cable-pulled' });
    const answer = await tell({ monitor: 'm1', do: 'save' });
    expect(answer.seed).toBe(9);
    const parsed = parseScenario(JSON.parse(JSON.stringify(answer.scenario)));
    if (!parsed.ok) throw new Error(parsed.problem);
    expect(parsed.scenario.events).toMatchObject([{ kind: 'monitor-alarm', text: 'CHECK PATIENT' }]);
    expect(parsed.scenario.line).toMatchObject([{ kind: 'cut', durationS: 45 }]);
  });

  it.each([
    [{ monitor: 'm9', do: 'cuff' }, /^there is no monitor "m9" \(there are: m1\)/],
    [{ do: 'add', device: 'toaster' }, /^device: "toaster" has no simulator/],
    [{ do: 'add', device: 'nellcor', monitor: 'm1' }, /^there is a monitor "m1" already/],
    [{ do: 'add', device: 'nellcor', scenario: 'calm' }, /^"calm" is neither a file nor one of/],
    [{ do: 'add', device: 'nellcor', scenario: { name: 'x' } }, /^title: /],
    [{ monitor: 'm1', do: 'alarm-text', text: 'HELLO' }, /^nellcor cannot say that/],
    [{ monitor: 'm1', do: 'set', parameter: 'etco2', to: 40 }, /^EtCO₂ is not measured/],
    [{ monitor: 'm1', do: 'save', file: '/no/such/folder/x.json' }, /ENOENT/],
  ])('refuses %j in one line', async (json, message) => {
    const { tell } = setUp();
    await tell({ do: 'add', device: 'nellcor' });
    await expect(tell(json)).rejects.toThrow(LabError);
    await expect(tell(json)).rejects.toThrow(message);
  });

  it('carries out a script line by line, and says which line it refuses', async () => {
    const { lab } = setUp();
    async function* lines() {
      yield '# two monitors';
      yield '{"do":"add","device":"nellcor"}';
      yield '';
      yield '{"monitor":"m1","do":"probe","state":"off"}';
      yield '{"do":"wait","for":"2 s"}';
      yield '{"monitor":"m2","do":"cuff"}';
      yield 'no json';
    }
    const results: ScriptResult[] = [];
    for await (const result of runScript(lab, lines())) results.push(result);
    expect(results.map(({ kind, line }) => [kind, line])).toEqual([
      ['done', 2],
      ['done', 4],
      ['done', 5],
      ['refused', 6],
      ['refused', 7],
    ]);
    expect(monitorOf(lab).sensors).toContain('probe off');
  });
});
