import { describe, expect, it } from 'vitest';
import { labCommandJsonSchema, parseLabCommand } from '../../../core/lab/commands.ts';
import { secondsOf } from '../../../core/lab/duration.ts';

describe('a length of time', () => {
  it.each([
    ['3 min', 180],
    ['30s', 30],
    ['500 ms', 0.5],
    ['1.5 h', 5400],
    ['soon', null],
    ['3', null],
    ['-3 s', null],
  ])('%s is %s s', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
  });
});

describe('a command of the lab', () => {
  it('is read with its defaults filled in, and its times in seconds', () => {
    const ramp = { monitor: 'm1', do: 'ramp', parameter: 'nibp-sys', by: 40, over: '3 min' };
    expect(parseLabCommand(ramp)).toEqual({ ok: true, command: { ...ramp, over: 180 } });
    expect(parseLabCommand({ do: 'add', device: 'nellcor' })).toMatchObject({
      ok: true,
      command: { outlet: { kind: 'tcp', host: '127.0.0.1', port: 0 }, scenario: 'steady', seed: 1, speed: 1 },
    });
  });

  it.each([
    [{ monitor: 'm1', do: 'sing' }, /^do: /],
    [{ monitor: 'm1', do: 'cable', state: 'out', fro: '20 s' }, /Unrecognized key: "fro"/],
    [{ monitor: 'm1', do: 'set', parameter: 'bp', to: 3 }, /^parameter: /],
    [{ monitor: 'm1', do: 'set', parameter: 'hr', to: 3, over: 'soon' }, /^over: must be a length of time/],
    [{ monitor: 'm1', do: 'delay', by: '2 min' }, /^by: must be at most 60 s/],
    [{ monitor: 'M 1', do: 'cuff' }, /^monitor: /],
    [{ do: 'add', device: 'nellcor', outlet: { kind: 'tcp', port: 70_000 } }, /^outlet\.port: /],
    [
      { do: 'add', device: 'nellcor', outlet: { kind: 'serial', path: 'x', line: '4800 9N1' } },
      /^outlet\.line: "9N1" is no/,
    ],
    [3, /^command: /],
  ])('%j is refused in one line that names the field', (json, problem) => {
    const parsed = parseLabCommand(json);
    if (parsed.ok) throw new Error('was accepted');
    expect(parsed.problem).toMatch(problem);
    expect(parsed.problem).not.toContain('\n');
  });

  it('reads the line settings of a serial port as people write them', () => {
    const outlet = { kind: 'serial', path: '/dev/ttyUSB0', line: '4800 7E1' };
    expect(parseLabCommand({ do: 'add', device: 'nellcor', outlet })).toMatchObject({
      ok: true,
      command: { outlet: { ...outlet, line: { baudRate: 4800, dataBits: 7, parity: 'even', stopBits: 1 } } },
    });
  });

  it('is described by a JSON schema', () => {
    expect(JSON.stringify(labCommandJsonSchema())).toContain('"ramp"');
  });
});
