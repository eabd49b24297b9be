import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fhirCarrier } from '../../../station/sending/fhir.ts';
import { outcomeWords } from '../../../station/sending/fhir-answer.ts';
import { folderCarrier, meaningOf } from '../../../station/sending/folder.ts';
import { mllpCarrier } from '../../../station/sending/mllp.ts';
import {
  FRAME_MOST,
  frame,
  frameReader,
  parseAcknowledgement,
} from '../../../station/sending/mllp-answer.ts';
import { controlIdBase, outgoingMessages } from '../../../station/sending/mllp-message.ts';
import { type Carrier, isTlsCode, type Parcel, theirWords } from '../../../station/sending/outcome.ts';
import { hashesOf } from '../../../station/sending/parcel.ts';
import { eventually } from '../../support/eventually.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { type FhirBehaviour, startFhirReceiver } from '../../support/fhir-receiver.ts';
import { type MllpBehaviour, startMllpReceiver } from '../../support/mllp-receiver.ts';
import { bundle, bytes, fhir, messages, mllp, parcel } from './make.ts';

const never = new AbortController().signal;
const temporary = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'chairside-sending-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
};
const fhirServer = async (tls: typeof TLS | null = null) => {
  const server = await startFhirReceiver(tls);
  onTestFinished(server.close);
  return server;
};
const CERTIFICATE = fileURLToPath(new URL('../../fixtures/tls/certificate.pem', import.meta.url));
const TLS = {
  cert: readFileSync(CERTIFICATE),
  key: readFileSync(new URL('../../fixtures/tls/key.pem', import.meta.url)),
};
const listener = async (tls: typeof TLS | null = null) => {
  const server = await startMllpReceiver(tls);
  onTestFinished(server.close);
  return server;
};
/** A port of this computer where nobody listens. */
const deadPort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
const record = (text = 'entries 3'): Parcel =>
  parcel([{ name: 'fhir', extension: 'json', bytes: bundle('s-1', text) }]);
const hl7 = (text = 'entries 3', part: Partial<Parcel> = {}): Parcel =>
  parcel([{ name: 'hl7', extension: 'hl7', bytes: messages('s-1', text) }], part);

