import { describe, expect, it } from 'vitest';
import { NOTHING_SENT, type SendingView } from '../../../core/api/sending-views.ts';
import { sessionId } from '../../../core/ids.ts';
import { LATE_AFTER_ATTEMPTS, sendingId } from '../../../core/sending/sending.ts';
import { newestFor, sendingActs, sendingBadge, sendingLine } from '../../../renderer/view-model/sending.ts';
import { clockText, dateTimeText } from '../../../renderer/view-model/time-text.ts';
import { at } from '../support.ts';

const sending = (part: Partial<SendingView> = {}): SendingView => ({
  id: sendingId('live-1'),
  destination: 'archive',
  sessionId: sessionId('s'),
  headSequence: 10,
  headHash: 'a'.repeat(64),
  formats: ['pdf'],
  state: 'queued',
  attempts: 0,
  queuedAt: at(0).wall,
  queuedBy: 'station',
  changedAt: at(60).wall,
  nextAttemptAt: at(120).wall,
  problem: null,
  acknowledgement: null,
  patientInitials: 'AB',
  origin: 'live',
  isNewest: true,
  ...part,
});

describe('a record that is handed on', () => {
  it('says in words where it stands, and marks only what a person should look at', () => {
    expect(sendingLine(sending(), null)).toEqual({
      mark: 'waits',
      state: 'Waits for its turn',
      detail: null,
    });
    const tried = sending({ attempts: 2, problem: 'No answer.' });
    expect(sendingLine(tried, null)).toEqual({
      mark: 'waits',
      state: `NOT HANDED ON YET after 2 attempts, tried again at ${clockText(at(120).wall)}`,
      detail: 'No answer.',
    });
    expect(sendingLine(sending({ ...tried, attempts: LATE_AFTER_ATTEMPTS }), null).mark).toBe('look');
    expect(sendingLine(tried, { problem: 'Nobody is there.', until: at(300).wall })).toEqual({
      mark: 'look',
      state: `Waits: tried again at ${clockText(at(300).wall)}`,
      detail: 'Nobody is there.',
    });
    expect(sendingLine(sending({ state: 'failed', problem: 'Refused.' }), null)).toEqual({
      mark: 'look',
      state: 'NOT HANDED ON, given up',
      detail: 'Refused.',
    });
  });

  it('is not called done when the record has gained an entry since', () => {
    const sent = sending({ state: 'sent', acknowledgement: 'AA' });
    expect(sendingLine(sent, null)).toEqual({
      mark: 'done',
      state: `Handed on ${dateTimeText(at(60).wall)}`,
      detail: 'AA',
    });
    const older = sendingLine({ ...sent, isNewest: false }, null);
    expect(older.mark).not.toBe('done');
    expect(older.state).toContain('before the record was added to');
  });

  it('is known by the newest state of the record, whichever changed last', () => {
    const [old, fresh] = [
      sending({ headSequence: 3, changedAt: at(900).wall }),
      sending({ headSequence: 5 }),
    ];
    expect(newestFor([old, fresh], 'archive')).toBe(fresh);
    expect(newestFor([old, fresh], 'other')).toBeNull();
  });

  it.each([
    ['nothing', null, 'send'],
    ['what waits', sending(), 'retry stop'],
    ['what is on its way', sending({ state: 'sending' }), 'stop'],
    ['what was given up', sending({ state: 'failed' }), 'retry stop'],
    ['what was stopped', sending({ state: 'cancelled' }), 'send'],
    ['what is there', sending({ state: 'sent' }), ''],
    ['what is there in an older state', sending({ state: 'sent', isNewest: false }), 'send'],
  ] as const)('offers for %s only what the station would do', (_name, newest, acts) => {
    const offered = Object.entries(sendingActs(newest)).flatMap(([act, may]) => (may ? [act] : []));
    expect(offered.join(' ')).toBe(acts);
  });

  it('has a sign on every screen while something was not handed on', () => {
    expect(sendingBadge(NOTHING_SENT)).toBeNull();
    expect(sendingBadge({ ...NOTHING_SENT, waiting: 3 })).toBeNull();
    expect(sendingBadge({ ...NOTHING_SENT, waiting: 3, failed: 1, late: 1 })).toBe('2 not handed on');
  });
});
