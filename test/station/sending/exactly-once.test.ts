import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type SessionId, sessionId } from '../../../core/ids.ts';
import { LONGEST_WAIT_MS } from '../../../core/sending/sending.ts';
import type { Carrier, Outcome } from '../../../station/sending/outcome.ts';
import { createSendings, type Sendings } from '../../../station/sending/sendings.ts';
import { event, moved, note, openSession } from '../../db/samples.ts';
import { type FakeClock, fakeClock } from '../../support/fake-clock.ts';
import { memoryDatabases } from '../../support/station-harness.ts';
import { folder, plainMaker } from './make.ts';

/** What happens with the next attempt. Lost and crashed ones reach the receiver or not. */
const ANSWERS = ['taken', 'down', 'refused', 'lost', 'lost-after', 'crash', 'crash-after'] as const;
type Answer = (typeof ANSWERS)[number];

type Step =
  | { readonly kind: 'visit' }
  | { readonly kind: 'addendum'; readonly of: number }
  | { readonly kind: 'attempts'; readonly answers: readonly Answer[] };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>({ kind: 'visit' }),
  fc.nat(5).map((of): Step => ({ kind: 'addendum', of })),
  fc
    .array(fc.constantFrom(...ANSWERS), { minLength: 1, maxLength: 4 })
    .map((answers): Step => ({ kind: 'attempts', answers })),
);

const PLACE = folder('/nowhere', { id: 'there', send: 'when-closed' });

/** A clinic whose station may crash at any moment, and one receiver that keeps records by their identity. */
const clinic = () => {
  const clock: FakeClock = fakeClock();
  const databases = memoryDatabases(clock);
  const kept = new Map<SessionId, number>();
  const breaches: string[] = [];
  let answers: Answer[] = [];
  let crashed: (() => void) | null = null;
  const entries = new Map<SessionId, number>();

  const carrier: Carrier = {
    deliver: async ({ sessionId: id, headHash }): Promise<Outcome> => {
      const row = databases.live.sending.ofSession(id).find((each) => each.headHash === headHash);
      if (row?.state !== 'sending') breaches.push(`${id} was sent while it was ${row?.state}`);
      const answer = answers.shift() ?? 'taken';
      const arrives = answer === 'taken' || answer === 'lost-after' || answer === 'crash-after';
      if (arrives) {
        const sequence = row?.headSequence ?? 0;
        if ((kept.get(id) ?? 0) > sequence) breaches.push(`${id} was put back to an older state`);
        kept.set(id, sequence);
      }
      switch (answer) {
        case 'taken':
          return { kind: 'sent', acknowledgement: 'kept' };
        case 'down':
          return { kind: 'unreachable', problem: 'down' };
        case 'refused':
          return { kind: 'refused', problem: 'busy' };
        case 'lost':
        case 'lost-after':
          return { kind: 'unanswered', problem: 'lost' };
        case 'crash':
        case 'crash-after':
          crashed?.();
          // The process is gone: nobody will ever hear.
          return new Promise(() => undefined);
        default:
          return answer satisfies never;
      }
    },
  };
  const boot = (): Sendings => {
    const silent = () => undefined;
    const made = createSendings({
      destinations: [PLACE],
      databases,
      maker: plainMaker(),
      clock,
      log: { info: silent, warn: silent, error: silent },
      env: {},
      push: silent,
      carrierOf: () => carrier,
    });
    made.look();
    return made;
  };
  let station = boot();

  return {
    databases,
    kept,
    entries,
    breaches,
    visit: () => {
      const id = sessionId(`s-${entries.size}`);
      openSession(databases.live, id, [moved('intake', 'cancelled')]);
      entries.set(id, 2);
    },
    addendum: (number: number) => {
      const [id, sequence] = [...entries][number % Math.max(1, entries.size)] ?? [];
      if (id === undefined || sequence === undefined) return;
      databases.live.appendEvents([event(sequence + 1, note('later'), id)]);
      entries.set(id, sequence + 1);
    },
    attempts: async (next: readonly Answer[]) => {
      answers = [...next];
      for (let turn = 0; turn <= next.length; turn += 1) {
        await clock.advance(LONGEST_WAIT_MS);
        const crash = new Promise<'crash'>((resolve) => {
          crashed = () => resolve('crash');
        });
        station.look();
        if ((await Promise.race([station.idle(), crash])) === 'crash') station = boot();
      }
    },
  };
};

it('whatever is lost, refused or cut off in between, every record is at the receiver once, in its newest state', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const all = clinic();
      for (const each of steps) {
        if (each.kind === 'visit') all.visit();
        else if (each.kind === 'addendum') all.addendum(each.of);
        else await all.attempts(each.answers);
      }
      // In the end the receiver works and the station stays up.
      await all.attempts([]);
      await all.attempts([]);
      expect(all.breaches).toEqual([]);
      expect(Object.fromEntries(all.kept)).toEqual(Object.fromEntries(all.entries));
      expect(all.databases.live.sending.counts()).toEqual([]);
      for (const [id, sequence] of all.entries) {
        const sent = all.databases.live.sending.ofSession(id).filter(({ state }) => state === 'sent');
        expect(sent.filter(({ headSequence }) => headSequence === sequence)).toHaveLength(1);
      }
      expect(all.databases.live.verify().ok).toBe(true);
      for (const db of [all.databases.live, all.databases.synthetic]) db.close();
    }),
    { numRuns: 40 },
  );
});
