/** Folders, FHIR servers and HL7 listeners for one test: gone with its end. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { startFhirReceiver } from '../../support/fhir-receiver.ts';
import { startMllpReceiver } from '../../support/mllp-receiver.ts';

/** Nobody says stop. */
export const never = new AbortController().signal;

export const CERTIFICATE = fileURLToPath(new URL('../../fixtures/tls/certificate.pem', import.meta.url));
export const TLS = {
  cert: readFileSync(CERTIFICATE),
  key: readFileSync(new URL('../../fixtures/tls/key.pem', import.meta.url)),
};

export const temporary = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'chairside-sending-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

export const fhirServer = async (tls: typeof TLS | null = null) => {
  const server = await startFhirReceiver(tls);
  onTestFinished(server.close);
  return server;
};

export const listener = async (tls: typeof TLS | null = null) => {
  const server = await startMllpReceiver(tls);
  onTestFinished(server.close);
  return server;
};

/** A port of this computer where nobody listens. */
export const deadPort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
