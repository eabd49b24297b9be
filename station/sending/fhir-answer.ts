/**
 * What a FHIR server's answer to a transaction means (FHIR R4, RESTful API, 3.1.0.11.2 and 3.1.0.1.5): believed only
 * when every entry was answered, one by one, with success.
 */
import { z } from 'zod';
import { type Outcome, theirWords } from './outcome.ts';

/** What of an answer is looked at. */
export interface FhirAnswer {
  readonly status: number;
  /** Where it points to, for 3xx. */
  readonly location: string | null;
  /** How long it asks to be left alone (ms); null: it does not. */
  readonly restMs: number | null;
  readonly text: string;
}

const outcomeSchema = z.object({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(
    z.object({
      severity: z.string().optional(),
      code: z.string().optional(),
      details: z.object({ text: z.string().optional() }).optional(),
      diagnostics: z.string().optional(),
      expression: z.array(z.string()).optional(),
    }),
  ),
});
const bundleSchema = z.object({
  resourceType: z.literal('Bundle'),
  type: z.string(),
  entry: z
    .array(
      z.object({
        response: z
          .object({ status: z.string(), location: z.string().optional(), outcome: z.unknown().optional() })
          .optional(),
      }),
    )
    .default([]),
});

/** The issues of an OperationOutcome as one line; null: it is none. */
export const outcomeWords = (resource: unknown): string | null => {
  const parsed = outcomeSchema.safeParse(resource);
  if (!parsed.success) return null;
  const lines = parsed.data.issue.map(({ severity, code, details, diagnostics, expression }) =>
    [
      [severity, code].filter((word) => word !== undefined).join(' '),
      details?.text ?? diagnostics ?? '',
      (expression ?? []).join(', '),
    ]
      .filter((word) => word !== '')
      .join(': '),
  );
  return theirWords(lines.join('; '));
};

/** Not now, whatever was sent: the server or what stands before it is busy or down. */
const BUSY = [408, 425, 429, 502, 503, 504];

/** @param expected entries that the transaction had. */
export const judgeAnswer = (answer: FhirAnswer, expected: number): Outcome => {
  const { status } = answer;
  const json = parsed(answer.text);
  const said = outcomeWords(json);
  const words = said === null || said === '' ? '' : ` It says: ${said}`;
  if (status >= 200 && status < 300) return judgeBundle(json, expected, words);
  if (BUSY.includes(status)) {
    const { restMs } = answer;
    const rest =
      restMs === null ? '' : ` It is asked again after ${Math.round(restMs / 1000)} s, as it wants.`;
    return {
      kind: 'unreachable',
      problem: `The server is not ready (HTTP ${status}).${rest}${words}`,
      ...(restMs === null ? {} : { restMs }),
    };
  }
  // Two transactions at once, perhaps our own of before whose answer was lost: the same again finds it done.
  if (status === 409) {
    return { kind: 'refused', problem: `The server has a conflict with another change (HTTP 409).${words}` };
  }
  if (status >= 500) return { kind: 'refused', problem: `The server failed (HTTP ${status}).${words}` };
  if (status === 401 || status === 403) {
    return {
      kind: 'gave-up',
      problem: `The server does not let us in (HTTP ${status}): check the token.${words}`,
    };
  }
  if (status >= 300 && status < 400) {
    const to = theirWords(answer.location ?? '', 120);
    return {
      kind: 'gave-up',
      problem: `The server points elsewhere (HTTP ${status} ${to}): records are not sent after it. Check baseUrl.`,
    };
  }
  return { kind: 'gave-up', problem: `The server refuses the record (HTTP ${status}).${words}` };
};

const judgeBundle = (json: unknown, expected: number, words: string): Outcome => {
  const bundle = bundleSchema.safeParse(json);
  if (!bundle.success || bundle.data.type !== 'transaction-response') {
    return {
      kind: 'refused',
      problem: `The answer is not that of a FHIR transaction: nothing is known to be stored.${words}`,
    };
  }
  const { entry } = bundle.data;
  if (entry.length !== expected) {
    return { kind: 'refused', problem: `The server answered for ${entry.length} of ${expected} resources.` };
  }
  const bad = entry.flatMap(({ response }, index) =>
    response !== undefined && /^2\d\d\b/.test(response.status) ? [] : [{ index, response }],
  );
  const [first] = bad;
  if (first !== undefined) {
    const status = theirWords(first.response?.status ?? 'no status', 60);
    const why = outcomeWords(first.response?.outcome);
    return {
      kind: 'gave-up',
      problem: `${bad.length} of ${expected} resources were not stored; number ${first.index + 1}: ${status}${why === null ? '' : `, ${why}`}`,
    };
  }
  const places = entry.flatMap(({ response }) =>
    response?.location === undefined ? [] : [response.location],
  );
  return {
    kind: 'sent',
    acknowledgement: theirWords(
      `${expected} resources stored${places.length === 0 ? '' : `: ${places.join(', ')}`}`,
    ),
  };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null; // said by the caller as no answer of FHIR
    throw error;
  }
};
