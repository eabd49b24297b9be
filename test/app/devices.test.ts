import { describe, expect, it } from 'vitest';
import { registerDevices } from '../../app/cli/devices.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { cliBench } from './cli-bench.ts';
import { TOY } from './toy-monitor.ts';

describe('devices', () => {
  it('describes each family as JSON', async () => {
    const test = cliBench((program, io) => registerDevices(program, io, [TOY], ['toy']));
    const { stdout, exitCode } = await test.run('devices');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      {
        id: 'toy',
        title: 'Toy oximeter',
        manufacturer: 'Nobody',
        models: ['Toy 1'],
        evidence: 'facts-only',
        driver: 'ready',
        simulator: true,
        line: '9600 8N1',
        serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
        otherSettings: [],
        framing: { kind: 'lines', delimiter: '\r\n', maxLineBytes: 64 },
        maxQuietMs: 3_000,
        parameters: [
          {
            code: 'MDC_PULS_OXIM_SAT_O2',
            name: 'Oxygen saturation (pulse oximetry)',
            unit: '%',
            kind: 'continuous',
          },
        ],
        options: [],
        canStartNibp: false,
        bedside: expect.arrayContaining([
          { label: 'Cable', isKnown: false, text: 'a toy has none.' },
          { label: 'Line settings', isKnown: true, text: '9600 8N1.' },
        ]),
      },
    ]);
  });

  it('says where there is no simulator', async () => {
    const test = cliBench((program, io) => registerDevices(program, io, [TOY], []));
    expect(JSON.parse((await test.run('devices')).stdout)).toMatchObject([{ simulator: false }]);
  });

  it('lists every registered family', async () => {
    const test = cliBench((program, io) => registerDevices(program, io));
    const families: unknown = JSON.parse((await test.run('devices')).stdout);
    expect(families).toMatchObject(DEVICE_PROFILES.map(({ id }) => ({ id, driver: 'ready' })));
  });
});
