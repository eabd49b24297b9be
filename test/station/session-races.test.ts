/** Commands that arrive while another one about the same chair is still being carried out. */
import { describe, expect, it } from 'vitest';
import { chairId } from '../../core/ids.ts';
import { parseConfig } from '../../station/config.ts';
import { registered } from '../support/clinic.ts';
import { CHAIR, startHarness } from '../support/station-harness.ts';

const SPARE = chairId('spare');
const CONFIG = parseConfig(
  JSON.stringify({
    chairs: [
      {
        id: CHAIR,
        name: 'Chair 1',
        monitors: [
          { id: 'toy-1', name: 'Toy', family: 'toy', address: { kind: 'tcp', host: 'toy', port: 1 } },
        ],
      },
      { id: SPARE, name: 'Spare', monitors: [] },
    ],
  }),
  'test',
);

const opening = {
  patientInitials: 'AB',
  indication: 'Depression',
  plannedInfusionMs: 40 * 60_000,
  plannedRecoveryMs: 30 * 60_000,
  by: 'Nurse N',
} as const;

describe('a session that is being opened', () => {
  it('with a real patient is not opened on a chair that has become simulated meanwhile', async () => {
    const harness = await startHarness({ config: CONFIG });
    const client = harness.window();
    const patient = await registered(client);
    const { course } = await client.call('course.open', {
      register: 'live',
      patientId: patient.id,
      templateId: 'depression',
      plannedVisits: 6,
      note: null,
      by: 'Nurse N',
    });
    const whose = { ...opening, patientInitials: null, patientId: patient.id, courseId: course.id };
    const { id } = await client.call('session.open', { ...whose, chairId: CHAIR });
    await client.call('session.move', {
      sessionId: id,
      from: 'intake',
      to: 'cancelled',
      reason: 'Ill',
      by: 'N',
    });
    // The patient's earlier visits are read: that takes its time, and others go on working.
    const opened = client.call('session.open', { ...whose, chairId: SPARE });
    const added = client.call('monitor.add', {
      chairId: SPARE,
      name: 'Pretended',
      family: 'toy',
      address: { kind: 'tcp', host: 'toy2', port: 1 },
      simulated: true,
      by: 'E',
    });
    const outcomes = await Promise.allSettled([opened, added]);
    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: { message: expect.stringContaining('Open the session again') } },
      { status: 'fulfilled' },
    ]);
    expect(harness.databases.synthetic.openSessions()).toEqual([]);
  });
});
