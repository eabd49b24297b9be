import { describe, expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import { ConfigError, parseConfig, type StationConfig } from '../../station/config.ts';
import {
  CHAIR,
  cuff,
  type Harness,
  ONE_CHAIR,
  openSession,
  startHarness,
} from '../support/station-harness.ts';

const YOUNG = {
  id: 'young',
  name: 'Young adults',
  version: 3,
  basedOn: 'adult-standard',
  limits: { 'hr-low-medium-priority': 45 },
};
const withPresets = (...presets: object[]): StationConfig =>
  parseConfig(JSON.stringify({ ...ONE_CHAIR, presets }), 'clinic.json');

const chairOf = (harness: Harness) => {
  const [chair] = harness.station.view().chairs;
  if (chair === undefined) throw new Error('no chair');
  return chair;
};
const thresholdOf = (harness: Harness, limitId: string) =>
  chairOf(harness).limits.limits.find((limit) => limit.id === limitId)?.threshold;
const SPO2_HIGH = 'spo2-low-high-priority';

const set = (
  client: StationClient,
  threshold: number | null,
  why: { readonly reason?: string; readonly physician?: string } = {},
) =>
  client.call('limits.set', {
    chairId: CHAIR,
    changes: [{ limitId: SPO2_HIGH, threshold }],
    reason: why.reason ?? null,
    physician: why.physician ?? null,
    by: 'Nurse A',
  });

describe('limits of one patient', () => {
  it('are tightened freely, loosened with a reason, and beyond the bounds with a physician in the record', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client);
    await set(client, 87);
    await expect(set(client, 82)).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('Give a reason'),
    });
    await set(client, 82, { reason: 'COPD' });
    await expect(set(client, 78, { reason: 'COPD' })).rejects.toMatchObject({
      message: expect.stringContaining('Name the physician'),
    });
    await set(client, 78, { reason: 'COPD', physician: 'Dr. P' });
    expect(thresholdOf(harness, SPO2_HIGH)).toBe(78);
    const events = await client.call('history.events', { sessionId: id });
    expect(events.at(-1)?.body).toMatchObject({
      type: 'limits-changed',
      reason: 'COPD',
      override: { physician: 'Dr. P', limitIds: [SPO2_HIGH] },
    });
    expect(events.at(-2)?.body).not.toHaveProperty('override');
  });

  it('are not switched off by a limit, and stay in order', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openSession(harness, client);
    await expect(set(client, null, { reason: 'x', physician: 'Dr. P' })).rejects.toMatchObject({
      message: expect.stringContaining('ALARM OFF'),
    });
    await expect(set(client, 95)).rejects.toMatchObject({ message: expect.stringContaining('must') });
    expect(thresholdOf(harness, SPO2_HIGH)).toBe(85);
  });

  it('outside a session are refused', async () => {
    const client = (await startHarness()).window();
    await expect(set(client, 87)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('are judged from the next value on', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openSession(harness, client, 'infusing');
    await client.call('limits.set', {
      chairId: CHAIR,
      changes: [{ limitId: 'nibp-sys-high-high-priority', threshold: 165 }],
      reason: null,
      by: 'Nurse A',
    });
    harness.say(cuff(168, 90));
    expect(chairOf(harness).alarms.sounding).toBe('high');
  });
});

