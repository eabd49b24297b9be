/** Starting the cuff from a screen: three locks, the record before the byte, and the monitor's word for the start. */
import { describe, expect, it } from 'vitest';
import { CallError } from '../../core/api/client.ts';
import { monitorId } from '../../core/ids.ts';
import type { DeviceProfile, DriverOutput } from '../../devices/device.ts';
import { exactText } from '../../devices/framing/transmit.ts';
import { CHAIR, cuff, ONE_CHAIR, openSession, startHarness } from '../support/station-harness.ts';
import { TOY } from '../support/toy-family.ts';

const MONITOR = monitorId('toy-1');
const request = (text: string): DriverOutput => ({
  type: 'request',
  bytes: new TextEncoder().encode(text),
  purpose: text,
});

/** The toy with a cuff that can be started, not stopped. */
const WITH_CUFF: DeviceProfile = {
  ...TOY,
  canStartNibp: true,
  transmits: [...TOY.transmits, { name: 'start', effect: 'starts-cuff', matches: exactText('CUFF\n') }],
  createDriver: (options) => ({ ...TOY.createDriver(options), cuff: () => [request('CUFF\n')] }),
};

const setup = async (profile: DeviceProfile = WITH_CUFF) => {
  const harness = await startHarness({ profiles: [profile] });
  const window = harness.window();
  harness.sayWell();
  const sent = () => harness.line().written.map((bytes) => new TextDecoder().decode(bytes));
  const start = () => window.call('nibp.start', { monitorId: MONITOR, by: 'Nurse N' });
  const allow = (is: boolean) =>
    window.call('monitor.allowCuff', { monitorId: MONITOR, allow: is, by: 'Nurse N' });
  const refusal = async (act: () => Promise<unknown>): Promise<string> =>
    act().then(
      () => 'not refused',
      (error: unknown) => (error instanceof CallError ? `${error.code}: ${error.message}` : 'a bug'),
    );
  return { harness, window, sent, start, allow, refusal };
};

describe('the cuff', () => {
  it('is not started while the setting is off, and the setting is off at first', async () => {
    const { harness, start, sent, refusal } = await setup();
    expect(harness.station.view().monitors[0]).toMatchObject({ hasCuffControl: true, canStartNibp: false });
    expect(await refusal(start)).toMatch(/^not-allowed: .*switched off/);
    expect(sent()).toEqual(['GO\n']);
  });

  it('of a monitor whose protocol cannot start it is neither allowed nor started', async () => {
    const { start, allow, sent, refusal } = await setup(TOY);
    expect(await refusal(() => allow(true))).toMatch(/^not-allowed/);
    expect(await refusal(start)).toMatch(/^not-allowed: .*press NIBP on the monitor/);
    expect(sent()).toEqual(['GO\n']);
  });

  it('is asked for once it is allowed; the setting is kept, and taken back at once', async () => {
    const { harness, start, allow, sent, refusal } = await setup();
    expect((await allow(true)).canStartNibp).toBe(true);
    expect(harness.saved.at(-1)?.chairs[0]?.monitors[0]?.allowNibpStart).toBe(true);
    await start();
    expect(sent()).toEqual(['GO\n', 'CUFF\n']);
    await allow(false);
    expect(await refusal(start)).toMatch(/switched off/);
    expect(harness.saved.at(-1)?.chairs[0]?.monitors[0]?.allowNibpStart).toBe(false);
  });

  it('counts as started only when the monitor says so, and is not asked for a second time while it measures', async () => {
    const { harness, window, start, allow, refusal } = await setup();
    await allow(true);
    await start();
    const measuring = async () =>
      (await window.call('station.snapshot', {})).chairs[0]?.cuff.measuringSince ?? null;
    expect(await measuring()).toBeNull();
    harness.say('MDC_PRESS_BLD_NONINV_SYS=~;MDC_PRESS_BLD_NONINV_DIA=~');
    expect(await measuring()).not.toBeNull();
    expect(await refusal(start)).toMatch(/^conflict: .*already measuring/);
    harness.say(cuff(124, 78));
    expect(await measuring()).toBeNull();
    expect(await refusal(start)).toBe('not refused');
  });

  it('is on record with the person before the request goes out', async () => {
    const { harness, window, start, allow, sent } = await setup();
    await allow(true);
    const session = await openSession(harness, window);
    await start();
    const events = await window.call('history.events', { sessionId: session.id });
    expect(events.at(-1)).toMatchObject({
      by: 'Nurse N',
      body: { type: 'cuff-requested', monitorId: MONITOR, command: 'start' },
    });
    expect(sent().at(-1)).toBe('CUFF\n');
    expect(harness.station.view().chairs.find(({ id }) => id === CHAIR)?.session?.id).toBe(session.id);
  });

  it('is not asked for when the monitor is not connected, nor stopped where the protocol cannot', async () => {
    const { harness, window, start, allow, sent, refusal } = await setup();
    await allow(true);
    const stop = () => window.call('nibp.stop', { monitorId: MONITOR, by: 'Nurse N' });
    expect(await refusal(stop)).toMatch(/^not-allowed: .*press STOP on the monitor/);
    harness.line().fail({ code: 'lost', message: 'pulled' });
    expect(await refusal(start)).toMatch(/^conflict: .*not connected/);
    expect(sent()).toEqual(['GO\n']);
  });
});

it('a configuration that allows the cuff shows the button', async () => {
  const [chair] = ONE_CHAIR.chairs;
  if (chair === undefined) throw new Error('no chair');
  const monitors = chair.monitors.map((monitor) => ({ ...monitor, allowNibpStart: true }));
  const harness = await startHarness({
    profiles: [WITH_CUFF],
    config: { ...ONE_CHAIR, chairs: [{ ...chair, monitors }] },
  });
  expect(harness.station.view().monitors[0]).toMatchObject({ hasCuffControl: true, canStartNibp: true });
});
