import { describe, expect, it } from 'vitest';
import { flagsOf, numberFacts, sessionFacts } from '../../../core/finding/session-facts.ts';
import type { SessionEventBody } from '../../../core/session/events.ts';
import { alarm, event, moved, note, openedBody } from '../../db/samples.ts';
import { poorDocument, richDocument } from '../../support/example-document.ts';

const VISIT = [openedBody(), moved('intake', 'baseline'), moved('baseline', 'infusing')];
const factsOf = (...bodies: readonly SessionEventBody[]) =>
  sessionFacts(
    bodies.map((body, index) => event(index + 1, body)),
    null,
  );
const flags = (...more: readonly SessionEventBody[]) => flagsOf(factsOf(...VISIT, ...more));

/** An alarm of this condition. */
const raised = (
  conditionId: string,
  type: 'raised' | 'reopened' | 'cleared' = 'raised',
): SessionEventBody => {
  const body = alarm(type);
  if (body.type !== 'alarm' || !('alarm' in body.alarm)) throw new Error('no alarm');
  return { ...body, alarm: { ...body.alarm, alarm: { ...body.alarm.alarm, conditionId } } };
};

describe('the facts of a session', () => {
  it('are those of a whole record, up to its last entry', () => {
    const { events, figures } = richDocument();
    const facts = sessionFacts(events, numberFacts(figures));
    expect(facts).toMatchObject({
      sequence: events.at(-1)?.sequence,
      patient: { name: 'Дмитриева, Ольга' },
      course: { number: 3, planned: 6 },
      numbers: { peakSystolic: figures.peak.systolic?.value, peakRise: figures.peakRise?.mmHg },
    });
    expect(flagsOf(facts)).not.toContain('unsigned');
  });

  it('are the same after they were written down and read again', () => {
    const { events, figures } = richDocument();
    const facts = sessionFacts(events, numberFacts(figures));
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });

  it('say nothing about the numbers of a poor record that it does not have', () => {
    const { events, figures } = poorDocument();
    const facts = sessionFacts(events, numberFacts(figures));
    expect(facts).toMatchObject({ patient: null, course: null, dose: null, numbers: { hasGap: true } });
    expect(facts.numbers?.peakRise).toBeNull();
    // Begun without respiration: somebody passed over the check.
    expect(flagsOf(facts)).toEqual(expect.arrayContaining(['override', 'data-gap', 'unsigned']));
  });

  it('count an alarm by its priority and not its end', () => {
    expect(factsOf(...VISIT, alarm('raised', 'medium'), alarm('cleared', 'medium')).alarms).toEqual({
      high: 0,
      medium: 1,
      low: 0,
    });
  });
});

describe('flags from the entries', () => {
  it('are none in a quiet visit that goes on', () => {
    expect(flags(note('well'))).toEqual([]);
  });

  it.each([
    ['nibp-sys-high-high-priority', ['bp-spike']],
    ['nibp-dia-high-immediate', ['bp-spike']],
    ['nibp-map-rise-high-priority', ['bp-spike']],
    ['nibp-sys-high-medium-priority', []],
    ['nibp-sys-low-high-priority', []],
    ['spo2-low-high-priority', []],
  ])('an alarm of %s: %j', (conditionId, expected) => {
    expect(flags(raised(conditionId))).toEqual(expected);
    expect(flags(raised(conditionId, 'reopened'))).toEqual(expected);
    expect(flags(raised(conditionId, 'cleared'))).toEqual([]);
  });

  it('a start without a vital is an overridden check', () => {
    const start = { ...moved('baseline', 'infusing'), withoutVitals: ['respiration'] } as SessionEventBody;
    const facts = factsOf(openedBody(), moved('intake', 'baseline'), start);
    expect(flagsOf(facts)).toEqual(['override']);
    expect(facts.overrides).toBe(1);
  });

  it('a visit that was aborted ended early and is not signed', () => {
    expect(flags(moved('infusing', 'aborted'))).toEqual(['ended-early', 'unsigned']);
  });
});
