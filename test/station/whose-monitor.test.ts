/** Whose monitor it is: two that say they are one device, one that becomes another, one that turns to another patient. */
import { describe, expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import { type MonitorId, monitorId } from '../../core/ids.ts';
import type { DriverOutput } from '../../devices/device.ts';
import { parseConfig } from '../../station/config.ts';
import { type Harness, openSession, startHarness } from '../support/station-harness.ts';
import { TOY } from '../support/toy-family.ts';

const chairOf = (harness: Harness, index = 0) => {
  const chair = harness.station.view().chairs[index];
  if (chair === undefined) throw new Error('no chair');
  return chair;
};
const alarmOf = (harness: Harness, key: string, chair = 0) =>
  chairOf(harness, chair).alarms.alarms.find((alarm) => alarm.key === key);

/** The toy family, of which a line "ID model serial" says which device it is and "ADT word" whose. */
const NAMED: typeof TOY = {
  ...TOY,
  createDriver: (options) => {
    const driver = TOY.createDriver(options);
    const said = (line: string): readonly DriverOutput[] => {
      const [word, first = '', second = ''] = line.trim().split(' ');
      if (word === 'ADT') return [{ type: 'admission', patient: first === '' ? null : first }];
      const serial = second === '' ? null : second;
      return [{ type: 'identity', identity: { model: first, serial, software: null } }];
    };
    return {
      ...driver,
      receive: (chunk, now) => {
        const text = new TextDecoder('latin1').decode(chunk);
        return /^(ID|ADT) /.test(text) ? said(text) : driver.receive(chunk, now);
      },
    };
  },
};

const monitor = (host: string, isSimulated = false) => ({
  id: host,
  name: host.toUpperCase(),
  family: 'toy',
  address: { kind: 'tcp', host, port: 1 },
  simulated: isSimulated,
});
const rooms = (...chairs: (readonly ReturnType<typeof monitor>[])[]) =>
  parseConfig(
    JSON.stringify({
      chairs: chairs.map((monitors, index) => ({
        id: `chair-${index + 1}`,
        name: `Chair ${index + 1}`,
        monitors,
      })),
    }),
    'test',
  );

describe('whose monitor it is', () => {
  const mismatch = (harness: Harness, id: string, chair = 0) =>
    alarmOf(harness, `patient-mismatch:${id}`, chair)?.message;
  const begin = async (config: ReturnType<typeof rooms>) => {
    const harness = await startHarness({ config, profiles: [NAMED] });
    const client = harness.window();
    const session = await openSession(harness, client);
    const second = async () => harness.clock.advance(1000);
    return { harness, client, session, second };
  };
  const confirm = (client: StationClient, id: string) =>
    client.call('monitor.confirm', { monitorId: monitorId(id) satisfies MonitorId, by: 'Nurse N' });

  it('is doubted when two monitors of one chair say they are one device', async () => {
    const { harness, second } = await begin(rooms([monitor('a'), monitor('b')]));
    harness.say('ID B650 SN1', 'a');
    harness.say('ID B650 SN2', 'b');
    await second();
    expect(mismatch(harness, 'a')).toBeUndefined();
    harness.say('ID B650 SN1', 'b');
    await second();
    expect(mismatch(harness, 'a')).toContain('A and B (also of this chair) say they are one device');
    expect(mismatch(harness, 'b')).toContain('B and A');
  });

  it('is doubted at both chairs when one device speaks at two', async () => {
    const { harness, second } = await begin(rooms([monitor('a')], [monitor('b')]));
    harness.say('ID B650 SN1', 'a');
    harness.say('ID B650 SN1', 'b');
    await second();
    expect(mismatch(harness, 'a')).toContain('B (at Chair 2)');
    // No session is open there yet: nobody's numbers are taken for another's.
    expect(mismatch(harness, 'b', 1)).toBeUndefined();
  });

  it('is not doubted for want of a serial number, nor among simulators', async () => {
    const { harness, second } = await begin(rooms([monitor('a'), monitor('b')]));
    harness.say('ID N-560', 'a');
    harness.say('ID N-560', 'b');
    await second();
    expect(mismatch(harness, 'a')).toBeUndefined();
    const again = await begin(rooms([monitor('a', true), monitor('b', true)]));
    again.harness.say('ID B650 SN1', 'a');
    again.harness.say('ID B650 SN1', 'b');
    await again.second();
    expect(mismatch(again.harness, 'a')).toBeUndefined();
  });

  it('is doubted when a monitor becomes another device during a session, and no more when it is itself again', async () => {
    const { harness, second } = await begin(rooms([monitor('a')]));
    harness.say('ID B650 SN1', 'a');
    await second();
    harness.say('ID B650 SN7', 'a');
    await second();
    expect(mismatch(harness, 'a')).toContain('A is another device now, B650 serial SN7');
    harness.say('ID B650 SN1', 'a');
    await second();
    expect(mismatch(harness, 'a')).toBeUndefined();
  });

  it('is doubted when the monitor turns to another patient, and the patient’s word is shown nowhere', async () => {
    const { harness, second, session } = await begin(rooms([monitor('a')]));
    harness.say('ADT MRN-4711', 'a');
    await second();
    expect(mismatch(harness, 'a')).toBeUndefined();
    harness.say('ADT MRN-0815', 'a');
    await second();
    expect(mismatch(harness, 'a')).toContain('A has another patient now');
    const everything = JSON.stringify([harness.station.view(), harness.databases.live.eventsOf(session.id)]);
    expect(everything).not.toMatch(/MRN-/);
  });

  it('is a new question for each session', async () => {
    const { harness, client, second, session } = await begin(rooms([monitor('a')]));
    harness.say('ID B650 SN1', 'a');
    await second();
    const close = { sessionId: session.id, from: 'intake', to: 'cancelled', reason: 'x', by: 'N' } as const;
    await client.call('session.move', close);
    harness.say('ID B650 SN7', 'a');
    await second();
    await openSession(harness, client);
    await second();
    expect(mismatch(harness, 'a')).toBeUndefined();
  });

  it('is settled by a person, by name, on disk, until it changes again', async () => {
    const { harness, client, second, session } = await begin(rooms([monitor('a')]));
    harness.say('ID B650 SN1', 'a');
    await second();
    harness.say('ID B650 SN7', 'a');
    await second();
    await confirm(client, 'a');
    expect(mismatch(harness, 'a')).toBeUndefined();
    const entry = harness.databases.live
      .eventsOf(session.id)
      .find(({ body }) => body.type === 'monitor-confirmed');
    expect([entry?.by, entry?.body]).toEqual([
      'Nurse N',
      {
        type: 'monitor-confirmed',
        monitorId: 'a',
        doubt: 'A is another device now, B650 serial SN7',
        names: { a: 'A' },
      },
    ]);
    await second();
    expect(mismatch(harness, 'a')).toBeUndefined();
    harness.say('ID B650 SN9', 'a');
    await second();
    expect(mismatch(harness, 'a')).toContain('SN9');
    await expect(confirm(client, 'b')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is not settled before anybody doubted it', async () => {
    const { harness, client } = await begin(rooms([monitor('a')]));
    harness.say('ID B650 SN1', 'a');
    await expect(confirm(client, 'a')).rejects.toMatchObject({ code: 'conflict' });
  });
});
