import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fhirCarrier } from '../../../station/sending/fhir.ts';
import { outcomeWords } from '../../../station/sending/fhir-answer.ts';
import type { Parcel } from '../../../station/sending/outcome.ts';
import { eventually } from '../../support/eventually.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import type { FhirBehaviour } from '../../support/fhir-receiver.ts';
import { bundle, fhir, parcel } from './make.ts';
import { deadPort, fhirServer, never, TLS, temporary } from './servers.ts';

const record = (text = 'entries 3'): Parcel =>
  parcel([{ name: 'fhir', extension: 'json', bytes: bundle('s-1', text), entries: 2 }]);

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
    ['a conflict with another transaction', { status: 409 }, 'refused', /HTTP 409/],
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

  it.each([429, 503])('that asks for a rest (HTTP %s) gets it, and its words are told', async (status) => {
    const server = await fhirServer();
    server.next({
      status,
      headers: { 'Retry-After': '120' },
      body: JSON.stringify({
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'throttled', diagnostics: 'nightly reindex' }],
      }),
    });
    expect(await carrier(server.baseUrl).deliver(record(), never)).toEqual({
      kind: 'unreachable',
      problem: `The server is not ready (HTTP ${status}). It is asked again after 120 s, as it wants. It says: error throttled: nightly reindex`,
      restMs: 120_000,
    });
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
