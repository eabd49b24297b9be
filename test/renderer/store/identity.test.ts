import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { IdentityView } from '../../../core/api/people-views.ts';
import { NOTHING_SENT } from '../../../core/api/sending-views.ts';
import { personId, type SessionId } from '../../../core/ids.ts';
import { snapshotOf } from '../../../core/patient/patient.ts';
import { ROLES, type Role } from '../../../core/people/person.ts';
import { DEFAULT_IDLE } from '../../../core/people/presence.ts';
import { hideNames, placeOf } from '../../../renderer/parts/use-idle-lock.ts';
import { isShut, mayHere, personKey } from '../../../renderer/store/identity.ts';
import { initialState, type WindowState } from '../../../renderer/store/state.ts';
import { parseRoute, patientHash } from '../../../renderer/view-model/route.ts';
import { draft } from '../../support/clinic.ts';
import { at, chair, session } from '../support.ts';

const identity = (state: IdentityView['state'], role: Role | null = null): IdentityView => ({
  state,
  person: role === null ? null : { id: personId(role), name: 'N', role },
  emergency: null,
  idle: DEFAULT_IDLE,
  people: [],
  unexplained: 0,
});

describe('what a window offers', () => {
  it('is everything without accounts and nothing that needs somebody while it is shut', () => {
    expect(mayHere(identity('open'), 'people')).toBe(true);
    for (const state of ['nobody', 'locked'] as const) {
      expect(isShut(identity(state, 'physician'))).toBe(true);
      expect(mayHere(identity(state, 'physician'), 'care')).toBe(false);
    }
  });

  it('follows the role', () => {
    expect(ROLES.filter((role) => mayHere(identity('signed-in', role), 'sign-record'))).toEqual([
      'physician',
    ]);
    expect(mayHere(identity('emergency'), 'read-patients')).toBe(true);
    expect(mayHere(identity('emergency'), 'care')).toBe(false);
  });

  it('is made anew for another person, and after a lock for the same one', () => {
    const keys = [
      identity('signed-in', 'nurse'),
      identity('locked', 'nurse'),
      identity('signed-in', 'physician'),
    ].map(personKey);
    expect(new Set(keys).size).toBe(3);
  });
});

describe('a window that lost the station and that nobody touches', () => {
  it('hides names and what was read, and keeps numbers and alarms', () => {
    const patient = snapshotOf({ ...draft(), id: 'p' as never });
    const shown = chair({ session: session({ patient, patientInitials: 'Q.Z.' }) });
    const store = createStore<WindowState>(() => ({
      ...initialState(null),
      now: at(0),
      identity: identity('signed-in', 'nurse'),
      station: {
        product: { name: 'Chairside', version: 'x' },
        demo: false,
        alarmPolicy: { allowAudioOff: false, reminderMs: 1 },
        storageFault: null,
        strandedSessions: [],
        sending: NOTHING_SENT,
        chairs: [shown],
        monitors: [],
        events: { ['s1' as SessionId]: [] },
      },
    }));
    hideNames(store);
    const state = store.getState();
    expect(state.identity?.state).toBe('locked');
    expect(JSON.stringify(state.station)).not.toMatch(/Zebrowska|774310|1961-07-09|Q\.Z\./);
    expect(state.station?.events).toEqual({});
    expect(state.station?.chairs[0]).toMatchObject({ current: shown.current, alarms: shown.alarms });
  });
});

describe('the place of a window', () => {
  it('is one of reading where names fill the screen', () => {
    const places = [
      '#/',
      '#/chair/c1',
      '#/monitors',
      '#/sessions',
      '#/sessions/s1',
      '#/patients',
      '#/people',
    ];
    expect(places.map((hash) => placeOf(parseRoute(hash)))).toEqual([
      'work',
      'work',
      'work',
      'review',
      'review',
      'review',
      'review',
    ]);
  });

  it('of a patient is found again by its address', () => {
    const id = 'a b/ü' as Parameters<typeof patientHash>[1];
    expect(parseRoute(patientHash('simulated', id))).toEqual({
      screen: 'patients',
      register: 'simulated',
      patientId: id,
    });
    expect(parseRoute('#/patients/other/x')).toEqual({ screen: 'patients', register: null, patientId: null });
  });
});