describe('presets', () => {
  it('are listed with their approval; a clinic has its own', async () => {
    const harness = await startHarness({ config: withPresets(YOUNG) });
    const list = await harness.window().call('preset.list', {});
    expect(
      list.map(({ preset, origin, basedOn, isDefault, approval }) => [
        preset.presetId,
        preset.presetVersion,
        origin,
        basedOn,
        isDefault,
        approval.state,
      ]),
    ).toEqual([
      ['adult-standard', 1, 'product', null, true, 'not-approved'],
      ['adult-hypertensive', 1, 'product', null, false, 'not-approved'],
      ['pain-long', 1, 'product', null, false, 'not-approved'],
      ['esketamine', 1, 'product', null, false, 'not-approved'],
      ['young', 3, 'clinic', 'adult-standard', false, 'not-approved'],
    ]);
  });

  it('are chosen for a session, at its opening or later, and the next session has the default again', async () => {
    const harness = await startHarness({ config: withPresets(YOUNG) });
    const client = harness.window();
    const { id } = await openSession(harness, client);
    await expect(
      client.call('preset.use', { chairId: CHAIR, presetId: 'young', by: 'Nurse A' }),
    ).rejects.toMatchObject({ message: expect.stringContaining('HR low, medium priority') });
    await client.call('preset.use', { chairId: CHAIR, presetId: 'young', reason: 'Runner', by: 'Nurse A' });
    expect(chairOf(harness).limits).toMatchObject({ presetId: 'young', presetVersion: 3 });
    const events = await client.call('history.events', { sessionId: id });
    expect(events.at(-1)).toMatchObject({
      by: 'Nurse A',
      body: { type: 'limits-changed', reason: 'Preset Young adults, version 3: Runner' },
    });
    await client.call('session.move', {
      sessionId: id,
      from: 'intake',
      to: 'cancelled',
      reason: 'Left',
      by: 'N',
    });
    await openSession(harness, client);
    expect(chairOf(harness).limits).toMatchObject({ presetId: 'adult-standard' });
  });

  it('can be what a session begins with', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const plan = {
      chairId: CHAIR,
      patientInitials: 'AB',
      indication: 'Depression',
      plannedInfusionMs: 40 * 60_000,
      plannedRecoveryMs: 30 * 60_000,
      by: 'Nurse N',
    };
    await expect(client.call('session.open', { ...plan, presetId: 'none' })).rejects.toMatchObject({
      code: 'not-found',
    });
    const session = await client.call('session.open', { ...plan, presetId: 'esketamine' });
    expect(session.limits).toMatchObject({ presetId: 'esketamine' });
    expect(chairOf(harness).limits.presetName).toBe('Esketamine');
  });

  it('are approved one version at a time, and the approval is gone when the numbers change under it', async () => {
    const before = await startHarness({ config: withPresets(YOUNG) });
    const client = before.window();
    const approve = (presetId: string, presetVersion: number) =>
      client.call('preset.approve', { presetId, presetVersion, by: 'Dr. P' });
    await expect(approve('none', 1)).rejects.toMatchObject({ code: 'not-found' });
    await expect(approve('young', 2)).rejects.toMatchObject({ code: 'conflict' });
    await approve('young', 3);
    const { clock, databases } = before;
    const stateIn = async (config: StationConfig) => {
      const list = await (await startHarness({ config, clock, databases })).window().call('preset.list', {});
      return list.find(({ preset }) => preset.presetId === 'young')?.approval;
    };
    expect(await stateIn(withPresets(YOUNG))).toMatchObject({ state: 'approved', by: 'Dr. P' });
    const other = { ...YOUNG, limits: { 'hr-low-medium-priority': 42 } };
    expect(await stateIn(withPresets(other))).toEqual({ state: 'not-approved' });
    expect(await stateIn(withPresets({ ...YOUNG, version: 4 }))).toEqual({ state: 'not-approved' });
  });

  it.each([
    [{ ...YOUNG, basedOn: 'x' }, 'presets.0.basedOn: there is no preset "x"'],
    [{ ...YOUNG, id: 'esketamine' }, 'presets.0.id'],
    [{ ...YOUNG, limits: { 'spo2-low-high-priority': 60 } }, 'presets.0.limits.spo2-low-high-priority'],
    [{ ...YOUNG, limits: { nonsense: 60 } }, 'presets.0.limits.nonsense'],
  ])('of a clinic that cannot be used are refused by the name of the field: %o', (preset, words) => {
    expect(() => withPresets(preset)).toThrow(ConfigError);
    expect(() => withPresets(preset)).toThrow(words);
  });
  it('of a clinic have one id each', () => {
    expect(() => withPresets(YOUNG, YOUNG)).toThrow('presets.1.id: there are two presets "young"');
  });

  it('and the alarm settings stay in the configuration when a chair is added', async () => {
    const config = parseConfig(
      JSON.stringify({ ...ONE_CHAIR, presets: [YOUNG], alarms: { allowAudioOff: true } }),
      'test',
    );
    const harness = await startHarness({ config });
    await harness.window().call('chair.add', { name: 'Chair 2', by: 'Engineer' });
    expect(harness.saved.at(-1)).toMatchObject({
      presets: [{ id: 'young' }],
      alarms: { allowAudioOff: true },
    });
    expect(harness.saved.at(-1)?.chairs).toHaveLength(2);
  });
});

describe('limits from the baseline', () => {
  const propose = (client: StationClient) => client.call('limits.proposeAuto', { chairId: CHAIR });

  it('are offered as old and new, change nothing, and are taken over by a person with a reason', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openSession(harness, client, 'infusing');
    const before = chairOf(harness).limits;
    const { proposals, baseline, notes } = await propose(client);
    expect(baseline).toMatchObject({ systolic: 124, diastolic: 78, heartRate: 72 });
    expect(notes.join(' ')).toContain('SpO₂');
    expect(chairOf(harness).limits).toEqual(before);
    expect(proposals.find((entry) => entry.limitId === 'nibp-sys-high-high-priority')).toMatchObject({
      old: 180,
      proposed: 164,
      loosens: false,
    });
    await client.call('limits.set', {
      chairId: CHAIR,
      changes: proposals.map(({ limitId, proposed }) => ({ limitId, threshold: proposed })),
      reason: 'From the baseline',
      by: 'Nurse A',
    });
    expect(thresholdOf(harness, 'nibp-sys-high-high-priority')).toBe(164);
    expect((await propose(client)).proposals).toEqual([]);
  });

  it('need a baseline', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openSession(harness, client, 'baseline');
    await expect(propose(client)).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('Take a cuff reading'),
    });
  });
});
