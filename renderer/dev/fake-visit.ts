/** The pretended station has no visits with protocols: it refuses what belongs to them, in words. */
import type { Handlers } from '../../core/api/commands.ts';
import { RefusedError } from '../../core/api/serve.ts';
import { VISIT_PARAMS } from '../../core/api/visit-commands.ts';
import { PROTOCOLS } from '../../core/visit/protocols.ts';

type VisitHandlers = Pick<Handlers, keyof typeof VISIT_PARAMS>;

const refuse = (): never => {
  throw new RefusedError('not-allowed', 'The pretended station does not do that.');
};

/** Every command of a visit; all but the list of protocols are refused. */
export const fakeVisitHandlers = (): VisitHandlers => ({
  // The names are those of the table; `fromEntries` forgets that.
  ...(Object.fromEntries(
    Object.keys(VISIT_PARAMS).map((name) => [name, refuse]),
  ) as unknown as VisitHandlers),
  'protocol.list': () => PROTOCOLS.map((protocol) => ({ protocol, approval: { state: 'not-approved' } })),
});
