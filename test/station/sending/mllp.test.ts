import { describe, expect, it } from 'vitest';
import { mllpCarrier } from '../../../station/sending/mllp.ts';
import type { Carrier, Parcel } from '../../../station/sending/outcome.ts';
import { eventually } from '../../support/eventually.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import type { MllpBehaviour } from '../../support/mllp-receiver.ts';
import { messages, mllp, parcel } from './make.ts';
import { CERTIFICATE, deadPort, listener, never, TLS } from './servers.ts';

const hl7 = (text = 'entries 3', part: Partial<Parcel> = {}): Parcel =>
  parcel([{ name: 'hl7', extension: 'hl7', bytes: messages('s-1', text), entries: null }], part);

describe('an HL7 listener', () => {
  const carrier = (port: number, part: object = {}, clock = fakeClock()): Carrier =>
    mllpCarrier(mllp(port, part), { clock });

  it('gets one message after the other, addressed, under control ids that stay the same', async () => {
    const server = await listener();
    const to = carrier(server.port, { receivingApplication: 'ENGINE', receivingFacility: 'HOSPITAL' });
    expect(await to.deliver(hl7(), never)).toMatchObject({
      kind: 'sent',
      acknowledgement: expect.stringMatching(/^C[0-9A-F]{15}0001 to C[0-9A-F]{15}0002: AA$/),
    });
    await to.deliver(hl7(), never);
    expect(server.received).toHaveLength(4);
    expect(server.stored.size).toBe(2);
    expect(server.sawTwoAtOnce()).toBe(false);
    expect(server.received[0]).toMatch(
      /^MSH\|\^~\\&\|CHAIRSIDE\|\|ENGINE\|HOSPITAL\| 20260301\|\|ORU\^R01\^ORU_R01\|C/,
    );
    const newer = hl7('entries 4', { headHash: 'b'.repeat(64) });
    await to.deliver(newer, never);
    expect(server.stored.size).toBe(4);
  });

  it.each<[MllpBehaviour, string, RegExp]>([
    ['CA', 'sent', /: CA \(held safely; what the application makes of it was not asked\); AA$/],
    // The second acknowledgement comes while the next message waits for its own.
    ['CA+AA', 'sent', /: CA \(held/],
    ['in-pieces', 'sent', /AA/],
    ['AE', 'refused', /could not take message 1 of 2 \(AE\): .*no such patient/],
    ['CE', 'refused', /\(CE\)/],
    ['AR', 'gave-up', /rejects message 1 of 2 \(AR\): .*Unknown key/],
    ['CR', 'gave-up', /\(CR\)/],
    ['wrong-id', 'refused', /for another message \(MSA-2\)/],
    ['no-ack', 'refused', /no acknowledgement/],
    ['flood', 'refused', /not HL7/],
    ['drop-before', 'unanswered', /may have arrived/],
    ['drop-after', 'unanswered', /may have arrived/],
  ])('that answers with %s', async (behaviour, kind, words) => {
    const server = await listener();
    server.next(behaviour);
    const outcome = await carrier(server.port).deliver(hl7(), never);
    expect(outcome.kind).toBe(kind);
    expect('problem' in outcome ? outcome.problem : outcome.acknowledgement).toMatch(words);
  });

  it.each([
    ['accept', 'AL', 'NE'],
    ['application', 'AL', 'AL'],
  ] as const)(
    'is asked in MSH-15 and MSH-16 for what is waited for: %s',
    async (acknowledgement, ...asked) => {
      const server = await listener();
      await carrier(server.port, { acknowledgement }).deliver(hl7(), never);
      expect(server.received[0]?.split('\r')[0]?.split('|').slice(14, 16)).toEqual(asked);
    },
  );

  describe('whose application is asked', () => {
    const room = async () => {
      const server = await listener();
      const clock = fakeClock();
      const to = carrier(server.port, { acknowledgement: 'application', answerWithinSeconds: 30 }, clock);
      return { server, clock, to };
    };

    it('and answers at once, as in the original mode, has taken the record', async () => {
      const { server, to } = await room();
      expect(await to.deliver(hl7(), never)).toMatchObject({ kind: 'sent' });
      server.next('CA+AA', 'CA+AA');
      expect(await to.deliver(hl7(), never)).toMatchObject({
        kind: 'sent',
        acknowledgement: expect.stringMatching(/: AA$/),
      });
    });

    it('and only holds a message has not taken it: the next is not sent, and after its time that is said', async () => {
      const { server, clock } = await room();
      let waits = 0;
      const counting = {
        after: (ms: number, act: () => void) => {
          waits += 1;
          return clock.after(ms, act);
        },
      };
      const to = mllpCarrier(mllp(server.port, { acknowledgement: 'application', answerWithinSeconds: 30 }), {
        clock: counting,
      });
      server.next('CA, then');
      const outcome = to.deliver(hl7(), never);
      // For the line, for an acknowledgement, and from the CA on for the application's.
      await eventually(() => expect(waits).toBe(3));
      await clock.advance(30_000);
      expect(await outcome).toMatchObject({
        kind: 'unanswered',
        problem: expect.stringContaining('holds message 1 of 2 (CA)'),
      });
      expect(server.received).toHaveLength(1);
    });

    it.each([
      ['AA', 'sent', /: AA$/],
      ['AE', 'refused', /could not take message 1 of 2 \(AE\)/],
      ['AR', 'gave-up', /rejects message 1 of 2 \(AR\)/],
    ] as const)('and says %s later, after a CA', async (code, kind, words) => {
      const { server, to } = await room();
      server.next('CA, then', 'CA+AA');
      const outcome = to.deliver(hl7(), never);
      await eventually(() => server.speak(code));
      const result = await outcome;
      expect(result.kind).toBe(kind);
      expect('problem' in result ? result.problem : result.acknowledgement).toMatch(words);
    });

    it('and takes an earlier message back while the next one waits has not taken the record', async () => {
      const { server, to } = await room();
      server.next('CA, then', 'CA, then');
      const outcome = to.deliver(hl7(), never);
      await eventually(() => server.speak('AA'));
      await eventually(() => expect(server.received).toHaveLength(2));
      server.speak('AE', 'first');
      expect(await outcome).toMatchObject({
        kind: 'refused',
        problem: expect.stringContaining('message 1 of 2 (AE)'),
      });
    });

    it('and wants its own acknowledgement accepted gets that', async () => {
      const { server, to } = await room();
      server.next('CA, then', 'AA');
      const outcome = to.deliver(hl7(), never);
      await eventually(() => server.speak('AA', 'held', true));
      expect(await outcome).toMatchObject({ kind: 'sent' });
      await eventually(() => expect(server.accepted).toHaveLength(1));
      expect(server.accepted[0]).toMatch(
        /^MSH\|\^~\\&\|CHAIRSIDE\|.*\|ACK\|A[0-9A-F]+\|P\|2\.6\rMSA\|CA\|A1\r$/,
      );
    });
  });

  it('that stops in the middle gets all of it again, and has each message once', async () => {
    const server = await listener();
    server.next('AA', 'drop-after');
    const to = carrier(server.port);
    expect(await to.deliver(hl7(), never)).toMatchObject({
      kind: 'unanswered',
      problem: expect.stringContaining('message 2 of 2'),
    });
    expect((await to.deliver(hl7(), never)).kind).toBe('sent');
    expect(server.received).toHaveLength(4);
    expect(server.stored.size).toBe(2);
  });

  it.each<[MllpBehaviour]>([['hang'], ['gibberish']])(
    'that answers with %s is waited for, then not',
    async (behaviour) => {
      const server = await listener();
      const clock = fakeClock();
      server.next(behaviour);
      const outcome = carrier(server.port, { answerWithinSeconds: 20 }, clock).deliver(hl7(), never);
      await eventually(() => expect(server.received).toHaveLength(1));
      await clock.advance(20_000);
      expect(await outcome).toMatchObject({ kind: 'unanswered', problem: expect.stringContaining('20 s') });
    },
  );

  it('that nobody runs is unreachable; with a certificate that nobody vouches for it gets nothing', async () => {
    expect(await carrier(await deadPort()).deliver(hl7(), never)).toMatchObject({ kind: 'unreachable' });
    const server = await listener(TLS);
    expect(await carrier(server.port, { tls: {} }).deliver(hl7(), never)).toMatchObject({
      kind: 'gave-up',
      problem: expect.stringContaining('SELF_SIGNED'),
    });
    expect(await carrier(server.port, { tls: { ca: '/nowhere.pem' } }).deliver(hl7(), never)).toMatchObject({
      kind: 'gave-up',
      problem: expect.stringContaining('/nowhere.pem'),
    });
    expect(server.received).toEqual([]);
    const outcome = await carrier(server.port, { tls: { ca: CERTIFICATE } }).deliver(hl7(), never);
    expect(outcome.kind).toBe('sent');
    const wrongName = { tls: { ca: CERTIFICATE, serverName: 'other.example' } };
    expect((await carrier(server.port, wrongName).deliver(hl7(), never)).kind).toBe('gave-up');
    expect(server.stored.size).toBe(2);
  });

  it('learns from MSH-11 that a record is no patient’s', async () => {
    const server = await listener();
    await carrier(server.port).deliver(hl7('x', { isLive: false }), never);
    await carrier(server.port).deliver(hl7('y', { headHash: 'c'.repeat(64) }), never);
    expect(server.received.map((message) => message.split('|')[10])).toEqual(['T', 'T', 'P', 'P']);
  });
});
