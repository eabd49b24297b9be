/**
 * A strict FHIR server for tests, on a real socket: it takes transactions whose every entry has an identity of its own
 * (PUT by id or by search, POST with `ifNoneExist`), keeps each resource once with all its versions, and misbehaves when
 * told to.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** What it does with the next request; `take` when nothing else was asked for. */
export type FhirBehaviour =
  | 'take'
  | 'hang'
  /** Closes the line before it has looked at anything. */
  | 'drop-before'
  /** Stores, then closes the line without an answer. */
  | 'drop-after'
  /** Stores, and never answers. */
  | 'store-and-hang'
  /** Answers 200 with something that is no FHIR. */
  | 'gibberish'
  /** Stores nothing of the last entry, and says so in its entry. */
  | 'one-refused'
  /** Leaves the last entry out of its answer. */
  | 'one-forgotten'
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> };

export interface FhirReceiver {
  readonly baseUrl: string;
  /** Identity (`Type/id` or `Type?search`) → its versions as JSON text, oldest first. */
  readonly stored: ReadonlyMap<string, readonly string[]>;
  /** Everything that was asked, with its token. */
  readonly requests: readonly { readonly authorization: string | null; readonly bytes: number }[];
  /** What it does with the next requests, in order. */
  next(...behaviours: readonly FhirBehaviour[]): void;
  /** What it does when nothing else was asked for; `take` at first. */
  always(behaviour: FhirBehaviour): void;
  /** Called when a transaction was stored and not answered yet. */
  onStored: (() => void) | null;
  close(): Promise<void>;
}

interface Entry {
  readonly resource?: { readonly resourceType?: unknown; readonly id?: unknown };
  readonly request?: {
    readonly method?: unknown;
    readonly url?: unknown;
    readonly ifNoneExist?: unknown;
  };
}

/** @param tls a certificate and its key; null: unencrypted. */
export const startFhirReceiver = async (
  tls: { readonly cert: Buffer; readonly key: Buffer } | null = null,
): Promise<FhirReceiver> => {
  const stored = new Map<string, string[]>();
  const requests: { authorization: string | null; bytes: number }[] = [];
  const queue: FhirBehaviour[] = [];
  let usual: FhirBehaviour = 'take';
  const receiver: { onStored: (() => void) | null } = { onStored: null };

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const behaviour = queue.shift() ?? usual;
    if (behaviour === 'drop-before') {
      request.socket.destroy();
      return;
    }
    const body = await textOf(request);
    requests.push({ authorization: request.headers.authorization ?? null, bytes: body.length });
    if (behaviour === 'hang') return;
    if (behaviour === 'gibberish') {
      response
        .writeHead(200, { 'Content-Type': 'text/html' })
        .end('<html>Sign in to the guest network</html>');
      return;
    }
    if (typeof behaviour === 'object') {
      response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body ?? '');
      return;
    }
    const problem = objection(request, body);
    if (problem !== null) {
      response.writeHead(400, FHIR).end(outcome(problem));
      return;
    }
    const entries = (JSON.parse(body) as { entry: readonly Entry[] }).entry;
    const kept = behaviour === 'one-refused' ? entries.slice(0, -1) : entries;
    for (const { resource, request: asked } of kept) {
      const isNew = asked?.method === 'POST';
      const key = isNew ? `${String(asked?.url)}?${String(asked?.ifNoneExist)}` : String(asked?.url);
      if (isNew && stored.has(key)) continue;
      const versions = stored.get(key) ?? [];
      const text = JSON.stringify(resource);
      // The same content makes no new version (FHIR R4, 3.1.0.4: a server may choose so).
      stored.set(key, versions.at(-1) === text ? versions : [...versions, text]);
    }
    receiver.onStored?.();
    if (behaviour === 'store-and-hang') return;
    if (behaviour === 'drop-after') {
      request.socket.destroy();
      return;
    }
    const answers = entries.map((entry, index) =>
      index === entries.length - 1 && behaviour === 'one-refused'
        ? { response: { status: '422', outcome: JSON.parse(outcome('value out of range')) as unknown } }
        : { response: { status: '200 OK', location: `${String(entry.request?.url)}/_history/1` } },
    );
    const said = behaviour === 'one-forgotten' ? answers.slice(0, -1) : answers;
    response
      .writeHead(200, FHIR)
      .end(JSON.stringify({ resourceType: 'Bundle', type: 'transaction-response', entry: said }));
  };

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    take(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  };
  const server = tls === null ? createServer(answer) : createTlsServer(tls, answer);
  const port = await listening(server);
  return {
    baseUrl: `${tls === null ? 'http' : 'https'}://127.0.0.1:${port}/r4`,
    stored,
    requests,
    next: (...behaviours) => {
      queue.push(...behaviours);
    },
    always: (behaviour) => {
      usual = behaviour;
    },
    get onStored() {
      return receiver.onStored;
    },
    set onStored(act) {
      receiver.onStored = act;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const FHIR = { 'Content-Type': 'application/fhir+json' };
const outcome = (diagnostics: string): string =>
  JSON.stringify({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'invalid', diagnostics }],
  });

/** Why this is no transaction that can be sent twice without harm; null: it is one. */
const objection = (request: IncomingMessage, body: string): string | null => {
  if (request.method !== 'POST' || request.url !== '/r4') return `${request.method} ${request.url}`;
  if (request.headers['content-type']?.startsWith('application/fhir+json') !== true) return 'content type';
  const bundle = JSON.parse(body) as { resourceType?: unknown; type?: unknown; entry?: readonly Entry[] };
  if (bundle.resourceType !== 'Bundle' || bundle.type !== 'transaction') return 'not a transaction';
  for (const { resource, request: asked } of bundle.entry ?? []) {
    const type = String(resource?.resourceType);
    const url = String(asked?.url);
    const isByPut =
      asked?.method === 'PUT' && (url === `${type}/${String(resource?.id)}` || url.startsWith(`${type}?`));
    const isOnce = asked?.method === 'POST' && url === type && typeof asked.ifNoneExist === 'string';
    if (!isByPut && !isOnce) return `${String(asked?.method)} ${url} would be stored twice`;
  }
  return null;
};

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString('utf8');
};

const listening = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
