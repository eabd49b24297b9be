/** Protocols of the clinic's own: from the configuration into the record. */
import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../../station/config.ts';
import { ONE_CHAIR, startHarness } from '../support/station-harness.ts';
import { openVisit } from '../support/visit.ts';

const OWN = {
  id: 'ours',
  name: 'Ours',
  version: 2,
  basedOn: 'depression',
  recoveryMinutes: { minimum: 45, planned: 60 },
};
const config = (...protocols: readonly object[]) =>
  parseConfig(JSON.stringify({ ...ONE_CHAIR, protocols }), 'clinic.json');

describe("the clinic's own protocols", () => {
  it('are offered beside the product’s, unapproved, and are what the visit follows', async () => {
    const harness = await startHarness({ config: config(OWN) });
    const client = harness.window();
    const listed = await client.call('protocol.list', {});
    expect(listed.find(({ protocol }) => protocol.id === 'ours')?.approval).toEqual({
      state: 'not-approved',
    });
    const session = await openVisit(client, 'ours');
    expect(session.visit.protocol).toMatchObject({
      name: 'Ours',
      version: 2,
      recovery: { minimumMs: 45 * 60_000 },
    });
  });

  it('lose their approval when they say something else under the same version', async () => {
    const first = await startHarness({ config: config(OWN) });
    await first.window().call('protocol.approve', { protocolId: 'ours', protocolVersion: 2, by: 'Dr P' });
    await first.station.stop();
    const changed = { ...OWN, recoveryMinutes: { minimum: 15, planned: 15 } };
    for (const [own, state] of [
      [OWN, 'approved'],
      [changed, 'not-approved'],
    ] as const) {
      const again = await startHarness({
        config: config(own),
        clock: first.clock,
        databases: first.databases,
      });
      const listed = await again.window().call('protocol.list', {});
      expect(listed.find(({ protocol }) => protocol.id === 'ours')?.approval.state).toBe(state);
      await again.station.stop();
    }
  });

  it.each([
    ['twice under one name', [OWN, OWN], /protocols\.1\.id: there are two protocols "ours"/],
    [
      'with a driver left out',
      [{ ...OWN, leaveOut: ['driver'] }],
      /protocols\.0\.leaveOut\.0: .*cannot be left out/,
    ],
    [
      'with ten minutes of recovery',
      [{ ...OWN, recoveryMinutes: { minimum: 10, planned: 20 } }],
      /recoveryMinutes/,
    ],
    ['with a cuff once an hour', [{ ...OWN, cuffMinutes: { infusing: 60 } }], /cuffMinutes/],
  ])('are refused %s, naming the field', (_, protocols, message) => {
    expect(() => config(...protocols)).toThrow(ConfigError);
    expect(() => config(...protocols)).toThrow(message);
  });
});
