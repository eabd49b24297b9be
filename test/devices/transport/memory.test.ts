import { describe, expect, it } from 'vitest';
import { instant } from '../../../core/time.ts';
import { memoryTransport } from '../../../devices/transport/memory.ts';
import { ascii, watch } from './observe.ts';

const at = instant(1_000, 5);

describe('a line in memory', () => {
  it('opens at once, delivers what is fed and keeps what is written', async () => {
    const line = memoryTransport();
    const { events } = watch(line);
    line.feed(ascii('a'), at);
    line.drop(3, at);
    await line.write(ascii('poll'));
    line.finish();
    line.feed(ascii('b'), at);
    expect(events).toEqual([
      { type: 'open' },
      { type: 'data', bytes: ascii('a'), at },
      { type: 'dropped', byteCount: 3, at },
      { type: 'closed', cause: null },
    ]);
    expect(line.written).toEqual([ascii('poll')]);
  });

  it('opens when it is told to, or fails', () => {
    const late = memoryTransport('late', 'manual');
    const { events } = watch(late);
    late.feed(ascii('too early'), at);
    expect(events).toEqual([]);
    late.accept();
    const lost = { code: 'lost', message: 'pulled' } as const;
    late.fail(lost);
    late.fail(lost);
    expect(events).toEqual([{ type: 'open' }, { type: 'closed', cause: lost }]);

    const busy = { code: 'busy', message: 'taken' } as const;
    expect(watch(memoryTransport('busy', busy)).events).toEqual([{ type: 'closed', cause: busy }]);
  });

  it('refuses writes when told to and when closed', async () => {
    const line = memoryTransport();
    watch(line);
    line.refuseWrites(new Error('full'));
    await expect(line.write(ascii('x'))).rejects.toThrow('full');
    line.refuseWrites(null);
    await line.close();
    await expect(line.write(ascii('x'))).rejects.toThrow('not open');
  });
});
