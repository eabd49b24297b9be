import { describe, expect, it } from 'vitest';
import { gatherDocument } from '../../../core/review/gather.ts';
import {
  EXAMPLE_NOW,
  poorDocument,
  poorInput,
  richDocument,
  richInput,
} from '../../support/example-document.ts';

describe('gathering a document', () => {
  it('is the same each time from the same record', () => {
    expect(gatherDocument(richInput())).toEqual(richDocument());
  });

  it('holds everything that is on record, in order', () => {
    const { session, events, frames, readings, signOff, monitors, alarms, exclusions } = richDocument();
    expect(session.patient?.name).toBe('Дмитриева, Ольга');
    expect(session.course?.position).toEqual({ number: 3, planned: 6 });
    expect(signOff).toMatchObject({ state: 'signed', addenda: 1 });
    expect(signOff.signatures.map(({ meaning }) => meaning)).toEqual([
      'infusion-nurse',
      'reviewed-by-physician',
    ]);
    expect(monitors.map(({ model }) => model)).toEqual(['IntelliVue MX450', null]);
    expect(readings).toHaveLength(16);
    expect(alarms.rows.map(({ key }) => key)).toEqual(['bp-high', 'link-lost:chair-2-oximeter', 'spo2-low']);
    expect(alarms.controls.map(({ kind }) => kind)).toEqual(['audio-paused']);
    expect(exclusions).toHaveLength(1);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    const times = frames.map(({ at }) => at.wall);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('says in words what a complete record still lacks', () => {
    expect(richDocument(1000).missing).toEqual([
      'Pulse rate (oximeter): no number for 1 min 31 s from minute 25.',
      'Oxygen saturation (pulse oximetry): no number for 1 min 31 s from minute 25.',
      'Perfusion index: no number for 1 min 31 s from minute 25.',
      'Left out of the figures as artefacts by a person: 45 values.',
      'Monitor Oximeter 2: model and serial number not on record.',
    ]);
  });

  it('says in words what a poor record lacks', () => {
    expect(poorDocument().missing).toEqual([
      'Not signed: neither by the nurse nor by a physician.',
      'Initials only: the patient is not named in this record.',
      'No baseline: no rise can be told.',
      'No respiration was recorded under treatment.',
      'Knowingly begun without: respiration.',
      'Blood pressure (cuff): no number for 2 min 1 s from minute 0.',
      'No dose was entered.',
      'Monitor chair-1-monitor: model and serial number not on record.',
    ]);
  });

  it('says that a visit is not over, and ends its figures at the moment of writing', () => {
    const input = poorInput();
    const events = input.events.filter(({ body }) => body.type !== 'phase-changed' || body.to !== 'aborted');
    const open = gatherDocument({ ...input, events });
    expect(open.missing[0]).toBe('The visit is not over: everything here is as it stood at the writing.');
    expect(open.figures.to).toBe(EXAMPLE_NOW);
  });
});
