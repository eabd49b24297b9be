import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { recordMakerHere } from '../../app/record-makers.ts';
import { LONGEST_WAIT_MS } from '../../core/sending/sending.ts';
import { EXPORT_FORMATS } from '../../exports/exporter.ts';
import { fhirTransaction, fhirTransactionBytes } from '../../exports/fhir/index.ts';
import { formatsOf } from '../../station/sending/config.ts';
import { fhirCarrier } from '../../station/sending/fhir.ts';
import { createSendings } from '../../station/sending/sendings.ts';
import { event, moved, note, openedBody, SESSION } from '../db/samples.ts';
import { fhir, folder, mllp, parcel } from '../station/sending/make.ts';
import { eventually } from '../support/eventually.ts';
import { richDocument } from '../support/example-document.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { startFhirReceiver } from '../support/fhir-receiver.ts';
import { startMllpReceiver } from '../support/mllp-receiver.ts';
import { memoryDatabases } from '../support/station-harness.ts';

it.each(['live', 'simulated'] as const)(
  'the product’s own exports of a %s record reach every kind of destination, broken lines or not, each resource once',
  async (origin) => {
    const path = mkdtempSync(join(tmpdir(), 'chairside-makers-'));
    onTestFinished(() => rmSync(path, { recursive: true, force: true }));
    const [server, listener] = [await startFhirReceiver(), await startMllpReceiver()];
    onTestFinished(server.close);
    onTestFinished(listener.close);
    server.next('drop-after', 'drop-after');
    listener.next('drop-after');
    const clock = fakeClock();
    const databases = memoryDatabases(clock);
    const db = origin === 'live' ? databases.live : databases.synthetic;
    db.appendEvents(
      [openedBody(origin), moved('intake', 'cancelled')].map((body, at) => event(at + 1, body)),
    );
    const places = [
      folder(path, { formats: [...EXPORT_FORMATS] }),
      fhir(server.baseUrl, { withPdf: true }),
      mllp(listener.port, { receivingApplication: 'ENGINE' }),
    ];
    const quiet = () => undefined;
    const sendings = createSendings({
      destinations: places,
      databases,
      maker: recordMakerHere('0.0.0-test'),
      clock,
      log: { info: quiet, warn: quiet, error: quiet },
      env: {},
      push: quiet,
    });
    onTestFinished(sendings.stop);
    const all = async (sent: number): Promise<void> => {
      for (const place of places) {
        const formats = formatsOf(place);
        db.sending.queue({ destination: place.id, sessionId: SESSION, formats, by: 'N', at: clock.now() });
      }
      await eventually(async () => {
        await clock.advance(LONGEST_WAIT_MS);
        sendings.look();
        const states = db.sending.ofSession(SESSION);
        expect(states.map(({ problem }) => problem).filter((problem) => problem !== null)).toEqual([]);
        expect(states.filter(({ state }) => state === 'sent')).toHaveLength(sent);
      });
    };
    await all(3);
    const first = [...server.stored].map(([identity, versions]) => [identity, versions.length]);
    expect(first.length).toBeGreaterThan(1);
    expect(first.every(([, versions]) => versions === 1)).toBe(true);
    expect(listener.stored.size).toBe(1);
    db.appendEvents([event(3, note('said later'))]);
    await all(6);
    // The same identities as before; what changed has a second version.
    expect([...server.stored.keys()]).toEqual(expect.arrayContaining(first.map(([identity]) => identity)));
    expect(listener.stored.size).toBe(2);
    const mark = origin === 'live' ? '' : 'NOT-LIVE-';
    expect(readdirSync(path).sort()).toEqual(
      ['csv', 'fhir.json', 'hl7', 'json', 'pdf'].map((end) => `${mark}chairside-${SESSION}.${end}`),
    );
    const [message = ''] = listener.stored.values();
    expect(message.split('\r')[0]?.split('|')[10]).toBe(origin === 'live' ? 'P' : 'T');
    expect(message).toContain('|ENGINE|');
    const bundle = [...server.stored.values()].flat().join();
    expect(bundle.includes('HTEST')).toBe(origin !== 'live');
    expect(
      readFileSync(join(path, `${mark}chairside-${SESSION}.csv`), 'utf8')
        .toUpperCase()
        .includes('SIMULATED'),
    ).toBe(origin !== 'live');
  },
);

it('a full record whose answer was lost after the server had stored it is there once, each resource in one version', async () => {
  const server = await startFhirReceiver();
  onTestFinished(server.close);
  const options = { flowsheetMs: 60_000, mrnSystem: 'urn:mrn' };
  const entries = fhirTransaction(richDocument(), options, null).entry?.length ?? 0;
  const bytes = await fhirTransactionBytes(richDocument(), options, null);
  const record = parcel([{ name: 'fhir', extension: 'json', bytes, entries }]);
  const carrier = fhirCarrier(fhir(server.baseUrl), { clock: fakeClock(), env: {} });
  const never = new AbortController().signal;
  server.next('drop-after', 'drop-after');
  const outcomes: string[] = [];
  for (let attempt = 0; attempt < 3; attempt += 1) outcomes.push((await carrier.deliver(record, never)).kind);
  expect(outcomes).toEqual(['unanswered', 'unanswered', 'sent']);
  expect(server.stored.size).toBe(entries);
  expect([...server.stored.values()].filter((versions) => versions.length !== 1)).toEqual([]);
});