describe('a folder', () => {
  const csv = (text: string, part: Partial<Parcel> = {}): Parcel =>
    parcel([{ name: 'csv', extension: 'csv', bytes: bytes(text) }], part);

  it('gets each part as a file under the session’s name, and nothing half written beside it', async () => {
    const path = temporary();
    const parts = [
      { name: 'csv', extension: 'csv', bytes: bytes('a') },
      { name: 'fhir', extension: 'json', bytes: bytes('{}') },
    ];
    expect(await folderCarrier({ path }).deliver(parcel(parts), never)).toEqual({
      kind: 'sent',
      acknowledgement: 'Written: chairside-s-1.csv, chairside-s-1.fhir.json',
    });
    expect(readdirSync(path).sort()).toEqual(['chairside-s-1.csv', 'chairside-s-1.fhir.json']);
  });

  it('of the same record again changes nothing; of a newer state it takes the place of what we wrote', async () => {
    const path = temporary();
    const carrier = folderCarrier({ path });
    const first = csv('one');
    await carrier.deliver(first, never);
    expect((await carrier.deliver(first, never)).kind).toBe('sent');
    const second = csv('two', { sentBefore: [hashesOf(first.parts)] });
    expect((await carrier.deliver(second, never)).kind).toBe('sent');
    expect(readFileSync(join(path, 'chairside-s-1.csv'), 'utf8')).toBe('two');
  });

  it('keeps a file that somebody else put there, and says so', async () => {
    const path = temporary();
    writeFileSync(join(path, 'chairside-s-1.csv'), 'theirs');
    const outcome = await folderCarrier({ path }).deliver(csv('ours'), never);
    expect(outcome).toMatchObject({ kind: 'gave-up', problem: expect.stringContaining('was not replaced') });
    expect(readFileSync(join(path, 'chairside-s-1.csv'), 'utf8')).toBe('theirs');
  });

  it('is written over what a crash left half written', async () => {
    const path = temporary();
    writeFileSync(join(path, '.chairside-s-1.csv.part'), 'on');
    expect((await folderCarrier({ path }).deliver(csv('one'), never)).kind).toBe('sent');
    expect(readdirSync(path)).toEqual(['chairside-s-1.csv']);
  });

  it('says in the file’s name that a record is no patient’s', async () => {
    const path = temporary();
    await folderCarrier({ path }).deliver(csv('x', { isLive: false }), never);
    expect(readdirSync(path)).toEqual(['NOT-LIVE-chairside-s-1.csv']);
  });

  it('that is not there is waited for and never made', async () => {
    const path = join(temporary(), 'not-mounted');
    const outcome = await folderCarrier({ path }).deliver(csv('x'), never);
    expect(outcome).toMatchObject({
      kind: 'unreachable',
      problem: expect.stringContaining('mount or create'),
    });
    expect(existsSync(path)).toBe(false);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'without permission is a person’s business',
    async () => {
      const path = temporary();
      chmodSync(path, 0o500);
      const outcome = await folderCarrier({ path }).deliver(csv('x'), never);
      expect(outcome).toMatchObject({
        kind: 'gave-up',
        problem: expect.stringContaining('check the permissions'),
      });
    },
  );

  it.each([
    ['ENOSPC', 'unreachable'],
    ['EDQUOT', 'unreachable'],
    ['ESTALE', 'unreachable'],
    ['EIO', 'unreachable'],
    ['EACCES', 'gave-up'],
    ['EROFS', 'gave-up'],
  ])('that answers %s makes the record %s', (code, kind) => {
    expect(meaningOf(code, '/x')).toMatchObject({ kind, problem: expect.stringContaining(code) });
  });

  it('that is a file, or holds a folder of the file’s name, is said in words', async () => {
    const path = temporary();
    writeFileSync(join(path, 'file'), '');
    expect(await folderCarrier({ path: join(path, 'file') }).deliver(csv('x'), never)).toMatchObject({
      kind: 'gave-up',
    });
    mkdirSync(join(path, 'chairside-s-1.csv'));
    expect(await folderCarrier({ path }).deliver(csv('x'), never)).toMatchObject({
      kind: 'gave-up',
      problem: expect.stringContaining('there is a folder of the name'),
    });
  });
});

describe('a FHIR server', () => {
  const carrier = (
    baseUrl: string,
    part: object = {},
    env: Record<string, string> = {},
    clock = fakeClock(),
  ) => fhirCarrier(fhir(baseUrl, part), { clock, env });

  it('gets one transaction, and the same again changes nothing', async () => {
    const server = await fhirServer();
    const to = carrier(server.baseUrl);
    expect(await to.deliver(record(), never)).toMatchObject({
      kind: 'sent',
      acknowledgement: expect.stringMatching(/^2 resources stored: Encounter\/s-1\/_history\/1/),
    });
    await to.deliver(record(), never);
    await to.deliver(record('entries 4'), never);
    expect([...server.stored].map(([key, versions]) => [key, versions.length])).toEqual([
      ['Encounter/s-1', 2],
      ['Observation/s-1', 2],
    ]);
  });

  it.each<[string, FhirBehaviour, string, RegExp]>([
    ['a busy server', { status: 503 }, 'unreachable', /not ready \(HTTP 503\)/],
    ['too many requests', { status: 429 }, 'unreachable', /HTTP 429/],
    ['a failing server', { status: 500 }, 'refused', /failed \(HTTP 500\)/],
    ['a wrong token', { status: 401 }, 'gave-up', /check the token/],
    ['a missing base', { status: 404 }, 'gave-up', /HTTP 404/],
    [
      'a redirect',
      { status: 307, headers: { Location: 'https://elsewhere.example' } },
      'gave-up',
      /not sent after it/,
    ],
    [
      'a refusal in words',
      {
        status: 422,
        body: JSON.stringify({
          resourceType: 'OperationOutcome',
          issue: [
            {
              severity: 'error',
              code: 'invariant',
              details: { text: 'no birth date' },
              expression: ['Patient'],
            },
          ],
        }),
      },
      'gave-up',
      /It says: error invariant: no birth date: Patient/,
    ],
    ['a page that is no FHIR', 'gibberish', 'refused', /not that of a FHIR transaction/],
    ['success without a body', { status: 200 }, 'refused', /not that of a FHIR transaction/],
    [
      'one resource refused among many',
      'one-refused',
      'gave-up',
      /1 of 2 .* number 2: 422, error invalid: value out/,
    ],
    ['one resource left unanswered', 'one-forgotten', 'refused', /answered for 1 of 2/],
    ['a line that breaks before', 'drop-before', 'unanswered', /may have arrived/],
    ['a line that breaks after', 'drop-after', 'unanswered', /may have arrived/],
  ])('is not believed: %s', async (_name, behaviour, kind, words) => {
    const server = await fhirServer();
    server.next(behaviour);
    const outcome = await carrier(server.baseUrl).deliver(record(), never);
    expect(outcome).toMatchObject({ kind, problem: expect.stringMatching(words) });
  });

  it('that hangs is given up on after its time, measured by the station’s clock', async () => {
    const server = await fhirServer();
    const clock = fakeClock();
    server.next('hang');
    const outcome = carrier(server.baseUrl, { answerWithinSeconds: 30 }, {}, clock).deliver(record(), never);
    await eventually(() => expect(server.requests).toHaveLength(1));
    await clock.advance(30_000);
    expect(await outcome).toMatchObject({ kind: 'unanswered', problem: expect.stringContaining('30 s') });
  });

  it('that nobody runs is unreachable; a word to stop ends at once', async () => {
    const port = await deadPort();
    expect(await carrier(`http://127.0.0.1:${port}/r4`).deliver(record(), never)).toMatchObject({
      kind: 'unreachable',
      problem: expect.stringContaining('ECONNREFUSED'),
    });
    const server = await fhirServer();
    server.next('hang');
    const control = new AbortController();
    const outcome = carrier(server.baseUrl).deliver(record(), control.signal);
    await eventually(() => expect(server.requests).toHaveLength(1));
    control.abort();
    expect((await outcome).kind).toBe('unanswered');
  });

  it('with a certificate that nobody vouches for gets nothing, and no second try by itself', async () => {
    const server = await fhirServer(TLS);
    expect(await carrier(server.baseUrl).deliver(record(), never)).toMatchObject({
      kind: 'gave-up',
      problem: expect.stringContaining('SELF_SIGNED'),
    });
    expect(server.requests).toEqual([]);
  });

  it('is told the token from a file or the environment, read anew each time, and it stands in no words', async () => {
    const server = await fhirServer();
    const file = join(temporary(), 'token');
    const fromFile = carrier(server.baseUrl, { token: { file } });
    const missing = await fromFile.deliver(record(), never);
    expect(missing).toMatchObject({ kind: 'gave-up', problem: expect.stringContaining('ENOENT') });
    writeFileSync(file, 'first-secret\n');
    await fromFile.deliver(record(), never);
    writeFileSync(file, 'second-secret');
    server.next({ status: 401 });
    const refused = await fromFile.deliver(record(), never);
    writeFileSync(file, 'bro\nken secret');
    const broken = await fromFile.deliver(record(), never);
    await carrier(server.baseUrl, { token: { env: 'TOKEN' } }, { TOKEN: 'third-secret' }).deliver(
      record(),
      never,
    );
    expect(server.requests.map(({ authorization }) => authorization)).toEqual([
      'Bearer first-secret',
      'Bearer second-secret',
      'Bearer third-secret',
    ]);
    expect(JSON.stringify([refused, broken, missing])).not.toContain('secret');
    expect(broken).toMatchObject({ kind: 'gave-up', problem: expect.stringContaining('no bearer token') });
  });

  it('without anything in its outcome has no words', () => {
    expect(outcomeWords({ resourceType: 'OperationOutcome', issue: [] })).toBe('');
    expect(outcomeWords({ resourceType: 'Bundle' })).toBeNull();
    expect(outcomeWords(null)).toBeNull();
  });
});

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

describe('the words of HL7', () => {
  it('frames any text and reads it back however it is cut, with anything in between', () => {
    const text = fc
      .array(fc.constantFrom(...'aé王🙂|^~\\&\r\n'), { maxLength: 30 })
      .map((all) => all.join(''));
    const noise = fc.uint8Array({ maxLength: 9 }).map((raw) => raw.filter((byte) => byte !== 0x0b));
    const parts = fc.array(fc.tuple(noise, text), { maxLength: 4 });
    fc.assert(
      fc.property(parts, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (parts, cuts) => {
        const wire = Buffer.concat(parts.flatMap(([before, message]) => [before, frame(message)]));
        const reader = frameReader();
        const found: string[] = [];
        for (let at = 0, turn = 0; at < wire.length; turn += 1) {
          const step = cuts[turn % cuts.length] ?? 1;
          found.push(...reader.push(wire.subarray(at, at + step)));
          at += step;
        }
        expect(found).toEqual(parts.map(([, message]) => message));
      }),
    );
  });

  it('never hold more than a bounded frame, and never take garbage for an acknowledgement', () => {
    const reader = frameReader();
    reader.push(bytes(`\x0b${'x'.repeat(FRAME_MOST + 1)}`));
    expect(reader.isOverrun()).toBe(true);
    fc.assert(
      fc.property(fc.string(), (text) => {
        const ack = parseAcknowledgement(text);
        if (ack !== null) expect(text).toContain(`${ack.code}`);
      }),
    );
    const good = 'MSH|^~\\&|A|B|C|D|1||ACK|2|P|2.6\rMSA|AA|ID1\r';
    expect(parseAcknowledgement(good)).toEqual({ code: 'AA', controlId: 'ID1', words: '' });
    for (let cut = 1; cut < good.indexOf('ID1'); cut += 1)
      expect(parseAcknowledgement(good.slice(cut))).toBeNull();
    expect(parseAcknowledgement(good.replace('|AA|', '|XX|'))).toBeNull();
    expect(parseAcknowledgement('MSH#^~\\&#A#B\rMSA#AE#9#why')).toEqual({
      code: 'AE',
      controlId: '9',
      words: 'why',
    });
  });

  it('carry control ids of 20 characters that differ for every record, state and destination', () => {
    const base = controlIdBase('a', parcel([]));
    const others = [controlIdBase('b', parcel([])), controlIdBase('a', parcel([], { headHash: 'b' }))];
    expect(new Set([base, ...others]).size).toBe(3);
    const addresses = {
      sendingApplication: '',
      sendingFacility: '',
      receivingApplication: '',
      receivingFacility: '',
    };
    const [first] = outgoingMessages(messages('s', 'x'), addresses, base, true);
    expect(first?.controlId).toHaveLength(20);
    expect(first?.text.split('|')[9]).toBe(first?.controlId);
    expect(() => outgoingMessages(bytes('PID|1'), addresses, base, true)).toThrow('begin with MSH');
  });
});

it('what others say is one line without anything that acts on a screen', () => {
  expect(theirWords('a\r\n\u001b[31mb\u202ec  ')).toBe('a [31mb c');
  expect(theirWords('x'.repeat(400))).toHaveLength(301);
  expect(
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED'].every(isTlsCode),
  ).toBe(true);
  expect(['ECONNREFUSED', 'ETIMEDOUT', 'ENOTFOUND'].some(isTlsCode)).toBe(false);
});
