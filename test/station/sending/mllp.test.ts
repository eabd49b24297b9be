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
    ['CA', 'sent', /: CA; AA$/],
    ['in-pieces', 'sent', /AA/],
    ['AE', 'refused', /could not take the message of message 1 of 2 \(AE\): .*no such patient/],
    ['CE', 'refused', /\(CE\)/],
    ['AR', 'gave-up', /rejects the message of message 1 of 2 \(AR\): .*Unknown key/],
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
