/** The lab's end of its page: commands come in, the state of the monitors and the bytes of the watched one go out. */
import { z } from 'zod';
import type { ApiError, Channel } from '../../core/api/envelope.ts';
import { parseLabCommand } from '../../core/lab/commands.ts';
import { type BytesPush, watchSchema } from '../../core/lab/page-contract.ts';
import type { LabCatalogue } from '../../core/lab/views.ts';
import type { Clock } from '../../station/clock.ts';
import { type Lab, LabError } from './lab.ts';

const STATE_EVERY_MS = 500;
const BYTES_EVERY_MS = 250;
/** Rows in one push: what comes faster is left out, and the numbers of the rows show the gap. */
const ROWS_A_PUSH = 60;

const callSchema = z.object({
  kind: z.literal('call'),
  id: z.number().int(),
  command: z.string(),
  params: z.unknown(),
});

/** Serves one page until its line closes. `onBug` hears of what should never happen. */
export const attachLabWindow = (
  channel: Channel,
  { lab, catalogue, clock, onBug }: LabWindowOptions,
): void => {
  let sequence = 0;
  let watched: { readonly monitor: string; sent: number } | null = null;
  const push = (topic: string, payload: unknown): void => {
    sequence += 1;
    channel.post({ kind: 'push', sequence, topic, payload });
  };
  const refuse = (id: number, code: ApiError['code'], message: string): void =>
    channel.post({ kind: 'error', id, error: { code, message } });

  const pushBytes = (): void => {
    if (watched === null) return;
    const isThere = lab.view().monitors.some(({ id }) => id === watched?.monitor);
    if (!isThere) {
      watched = null;
      return;
    }
    const rows = lab.rowsAfter(watched.monitor, watched.sent).slice(-ROWS_A_PUSH);
    if (rows.length === 0) return;
    watched.sent = rows.at(-1)?.number ?? watched.sent;
    push('bytes', { monitor: watched.monitor, rows } satisfies BytesPush);
  };

  const watch = (id: number, params: unknown): void => {
    const parsed = watchSchema.safeParse(params);
    if (!parsed.success) {
      refuse(id, 'invalid-params', 'watch: wrong parameters');
      return;
    }
    const { monitor } = parsed.data;
    watched = monitor === null ? null : { monitor, sent: 0 };
    channel.post({ kind: 'ok', id, result: null });
    pushBytes();
  };

  const command = async (id: number, params: unknown): Promise<void> => {
    const parsed = parseLabCommand(params);
    if (!parsed.ok) {
      refuse(id, 'invalid-params', parsed.problem);
      return;
    }
    try {
      const result = await lab.perform(parsed.command);
      channel.post({ kind: 'ok', id, result });
      push('state', lab.view());
    } catch (error) {
      if (error instanceof LabError) refuse(id, 'conflict', error.message);
      else {
        refuse(id, 'internal', 'the lab failed: see its terminal');
        onBug(error);
      }
    }
  };

  const stopListening = channel.listen((envelope) => {
    const call = callSchema.safeParse(envelope);
    if (!call.success) return;
    const { id, params } = call.data;
    if (call.data.command === 'watch') watch(id, params);
    else if (call.data.command === 'command') void command(id, params);
    else refuse(id, 'unknown-command', `there is no "${call.data.command}"`);
  });
  const stops = [
    stopListening,
    clock.every(STATE_EVERY_MS, () => push('state', lab.view())),
    clock.every(BYTES_EVERY_MS, pushBytes),
  ];
  channel.onClosed(() => {
    for (const stop of stops) stop();
  });
  push('catalogue', catalogue);
  push('state', lab.view());
};

/** What a page is served from. */
export interface LabWindowOptions {
  readonly lab: Lab;
  readonly catalogue: LabCatalogue;
  readonly clock: Clock;
  readonly onBug: (error: unknown) => void;
}
