import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sessionId } from '../../../core/ids.ts';
import { LONGEST_WAIT_MS, MOST_REFUSALS, waitAfter } from '../../../core/sending/sending.ts';
import { StorageError } from '../../../db/open.ts';
import { MakingError, type MakingErrorCode, type RecordMaker } from '../../../station/making/job.ts';
import type { RecordMakers } from '../../../station/making/make.ts';
import { event, moved, note, openedBody } from '../../db/samples.ts';
import { eventually } from '../../support/eventually.ts';
import { startFhirReceiver } from '../../support/fhir-receiver.ts';
import { startMllpReceiver } from '../../support/mllp-receiver.ts';
import { BUSY, closed, DOWN, room, SILENT, scripted } from './lane-room.ts';
import { fhir, folder, mllp, plainMaker, plainMakers } from './make.ts';

describe('a lane', () => {
  const place = folder('/nowhere');

  it.each<[MakingErrorCode, string, RegExp]>([
    ['busy', 'queued', /is made/],
    ['crashed', 'queued', /is made/],
    ['timed-out', 'queued', /is made/],
    ['failed', 'failed', /could not be made ready: how it is made/],
    ['stopped', 'queued', /is made/],
  ])('whose record is not made ready (%s) leaves it %s', async (code, state, words) => {
    const there = scripted();
    const maker = plainMaker();
    const results = [new MakingError(code, 'how it is made')];
    const make: RecordMaker['make'] = (...args) => {
      const [error] = results.splice(0, 1);
      return error === undefined ? maker.make(...args) : Promise.reject(error);
    };
    const all = room([place], { carrierOf: () => there.carrier, maker: { ...maker, make } });
    const a = all.queue(closed(all.live, 'a'), place);
    await all.look();
    await all.sendings.idle();
    expect(all.state(a)).toBe(state);
    expect(all.live.sending.newest(1)[0]?.problem ?? '').toMatch(words);
    expect(there.came).toEqual([]);
    await eventually(async () => {
      await all.look(LONGEST_WAIT_MS);
      expect(there.came).toHaveLength(state === 'queued' ? 1 : 0);
    });
  });

  it('leaves a destination alone for as long as that asks', async () => {
    const there = scripted();
    const all = room([place], { carrierOf: () => there.carrier });
    there.script.push({ ...DOWN, restMs: 120_000 });
    const a = all.queue(closed(all.live, 'a'), place);
    await all.look();
    await eventually(() => expect(all.sendings.destinations()[0]?.held).not.toBeNull());
    await all.look(118_000);
    await all.sendings.idle();
    expect(there.came).toHaveLength(1);
    await all.look(2_000);
    await eventually(() => expect(all.state(a)).toBe('sent'));
  });

  it('carries what is due, oldest first, and what it carries is on disk before and after', async () => {
    const there = scripted();
    const all = room([place], { carrierOf: () => there.carrier });
    const [a, b] = ['a', 'b'].map((name) => all.queue(closed(all.live, name), place));
    await all.look();
    await eventually(() => expect([all.state(a ?? ''), all.state(b ?? '')]).toEqual(['sent', 'sent']));
    expect(there.came.map(({ sessionId: id }) => id)).toEqual(['a', 'b']);
    await all.look();
    expect(all.told.at(-1)).toMatchObject({ isConfigured: true, waiting: 0, failed: 0 });
    expect(all.live.verify()).toMatchObject({ ok: true });
  });

  it('waits ever longer while nobody is there, for everything at once, and tells people', async () => {
    const there = scripted();
    const all = room([place], { carrierOf: () => there.carrier });
    there.script.push(DOWN, DOWN, DOWN, DOWN);
    const [a] = ['a', 'b'].map((name) => all.queue(closed(all.live, name), place));
    const attempts = async (count: number): Promise<void> => {
      await eventually(() => {
        all.sendings.look();
        expect(there.came).toHaveLength(count);
        expect(all.sendings.destinations()[0]?.held).toMatchObject({ problem: 'Nobody is there.' });
      });
    };
    await attempts(1);
    for (const count of [2, 3, 4]) {
      await all.look(waitAfter(count - 1) - 2000);
      await all.look(1000);
      expect(there.came).toHaveLength(count - 1);
      await all.clock.advance(1000);
      await attempts(count);
    }
    // Only the oldest was tried: the other is not blamed for a line that is down.
    expect(new Set(there.came.map(({ sessionId: id }) => id))).toEqual(new Set(['a']));
    await all.look(0);
    expect(all.sendings.overview()).toMatchObject({ waiting: 2, late: 1 });
    await all.look(LONGEST_WAIT_MS);
    await eventually(() => expect(all.state(a ?? '')).toBe('sent'));
    await eventually(() => expect(all.sendings.overview()).toMatchObject({ waiting: 0 }));
  });

  it('lets other records pass one that gets no answer, and never gives that one up', async () => {
    const there = scripted();
    const all = room([place], { carrierOf: () => there.carrier });
    there.script.push(SILENT);
    const [a, b] = ['a', 'b'].map((name) => all.queue(closed(all.live, name), place));
    await all.look();
    await eventually(() => expect([all.state(a ?? ''), all.state(b ?? '')]).toEqual(['queued', 'sent']));
    for (let turn = 0; turn < MOST_REFUSALS + 3; turn += 1) {
      there.script.push(SILENT);
      await all.look(LONGEST_WAIT_MS);
      await eventually(() => expect(there.came).toHaveLength(3 + turn));
      await eventually(() => expect(all.state(a ?? '')).toBe('queued'));
    }
  });

  it('gives up what the receiver refuses again and again, says why, and a person’s word begins anew', async () => {
    const there = scripted();
    const all = room([place], { carrierOf: () => there.carrier });
    const a = all.queue(closed(all.live, 'a'), place);
    for (let turn = 1; turn <= MOST_REFUSALS; turn += 1) {
      there.script.push(BUSY);
      await all.look(LONGEST_WAIT_MS);
      await eventually(() => expect(there.came).toHaveLength(turn));
      await eventually(() => expect(all.state(a)).toBe(turn < MOST_REFUSALS ? 'queued' : 'failed'));
    }
    expect(all.live.sending.newest(1)).toMatchObject([
      { problem: `Not now. Given up after ${MOST_REFUSALS} attempts.` },
    ]);
    expect(all.sendings.overview()).toMatchObject({ failed: 1, waiting: 0 });
    await all.look(LONGEST_WAIT_MS);
    expect(there.came).toHaveLength(MOST_REFUSALS);
  });

  it('hands on the record as it is now when it gained an entry while it waited', async () => {
    const there = scripted();
    const all = room([place], { carrierOf: () => there.carrier });
    there.script.push(SILENT);
    const a = all.queue(closed(all.live, 'a'), place);
    await all.look();
    await eventually(() => expect(there.came).toHaveLength(1));
    await eventually(() => expect(all.state(a)).toBe('queued'));
    all.live.appendEvents([event(3, note('later'), sessionId('a'))]);
    await all.look(LONGEST_WAIT_MS);
    await eventually(() =>
      expect(all.live.sending.ofSession(sessionId('a'))).toMatchObject([
        { state: 'cancelled', headSequence: 2 },
        { state: 'sent', headSequence: 3 },
      ]),
    );
    expect(there.came).toHaveLength(2);
  });

  it('carries the same bytes in every attempt', async () => {
    const there = scripted();
    const stamped: RecordMakers = {
      ...plainMakers,
      documentOf: async (...args) => plainMakers.documentOf(...args),
      exporters: {
        ...plainMakers.exporters,
        csv: {
          format: 'csv',
          extension: 'csv',
          mediaType: 'text/csv',
          write: async ({ writtenAt }) => new TextEncoder().encode(`written ${writtenAt}`),
        },
      },
    };
    const all = room([place], { carrierOf: () => there.carrier, makers: stamped });
    there.script.push(SILENT);
    all.queue(closed(all.live, 'a'), place);
    await all.look();
    await eventually(() => expect(there.came).toHaveLength(1));
    await eventually(() => expect(all.sendings.overview().waiting).toBe(1));
    await all.look(LONGEST_WAIT_MS);
    await eventually(() => expect(there.came).toHaveLength(2));
    const [first, second] = there.came;
    expect(second?.parts).toEqual(first?.parts);
  });

  it('stops on a person’s word, also in the middle of an attempt, and goes on with the next', async () => {
    const there = scripted();
    const all = room([place], { carrierOf: () => there.carrier });
    there.script.push('hang');
    const [a, b] = ['a', 'b'].map((name) => all.queue(closed(all.live, name), place));
    await all.look();
    await eventually(() => expect(all.state(a ?? '')).toBe('sending'));
    const sending = all.live.sending.open(place.id)[0];
    if (sending === undefined) throw new Error('nothing is on its way');
    all.live.sending.change(sending.id, { step: 'cancelled', problem: 'x' }, 'N', all.clock.now());
    all.sendings.lane(place.id)?.abandon(sending.id);
    await eventually(() => expect([all.state(a ?? ''), all.state(b ?? '')]).toEqual(['cancelled', 'sent']));
  });

  it('that is stopped leaves what was on its way in the queue', async () => {
    const there = scripted();
    const all = room([place], { carrierOf: () => there.carrier });
    there.script.push('hang');
    const a = all.queue(closed(all.live, 'a'), place);
    await all.look();
    await eventually(() => expect(all.state(a)).toBe('sending'));
    await all.sendings.stop();
    expect(all.live.sending.newest(1)).toMatchObject([
      { state: 'queued', problem: expect.stringContaining('not known') },
    ]);
  });

  it('keeps what the receiver said when the disk refuses it, and sends nothing twice for it', async () => {
    const there = scripted();
    const all = room([place], { carrierOf: () => there.carrier });
    const a = all.queue(closed(all.live, 'a'), place);
    const { change } = all.live.sending;
    let isFull = true;
    Object.assign(all.live.sending, {
      change: (...args: Parameters<typeof change>) => {
        if (isFull) throw new StorageError('disk-full', 'full');
        return change(...args);
      },
    });
    await all.look();
    await eventually(() => expect(all.logged.join()).toContain('could not be written'));
    await all.look();
    await all.look();
    expect(there.came).toHaveLength(1);
    isFull = false;
    await eventually(async () => {
      await all.look();
      expect(all.state(a)).toBe('sent');
    });
    expect(there.came).toHaveLength(1);
  });

  it('of one destination never waits for another, and a fault in an export stops nobody', async () => {
    const [stuck, free] = [scripted(), scripted()];
    const [one, two] = [folder('/one', { id: 'one' }), folder('/two', { id: 'two', formats: ['json'] })];
    const broken: RecordMakers = {
      ...plainMakers,
      exporters: {
        ...plainMakers.exporters,
        json: {
          format: 'json',
          extension: 'json',
          mediaType: 'x',
          write: async (document) => {
            if (document.session.id === 'a') throw new Error('the name of A. B.');
            return new Uint8Array([1]);
          },
        },
      },
    };
    const all = room([one, two], {
      makers: broken,
      carrierOf: ({ id }) => (id === 'one' ? stuck.carrier : free.carrier),
    });
    stuck.script.push('hang');
    const ids = ['a', 'b'].map((name) => closed(all.live, name));
    const queued = ids.flatMap((id) => [all.queue(id, one), all.queue(id, two)]);
    await all.look();
    await eventually(() =>
      expect(queued.map((id) => all.state(id))).toEqual(['sending', 'failed', 'queued', 'sent']),
    );
    // What the fault said may be a patient's: people see it, the log does not.
    expect(all.live.sending.ofSession(sessionId('a'))[1]?.problem).toContain('A. B.');
    expect(all.logged.join()).not.toContain('A. B.');
  });
});

