import { beforeAll, describe, expect, it } from 'vitest';
import { CallError, type StationClient } from '../../../core/api/client.ts';
import { COMMAND_PARAMS, type CommandInput, type CommandName } from '../../../core/api/commands.ts';
import type { CourseId, EventId, MonitorId, PatientId, PersonId, SessionId } from '../../../core/ids.ts';
import type { Role } from '../../../core/people/person.ts';
import type { SendingId } from '../../../core/sending/sending.ts';
import { asInput, type Clinic, draft, staffed } from '../../support/clinic.ts';
import { CHAIR, type Harness, startHarness } from '../../support/station-harness.ts';

const by = 'whoever';
const sessionId = 'none' as SessionId;
const personId = 'none' as PersonId;
const patientId = 'none' as PatientId;
const courseId = 'none' as CourseId;
const monitorId = 'none' as MonitorId;
const eventId = 'none' as EventId;
const sendingId = 'none' as SendingId;
const patient = asInput(draft());

/**
 * Who may, said once more in the test: N nurse, P physician, E engineer, A administrator, X emergency access,
 * 0 nobody signed in, L a locked window. And parameters that are well-formed but mean nothing.
 */
const EXPECTED: { readonly [C in CommandName]: readonly [who: string, params: CommandInput<C>] } = {
  'station.snapshot': ['NPEAX0L', {}],
  'session.open': [
    'NP',
    {
      chairId: CHAIR,
      patientId,
      indication: 'x',
      plannedInfusionMs: 3_600_000,
      plannedRecoveryMs: 1_800_000,
      by,
    },
  ],
  'sending.list': ['NPEAX', { sessionId: null as SessionId | null }],
  'sending.send': ['NPA', { sessionId, destination: 'x', by }],
  'sending.retry': ['NPA', { sendingId, by }],
  'sending.cancel': ['NPA', { sendingId, by }],
  'session.move': ['NP', { sessionId, from: 'intake', to: 'baseline', reason: null, by }],
  'session.note': ['NP', { sessionId, kind: 'note', text: 'x', corrects: null as EventId | null, by }],
  'session.nibpInterval': ['NP', { sessionId, intervalMs: 300_000, by }],
  'session.extendRecovery': ['NP', { sessionId, plannedRecoveryMs: 1_800_000, reason: 'x', by }],
  'protocol.list': ['NPEAX0L', {}],
  'protocol.approve': ['P', { protocolId: 'x', protocolVersion: 1, by }],
  'checklist.answer': ['NP', { sessionId, itemId: 'x', answer: { kind: 'confirmed' }, by }],
  'checklist.except': ['NP', { sessionId, itemId: 'x', reason: 'x', by }],
  'dose.plan': [
    'NP',
    {
      sessionId,
      seenSequence: 1,
      draft: { kind: 'nasal', drug: 'x', weightKg: 70, deviceMg: 28, devices: 2 },
      by,
    },
  ],
  'dose.verify': ['NP', { sessionId, seenSequence: 1, pumpRateMlPerH: 1, pumpVolumeMl: 1, by }],
  'dose.rate': ['NP', { sessionId, seenSequence: 1, rateMlPerH: 1, reason: 'x', by }],
  'dose.bolus': ['NP', { sessionId, seenSequence: 1, mg: 1, by }],
  'infusion.stop': ['NP', { sessionId, from: 'infusing', cause: 'complete', by }],
  'drug.give': ['NP', { sessionId, seenSequence: 1, name: 'x', amount: 1, unit: 'mg', route: 'IV', by }],
  'score.record': ['NP', { sessionId, scale: 'pain', draft: { kind: 'value', value: 1 }, by }],
  'sideEffect.note': ['NP', { sessionId, kind: 'nausea', severity: 'mild', by }],
  'sideEffect.change': ['NP', { sessionId, effect: eventId, severity: 'mild', by }],
  'sideEffect.end': ['NP', { sessionId, effect: eventId, by }],
  'prompt.skip': ['NP', { sessionId, scale: 'pain', by }],
  'entry.strike': ['NP', { sessionId, entry: eventId, reason: 'x', by }],
  'cuff.interval': ['NP', { sessionId, phase: 'infusing', intervalMs: null, by }],
  'baseline.renew': ['NP', { sessionId, reason: 'x', by }],
  'physician.inform': ['NP', { sessionId, physician: 'x', about: 'x', by }],
  'session.leaveEarly': ['NP', { sessionId, from: 'infusing', reason: 'x', by }],
  'session.moveChair': ['NP', { sessionId, toChairId: CHAIR, reason: 'x', by }],
  'visit.dischargeSheet': ['NPAX', { sessionId }],
  'limits.set': ['NP', { chairId: CHAIR, changes: [{ limitId: 'x', threshold: 1 }], reason: null, by }],
  'limits.proposeAuto': ['NP', { chairId: CHAIR }],
  'preset.list': ['NPEAX0L', {}],
  'preset.use': ['NP', { chairId: CHAIR, presetId: 'x', by }],
  'preset.approve': ['P', { presetId: 'x', presetVersion: 1, by }],
  'alarm.acknowledge': ['NPX', { chairId: CHAIR, key: 'x', by }],
  'alarm.pauseAudio': ['NP', { chairId: CHAIR, by }],
  'alarm.resumeAudio': ['NP', { chairId: CHAIR, by }],
  'alarm.audioOff': ['NP', { chairId: CHAIR, reason: 'x', by }],
  'alarm.pause': ['NP', { chairId: CHAIR, parameters: ['cuff'], by }],
  'alarm.resume': ['NP', { chairId: CHAIR, parameters: ['cuff'], by }],
  'alarm.off': ['NP', { chairId: CHAIR, parameter: 'cuff', reason: 'x', by }],
  'alarm.on': ['NP', { chairId: CHAIR, parameter: 'cuff', by }],
  'alarm.log': ['NPEAX', { sessionId }],
  'nibp.start': ['NP', { monitorId, by }],
  'nibp.stop': ['NP', { monitorId, by }],
  'monitor.allowCuff': ['NEA', { monitorId, allow: true, by }],
  'wave.watch': ['NPEAX0L', { chairId: CHAIR, on: true }],
  'history.waves': ['NPEAX0L', { sessionId, from: 0, to: 1 }],
  'history.trend': ['NPEAX0L', { sessionId, from: 0, to: 1, buckets: 1 }],
  'history.events': ['NPEAX0L', { sessionId }],
  'whatif.run': ['NPEAX', { sessionId }],
  'session.export': ['NPEA', { sessionId, format: 'csv', by }],
  'session.exportPart': ['NPEA', { exportId: 'none', part: 0 }],
  'review.session': ['NPEAX', { sessionId }],
  'review.exclude': [
    'NP',
    { sessionId, target: { kind: 'reading', monitorId, receivedAt: 0 }, reason: 'x', by },
  ],
  'review.restore': ['NP', { sessionId, excluded: eventId, reason: 'x', by }],
  'sessions.list': ['NPEAX', {}],
  'course.overlay': ['NPEAX', { register: 'live', courseId }],
  'clinic.picture': ['NPEAX', { from: 0, to: 1, origin: 'live' }],
  'sessions.find': ['NPEAX', {}],
  'sessions.findPatient': ['NPAX', {}],
  'chair.add': ['NEA', { name: 'Chair', by }],
  'chair.remove': ['NEA', { chairId: 'none' as typeof CHAIR, by }],
  'chair.sourceOrder': ['NEA', { chairId: CHAIR, order: [monitorId], by }],
  'monitor.add': [
    'NEA',
    { chairId: CHAIR, name: 'x', family: 'none', address: { kind: 'tcp', host: 'x', port: 1 }, by },
  ],
  'monitor.change': ['NEA', { monitorId, name: 'x', address: { kind: 'tcp', host: 'x', port: 1 }, by }],
  'monitor.remove': ['NEA', { monitorId, by }],
  'monitor.test': ['NEA', { family: 'none', address: { kind: 'tcp', host: 'x', port: 1 } }],
  'monitor.detect': ['NEA', { address: { kind: 'tcp', host: 'toy', port: 1 } }],
  'monitor.detectStop': ['NEA', {}],
  'monitor.watch': ['NEA', { monitorId, on: true }],
  'monitor.confirm': ['NP', { monitorId, by }],
  'window.sound': ['NPEAX0L', { state: 'ready' }],
  'ports.list': ['NEA', {}],
  'families.list': ['NPEAX0L', {}],
  'identity.get': ['NPEAX0L', {}],
  'auth.signIn': ['NPEAX0L', { personId, secret: '1' }],
  'auth.changeSecret': ['NPEA', { secret: '1', kind: 'pin', newSecret: '1' }],
  'auth.vouch': ['NPEA', { personId, secret: '1', meaning: 'x' }],
  'auth.emergencies': ['NPA', {}],
  'auth.explainEmergency': ['NPA', { emergencyId: 'none', reason: 'x', by }],
  'people.list': ['A', {}],
  'people.add': ['A', { name: 'x', role: 'nurse', secret: { kind: 'pin', value: '1' }, by }],
  'people.change': ['A', { personId, name: 'x', role: 'nurse', active: true, by }],
  'people.setSecret': ['A', { personId, kind: 'pin', secret: '1', by }],
  'patient.search': ['NPAX', { register: 'live', query: 'x' }],
  'patient.get': ['NPAX', { register: 'live', patientId }],
  'patient.register': ['NPA', { register: 'live', draft: patient, by }],
  'patient.change': ['NPA', { register: 'live', patientId, draft: patient, reason: 'x', by }],
  'patient.audit': ['PA', { register: 'live', patientId }],
  'course.templates': ['NPEAX0L', {}],
  'course.open': ['NPA', { register: 'live', patientId, templateId: 'x', plannedVisits: 1, by }],
  'course.change': ['NPA', { register: 'live', courseId, plannedVisits: 1, by }],
  'course.close': ['NPA', { register: 'live', courseId, reason: 'x', by }],
  'course.response': ['NPA', { register: 'live', courseId, sessionId, text: 'x', by }],
  'record.worklist': ['NPAX', {}],
  'record.sign': ['P', { sessionId, meaning: 'reviewed-by-physician', secret: '1' }],
  'record.addendum': ['NP', { sessionId, text: 'x', secret: '1' }],
  // These change who is at the window: last.
  'auth.active': ['NPEAX0L', { place: 'work' }],
  'auth.lock': ['NPEAX0L', {}],
  'auth.signOut': ['NPEAX0L', {}],
  'auth.emergency': ['NPEAX0L', { name: 'x' }],
};
const COMMANDS = Object.keys(COMMAND_PARAMS) as CommandName[];
const LETTERS: Readonly<Record<Role, string>> = {
  nurse: 'N',
  physician: 'P',
  engineer: 'E',
  administrator: 'A',
};

