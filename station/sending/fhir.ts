/**
 * Hands records on to a FHIR R4 server: one transaction for each record, under identifiers of its own, so that sending
 * it again changes nothing. The token is read for each attempt and stands in no message and no log.
 */
import { readFile } from 'node:fs/promises';
import type { EpochMs } from '../../core/time.ts';
import type { Clock } from '../clock.ts';
import type { FhirDestination } from './config.ts';
import { type FhirAnswer, judgeAnswer } from './fhir-answer.ts';
import { type Carrier, errorCode, isTlsCode, type Outcome } from './outcome.ts';
import { restAsked } from './retry-after.ts';

/** More of an answer is not read (bytes): it is a list of places, not a record. */
const ANSWER_MOST = 4 * 1024 * 1024;

export interface FhirDeps {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export const fhirCarrier = (destination: FhirDestination, { clock, env }: FhirDeps): Carrier => ({
  deliver: async (parcel, stop) => {
    const part = parcel.parts.find(({ name }) => name === 'fhir');
    if (part === undefined || part.entries === null)
      throw new Error('a record for a FHIR server has no bundle');
    const expected = part.entries;
    const token = await readToken(destination, env);
    if (token.kind === 'missing') return { kind: 'gave-up', problem: token.problem };
    const late = new AbortController();
    const stopTimer = clock.after(destination.answerWithinSeconds * 1000, () => late.abort());
    try {
      const signal = AbortSignal.any([stop, late.signal]);
      const answer = await post(destination, part.bytes, token.value, signal, clock.now().wall);
      return judgeAnswer(answer, expected);
    } catch (error) {
      if (stop.aborted) return { kind: 'unanswered', problem: 'Stopped.' };
      if (late.signal.aborted) {
        return {
          kind: 'unanswered',
          problem: `No answer within ${destination.answerWithinSeconds} s. It may have arrived.`,
        };
      }
      return told(error);
    } finally {
      stopTimer();
    }
  },
});

const post = async (
  { baseUrl }: FhirDestination,
  body: Uint8Array,
  token: string | null,
  signal: AbortSignal,
  now: EpochMs,
): Promise<FhirAnswer> => {
  const response = await fetch(baseUrl, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/fhir+json; charset=utf-8',
      Accept: 'application/fhir+json',
      // Locations are enough: a record need not come back.
      Prefer: 'return=minimal',
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: new Uint8Array(body),
    // Never to where somebody else points, with a record and a token in hand.
    redirect: 'manual',
    signal,
  });
  return {
    status: response.status,
    location: response.headers.get('location'),
    restMs: restAsked(
      { retryAfter: response.headers.get('retry-after'), date: response.headers.get('date') },
      now,
    ),
    text: await bounded(response),
  };
};

const bounded = async (response: Response): Promise<string> => {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > ANSWER_MOST) break; // what follows cannot make it the answer that we wait for
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
};

type Token =
  | { readonly kind: 'value'; readonly value: string | null }
  | { readonly kind: 'missing'; readonly problem: string };

const readToken = async ({ token }: FhirDestination, env: FhirDeps['env']): Promise<Token> => {
  if (token === null) return { kind: 'value', value: null };
  if ('env' in token) return checked(env[token.env] ?? '', `The environment variable ${token.env}`);
  try {
    return checked(await readFile(token.file, 'utf8'), `The file ${token.file}`);
  } catch (error) {
    const code = errorCode(error);
    if (code === null) throw error;
    return { kind: 'missing', problem: `The token cannot be read from ${token.file} (${code}).` };
  }
};

/** RFC 6750, section 2.1: what a header may hold. Anything else would end up in an error of `fetch`. */
const checked = (text: string, where: string): Token => {
  const value = text.trim();
  return /^[A-Za-z0-9\-._~+/]+=*$/.test(value)
    ? { kind: 'value', value }
    : { kind: 'missing', problem: `${where} holds no bearer token.` };
};

/** Codes of a line that broke after it was open: what was sent may have arrived. */
const BROKE = [
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'HPE_INVALID_CONSTANT',
];

const told = (error: unknown): Outcome => {
  const code = errorCode(error);
  if (code === null) {
    if (error instanceof TypeError) return { kind: 'unreachable', problem: 'The server cannot be reached.' };
    throw error;
  }
  if (isTlsCode(code)) {
    return {
      kind: 'gave-up',
      problem: `The server’s certificate or encryption is not accepted (${code}): nothing was sent.`,
    };
  }
  if (BROKE.includes(code) || code.startsWith('HPE_')) {
    return {
      kind: 'unanswered',
      problem: `The line broke before the answer (${code}). It may have arrived.`,
    };
  }
  return { kind: 'unreachable', problem: `The server cannot be reached (${code}).` };
};
