import { beforeEach, describe, expect, it } from 'vitest';
import type { StationClient } from '../../../core/api/client.ts';
import type { IdentityView } from '../../../core/api/people-views.ts';
import { LOCKOUT } from '../../../core/people/lockout.ts';
import { DEFAULT_IDLE, EMERGENCY_MS } from '../../../core/people/presence.ts';
import { type Clinic, STAFF, staffed } from '../../support/clinic.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { CHAIR, cuff, type Harness, openSession, startHarness, WELL } from '../../support/station-harness.ts';

let harness: Harness;
let clinic: Clinic;
beforeEach(async () => {
  harness = await startHarness();
  clinic = await staffed(harness);
});

const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) =>
      error instanceof Error && 'code' in error ? `${error.code}: ${error.message}` : 'bug',
  );
const signIn = (client: StationClient, secret: string) =>
  client.call('auth.signIn', { personId: clinic.ids.nurse, secret });
const registryTypes = () =>
  harness.databases.live.registry.newestOf(
    ['signed-in', 'signed-out', 'sign-in-failed', 'vouched', 'emergency-opened', 'emergency-explained'],
    50,
  );

describe('the first account', () => {
  it('is an administrator’s', async () => {
    const empty = await startHarness();
    const add = empty
      .window()
      .call('people.add', { name: 'N', role: 'nurse', secret: { kind: 'pin', value: '2580' }, by: 'x' });
    expect(await refusal(add)).toContain('administrator');
  });

  it('is one: two windows that add it at once do not both become administrator', async () => {
    const empty = await startHarness();
    const add = (name: string) =>
      empty
        .window()
        .call('people.add', { name, role: 'administrator', secret: { kind: 'pin', value: '2580' }, by: 'x' });
    const outcomes = await Promise.allSettled([add('Ada'), add('Eve')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect((await empty.window().call('identity.get', {})).people.map(({ name }) => name)).toEqual(['Ada']);
  });

  it('ends the time of typed names at every window at once', async () => {
    const empty = await startHarness();
    const before = empty.window();
    const told: IdentityView[] = [];
    before.on('identity', (view) => told.push(view));
    await openSession(empty, before);
    const { name, secret, kind } = STAFF.administrator;
    await empty
      .window()
      .call('people.add', { name, role: 'administrator', secret: { kind, value: secret }, by: 'x' });
    expect(told.at(-1)?.state).toBe('nobody');
    expect(await refusal(before.call('alarm.pauseAudio', { chairId: CHAIR, by: 'typed' }))).toContain(
      'sign-in-needed',
    );
  });

  it('cannot be the last administrator and be retired or made something else', async () => {
    const client = await clinic.at('administrator');
    const { name } = STAFF.administrator;
    const change = (part: { role: 'nurse' | 'administrator'; active: boolean }) =>
      refusal(client.call('people.change', { personId: clinic.ids.administrator, name, ...part, by: 'x' }));
    expect(await change({ role: 'nurse', active: true })).toContain('last administrator');
    expect(await change({ role: 'administrator', active: false })).toContain('last administrator');
  });
});

describe('the name in the record', () => {
  it('is that of the person who is signed in, whatever the window says', async () => {
    const client = await clinic.at('nurse');
    const session = await openSession(harness, client);
    const entry = await client.call('session.note', {
      sessionId: session.id,
      kind: 'note',
      text: 'calm',
      corrects: null,
      by: 'Dr Somebody Else',
    });
    expect(entry.by).toBe(STAFF.nurse.name);
    const events = harness.databases.live.eventsOf(session.id);
    expect([...new Set(events.map(({ by }) => by))]).toEqual([STAFF.nurse.name]);
  });

  it('changes with the person at the window, and each coming and going is in the register', async () => {
    const client = await clinic.at('nurse');
    await clinic.signIn(client, 'physician');
    expect((await client.call('identity.get', {})).person?.name).toBe(STAFF.physician.name);
    await client.call('auth.signOut', {});
    const said = registryTypes().map(({ body, by }) => `${body.type} ${'cause' in body ? body.cause : by}`);
    expect(said.slice(-4)).toEqual([
      `signed-in ${STAFF.nurse.name}`,
      `signed-in ${STAFF.physician.name}`,
      'signed-out switched',
      'signed-out left',
    ]);
  });

  it('is never given twice, not even when its owner goes by another now', async () => {
    const admin = await clinic.at('administrator');
    const { name } = STAFF.nurse;
    await admin.call('people.change', {
      personId: clinic.ids.nurse,
      name: 'Nora Newname',
      role: 'nurse',
      active: true,
      by: 'x',
    });
    const secret = { kind: 'pin', value: '9173' } as const;
    const add = admin.call('people.add', { name, role: 'physician', secret, by: 'x' });
    expect(await refusal(add)).toContain('never share a name');
    // Back to what is theirs.
    const back = { personId: clinic.ids.nurse, name, role: 'nurse', active: true, by: 'x' } as const;
    expect(await admin.call('people.change', back)).toMatchObject({ name });
  });

  it.each(['station', ' Station '])(
    'is never the one that the station itself signs with (%s)',
    async (name) => {
      const admin = await clinic.at('administrator');
      const secret = { kind: 'pin', value: '9173' } as const;
      const refused = expect.stringContaining('signs with itself');
      await expect(admin.call('people.add', { name, role: 'nurse', secret, by: 'x' })).rejects.toMatchObject({
        message: refused,
      });
      await expect(harness.window().call('auth.emergency', { name })).rejects.toMatchObject({
        message: refused,
      });
      const open = await startHarness();
      await expect(
        open.window().call('alarm.pauseAudio', { chairId: CHAIR, by: name }),
      ).rejects.toMatchObject({
        message: refused,
      });
    },
  );

  it('is never given twice, not even after its owner retired', async () => {
    const client = await clinic.at('administrator');
    const { name } = STAFF.nurse;
    await client.call('people.change', {
      personId: clinic.ids.nurse,
      name,
      role: 'nurse',
      active: false,
      by: 'x',
    });
    const again = client.call('people.add', {
      name: ` ${name.toUpperCase()}`,
      role: 'nurse',
      secret: { kind: 'pin', value: '9173' },
      by: 'x',
    });
    expect(await refusal(again)).toContain('conflict');
  });
});

describe('a secret', () => {
  it('that is wrong five times locks the account for 15 min, also for the right one', async () => {
    const client = harness.window();
    for (let tries = 1; tries <= LOCKOUT.tries; tries += 1) {
      expect(await refusal(signIn(client, '0000'))).toContain(
        tries < LOCKOUT.tries ? 'left' : 'locked for 15 min',
      );
    }
    expect(await refusal(signIn(client, STAFF.nurse.secret))).toContain('locked for another 15 min');
    await harness.clock.advance(LOCKOUT.lockedMs);
    expect(await refusal(signIn(client, STAFF.nurse.secret))).toBe('done');
  });

  it('cannot be guessed by many tries at once', async () => {
    const tries = Array.from({ length: 12 }, (_, index) =>
      refusal(signIn(harness.window(), index === 11 ? STAFF.nurse.secret : '0000')),
    );
    const answers = await Promise.all(tries);
    expect(answers.filter((answer) => answer.includes('left')).length).toBe(LOCKOUT.tries - 1);
    expect(answers.at(-1)).toContain('locked for another');
  });

  it('stays locked over a restart of the station', async () => {
    const client = harness.window();
    for (let tries = 0; tries < LOCKOUT.tries; tries += 1) await refusal(signIn(client, '0000'));
    await harness.station.stop();
    const again = await startHarness({ clock: harness.clock, databases: harness.databases });
    const late = again
      .window()
      .call('auth.signIn', { personId: clinic.ids.nurse, secret: STAFF.nurse.secret });
    expect(await refusal(late)).toContain('locked for another');
  });

  it('does not lock for days because the clock was set back while the station was down', async () => {
    const client = harness.window();
    for (let tries = 0; tries < 5; tries += 1) await refusal(signIn(client, '0000'));
    await harness.station.stop();
    const clock = fakeClock(harness.clock.now().wall - 3 * 86_400_000);
    await clock.advance(7);
    const second = await startHarness({ clock, databases: harness.databases });
    const window = second.window();
    expect(await refusal(signIn(window, STAFF.nurse.secret))).toContain('locked for another 15 min');
    await clock.advance(15 * 60_000);
    expect(await refusal(signIn(window, STAFF.nurse.secret))).toBe('done');
  });

  it('set anew by the administrator opens a locked account', async () => {
    const client = harness.window();
    for (let tries = 0; tries < LOCKOUT.tries; tries += 1) await refusal(signIn(client, '0000'));
    const admin = await clinic.at('administrator');
    await admin.call('people.setSecret', {
      personId: clinic.ids.nurse,
      kind: 'pin',
      secret: '4826',
      by: 'x',
    });
    expect(await refusal(signIn(client, '4826'))).toBe('done');
  });

  it('is kept as a salted hash only: never as itself, in no answer and in no push', async () => {
    const { client, heard } = harness.tappedWindow();
    await clinic.signIn(client, 'administrator');
    await client.call('people.list', {});
    const kept = JSON.stringify(harness.databases.live.registry.ofTypes(['secret-set']));
    for (const { secret } of Object.values(STAFF)) {
      // In quotes: four digits may well stand within a hash.
      expect(kept).not.toContain(`"${secret}"`);
      expect(heard.join('\n')).not.toContain(`"${secret}"`);
    }
    const salts = [...kept.matchAll(/"salt":"([0-9a-f]{32})"/g)].map(([, salt]) => salt);
    expect(new Set(salts).size).toBe(4);
    expect(heard.join('\n')).not.toContain(salts[0]);
  });
});

describe('an idle window', () => {
  it('is locked by the station after 5 min, and what protects the patient goes on there', async () => {
    const client = await clinic.at('nurse');
    const told: IdentityView[] = [];
    client.on('identity', (view) => told.push(view));
    const session = await openSession(harness, client, 'infusing');
    await harness.clock.advance(DEFAULT_IDLE.workMs - 1000);
    expect((await client.call('identity.get', {})).state).toBe('signed-in');
    await harness.clock.advance(2000);
    expect(told.at(-1)).toMatchObject({ state: 'locked', person: { name: STAFF.nurse.name } });
    expect(await refusal(client.call('session.note', note(session.id)))).toContain('sign-in-needed');

    const values: string[] = [];
    const raised: string[] = [];
    client.on('observations', ({ values: shown }) =>
      values.push(...shown.map(({ observation }) => observation.metric)),
    );
    client.on('chair', ({ alarms }) => raised.push(...alarms.alarms.map(({ conditionId }) => conditionId)));
    harness.say(`MDC_ECG_HEART_RATE=72;MDC_PULS_OXIM_SAT_O2=98;MDC_RESP_RATE=14;${cuff(204, 110)}`);
    await harness.clock.advance(1000);
    expect(values).toContain('MDC_ECG_HEART_RATE');
    expect(raised.join(' ')).toMatch(/sys/i);
  });

  it('is locked after 2 min where records are read', async () => {
    const client = await clinic.at('nurse');
    await client.call('auth.active', { place: 'review' });
    await harness.clock.advance(DEFAULT_IDLE.reviewMs + 1000);
    expect((await client.call('identity.get', {})).state).toBe('locked');
  });

  it('stays open while somebody works at it', async () => {
    const client = await clinic.at('nurse');
    for (let minutes = 0; minutes < 12; minutes += 2) {
      await harness.clock.advance(2 * 60_000);
      await client.call('auth.active', { place: 'work' });
    }
    expect((await client.call('identity.get', {})).state).toBe('signed-in');
  });

  it('cannot be kept open by a window that only reads', async () => {
    const client = await clinic.at('nurse');
    for (let minutes = 0; minutes < 6; minutes += 1) {
      await harness.clock.advance(60_000);
      await client.call('station.snapshot', {});
    }
    expect((await client.call('identity.get', {})).state).toBe('locked');
  });
});

describe('a retired person', () => {
  it('is out at once, also where they were signed in', async () => {
    const nurse = await clinic.at('nurse');
    const admin = await clinic.at('administrator');
    const { name } = STAFF.nurse;
    await admin.call('people.change', {
      personId: clinic.ids.nurse,
      name,
      role: 'nurse',
      active: false,
      by: 'x',
    });
    expect((await nurse.call('identity.get', {})).state).toBe('nobody');
    expect(await refusal(nurse.call('alarm.pauseAudio', { chairId: CHAIR, by: 'x' }))).toContain(
      'sign-in-needed',
    );
    expect(await refusal(signIn(nurse, STAFF.nurse.secret))).toContain('retired');
  });
});

describe('emergency access', () => {
  it('lets anybody acknowledge for 15 min, under a name that says it was not proved', async () => {
    const nurse = await clinic.at('nurse');
    const session = await openSession(harness, nurse, 'infusing');
    harness.say(`${WELL};${cuff(204, 110)}`);
    await harness.clock.advance(1000);
    const client = harness.window();
    await client.call('auth.emergency', { name: 'Somebody' });
    const [chair] = (await client.call('station.snapshot', {})).chairs;
    const [alarm] = chair?.alarms.alarms ?? [];
    expect(chair?.session?.patientInitials).toBe('AB');
    await client.call('alarm.acknowledge', { chairId: CHAIR, key: alarm?.key ?? '', by: 'x' });
    const [entry] = harness.databases.live.eventsOf(session.id).slice(-1);
    expect(entry?.by).toBe('Somebody (emergency access, not verified)');
    await harness.clock.advance(EMERGENCY_MS);
    expect((await client.call('identity.get', {})).state).toBe('nobody');
  });

  it('wants its reason from somebody who is signed in, and says at every window that it is missing', async () => {
    const client = harness.window();
    await client.call('auth.emergency', { name: 'Somebody' });
    const nurse = await clinic.at('nurse');
    expect((await nurse.call('identity.get', {})).unexplained).toBe(1);
    const [open] = await nurse.call('auth.emergencies', {});
    expect(open).toMatchObject({ who: 'Somebody' });
    await nurse.call('auth.explainEmergency', {
      emergencyId: open?.id ?? '',
      reason: 'PIN forgotten',
      by: 'x',
    });
    expect((await nurse.call('identity.get', {})).unexplained).toBe(0);
    expect(registryTypes().at(-1)).toMatchObject({ by: STAFF.nurse.name, body: { reason: 'PIN forgotten' } });
  });
});

describe('a voucher', () => {
  const beyond = {
    chairId: CHAIR,
    changes: [{ limitId: 'spo2-low-medium', threshold: 84 }],
    reason: 'COPD',
    by: 'x',
  };

  it('lets a physician stand in at the nurse’s window for limits beyond the bounds, once', async () => {
    const nurse = await clinic.at('nurse');
    const session = await openSession(harness, nurse, 'infusing');
    const { limits } = harness.station.view().chairs[0] ?? {};
    const limit = limits?.limits.find(
      ({ metric, side }) => metric === 'MDC_PULS_OXIM_SAT_O2' && side === 'low',
    );
    const asked = { ...beyond, changes: [{ limitId: limit?.id ?? '', threshold: 75 }] };
    expect(await refusal(nurse.call('limits.set', { ...asked, physician: 'Dr Typed' }))).toContain(
      'A physician decides',
    );
    const { voucher } = await nurse.call('auth.vouch', {
      personId: clinic.ids.physician,
      secret: STAFF.physician.secret,
      meaning: 'Limits beyond the bounds',
    });
    await nurse.call('limits.set', { ...asked, physician: 'Dr Typed', voucher });
    const last = harness.databases.live.eventsOf(session.id).at(-1);
    expect(last).toMatchObject({
      by: STAFF.nurse.name,
      body: { override: { physician: STAFF.physician.name } },
    });
    expect(await refusal(nurse.call('limits.set', { ...asked, voucher }))).toContain('was used');
  });

  it('is good for what the person may do now, not for what they were when they gave it', async () => {
    const nurse = await clinic.at('nurse');
    const admin = await clinic.at('administrator');
    await openSession(harness, nurse, 'infusing');
    const { voucher } = await nurse.call('auth.vouch', {
      personId: clinic.ids.physician,
      secret: STAFF.physician.secret,
      meaning: 'x',
    });
    const { name } = STAFF.physician;
    await admin.call('people.change', {
      personId: clinic.ids.physician,
      name,
      role: 'nurse',
      active: true,
      by: 'x',
    });
    expect(await refusal(nurse.call('limits.set', { ...beyond, voucher }))).toContain('Only a physician');
  });

  it('of a nurse is no physician’s, and none is good for longer than 2 min', async () => {
    const nurse = await clinic.at('nurse');
    await openSession(harness, nurse, 'infusing');
    const vouch = (role: 'nurse' | 'physician') =>
      nurse.call('auth.vouch', { personId: clinic.ids[role], secret: STAFF[role].secret, meaning: 'x' });
    const own = await vouch('nurse');
    expect(await refusal(nurse.call('limits.set', { ...beyond, voucher: own.voucher }))).toContain(
      'Only a physician',
    );
    const late = await vouch('physician');
    await harness.clock.advance(121_000);
    expect(await refusal(nurse.call('limits.set', { ...beyond, voucher: late.voucher }))).toContain(
      'older than 2 min',
    );
  });
});

const note = (sessionId: Parameters<Harness['databases']['live']['eventsOf']>[0]) => ({
  sessionId,
  kind: 'note' as const,
  text: 'x',
  corrects: null,
  by: 'x',
});