describe('records that go by themselves', () => {
  it('are those of patients that were closed since the destination was known, none of them twice', async () => {
    const there = scripted();
    const auto = folder('/nowhere', { send: 'when-closed' });
    const all = room([auto], { carrierOf: () => there.carrier });
    closed(all.live, 'before');
    await all.look();
    closed(all.live, 'after');
    all.synthetic.appendEvents(
      [openedBody('simulated'), moved('intake', 'cancelled')].map((body, index) =>
        event(index + 1, body, sessionId('pretended')),
      ),
    );
    await all.look();
    await eventually(() =>
      expect(all.sendings.overview()).toMatchObject({ waiting: 0, changes: expect.any(Number) }),
    );
    await eventually(() => expect(there.came.map(({ sessionId: id }) => id)).toEqual(['after']));
    for (let turn = 0; turn < 3; turn += 1) await all.look();
    expect(there.came).toHaveLength(1);
  });
});

describe('real receivers', () => {
  it('of every kind get the record and then its update, each under the identity of the one before', async () => {
    const path = mkdtempSync(join(tmpdir(), 'chairside-lane-'));
    onTestFinished(() => rmSync(path, { recursive: true, force: true }));
    const [server, listener] = [await startFhirReceiver(), await startMllpReceiver()];
    onTestFinished(server.close);
    onTestFinished(listener.close);
    server.next('drop-after', { status: 503 });
    listener.next('drop-after', 'AE', 'AA');
    const places = [folder(path, { formats: ['csv', 'pdf'] }), fhir(server.baseUrl), mllp(listener.port)];
    const all = room(places);
    const a = closed(all.live, 'a');
    const settled = async (count: number): Promise<void> => {
      for (const each of places) all.queue(a, each);
      await eventually(async () => {
        await all.look(LONGEST_WAIT_MS);
        expect(all.live.sending.ofSession(a).filter(({ state }) => state === 'sent')).toHaveLength(count);
      });
    };
    await settled(3);
    all.live.appendEvents([event(3, note('an addendum'), a)]);
    await settled(6);
    expect(readdirSync(path).sort()).toEqual(['chairside-a.csv', 'chairside-a.pdf']);
    expect(readFileSync(join(path, 'chairside-a.csv'), 'utf8')).toContain('entries 3');
    expect([...server.stored].map(([key, versions]) => [key, versions.length])).toEqual([
      ['Encounter/a', 2],
      ['Observation/a', 2],
    ]);
    expect(listener.stored.size).toBe(4);
    expect(listener.received.length).toBeGreaterThan(4);
  });
});
