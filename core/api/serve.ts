/**
 * The station's side of the contract on one channel: validates each call at the boundary, answers it, and
 * pushes topics in sequence. Unknown or malformed calls get a coded error; nothing is ignored silently.
 */
import { z } from 'zod';
import { COMMAND_PARAMS, type CommandName, type CommandParams, type Handlers } from './commands.ts';
import type { ApiError, ApiErrorCode, Channel } from './envelope.ts';
import type { TopicName, Topics } from './views.ts';

/** Thrown by a handler to answer a call with a coded error and one clear line. */
export class RefusedError extends Error {
  readonly code: ApiErrorCode;
  constructor(code: ApiErrorCode, message: string) {
    super(message);
    this.name = 'RefusedError';
    this.code = code;
  }
}

const callEnvelope = z.object({
  kind: z.literal('call'),
  id: z.int(),
  command: z.string(),
  params: z.unknown(),
});

export interface ServedChannel {
  push<T extends TopicName>(topic: T, payload: Topics[T]): void;
  stop(): void;
}

/** What the server tells its host about bugs; the caller only sees `internal`. */
export type ReportFault = (command: string, error: unknown) => void;

/** Serves one window until its channel closes. */
export const serveChannel = (
  channel: Channel,
  handlers: Handlers,
  reportFault: ReportFault,
): ServedChannel => {
  let sequence = 0;
  const stop = channel.listen((envelope) => {
    const call = callEnvelope.safeParse(envelope);
    if (!call.success) return; // not one of ours: a window cannot be answered without an id
    const { id, command, params } = call.data;
    answer(handlers, command, params).then(
      (result) => channel.post({ kind: 'ok', id, result }),
      (error: unknown) => channel.post({ kind: 'error', id, error: describe(error, command, reportFault) }),
    );
  });
  return {
    push: (topic, payload) => {
      sequence += 1;
      channel.post({ kind: 'push', sequence, topic, payload });
    },
    stop,
  };
};

const isCommand = (command: string): command is CommandName => Object.hasOwn(COMMAND_PARAMS, command);

const answer = async (handlers: Handlers, command: string, params: unknown): Promise<unknown> => {
  if (!isCommand(command)) throw new RefusedError('unknown-command', `There is no command "${command}".`);
  return run(handlers, command, params);
};

const run = async <C extends CommandName>(handlers: Handlers, command: C, params: unknown) => {
  const parsed = COMMAND_PARAMS[command].safeParse(params);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue === undefined ? '' : issue.path.join('.');
    throw new RefusedError(
      'invalid-params',
      `${command}: ${field || 'parameters'}: ${issue?.message ?? 'not valid'}`,
    );
  }
  // `parsed.data` has the output type of this very schema; TypeScript cannot follow the index.
  return handlers[command](parsed.data as CommandParams<C>);
};

const describe = (error: unknown, command: string, reportFault: ReportFault): ApiError => {
  if (error instanceof RefusedError) return { code: error.code, message: error.message };
  reportFault(command, error);
  return { code: 'internal', message: `The station could not carry out ${command}; see its log.` };
};