/** True when the door let it through, whatever became of it behind. */
const isLetIn = async <C extends CommandName>(client: StationClient, command: C): Promise<boolean> => {
  try {
    await client.call(command, EXPECTED[command][1]);
    return true;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    if (error.code === 'sign-in-needed') return false;
    return !(error.code === 'not-allowed' && error.message.startsWith('Only '));
  }
};

let harness: Harness;
let clinic: Clinic;
beforeAll(async () => {
  harness = await startHarness();
  clinic = await staffed(harness);
});

/** Every command with the given letter, asked at a fresh window each. */
const letIn = async (open: () => Promise<StationClient>): Promise<readonly CommandName[]> => {
  const passed: CommandName[] = [];
  for (const command of COMMANDS) {
    const client = await open();
    if (await isLetIn(client, command)) passed.push(command);
    client.close();
  }
  return passed;
};
const expected = (letter: string) => COMMANDS.filter((command) => EXPECTED[command][0].includes(letter));

describe('every command of the contract', () => {
  it.each(Object.entries(LETTERS))(
    'is open to the role %s exactly as the table says',
    async (role, letter) => {
      expect(await letIn(() => clinic.at(role as Role))).toEqual(expected(letter));
    },
  );

  it('is refused where nobody signed in, except what shows vitals and alarms and what signs in', async () => {
    expect(await letIn(async () => harness.window())).toEqual(expected('0'));
  });

  it('is refused at a locked window in the same way', async () => {
    const open = async () => {
      const client = await clinic.at('administrator');
      await client.call('auth.lock', {});
      return client;
    };
    expect(await letIn(open)).toEqual(expected('L'));
  });

  it('is refused in emergency access, except reading and acknowledging', async () => {
    const open = async () => {
      const client = harness.window();
      await client.call('auth.emergency', { name: 'Somebody' });
      return client;
    };
    expect(await letIn(open)).toEqual(expected('X'));
  });

  it('works with typed names while nobody has an account, as before there were any', async () => {
    const empty = await startHarness();
    const open = async () => empty.window();
    expect(await letIn(open)).toEqual(COMMANDS);
  });
});
