/** The cuff of a simulated PM6750 through a device session: only a person starts it, and the module says what it does. */
import { describe, expect, it } from 'vitest';
import { berrymedPm6750 } from '../../../devices/berrymed-pm6750/index.ts';
import type { CuffCommand, DriverOutput } from '../../../devices/device.ts';
import { memoryTransport } from '../../../devices/transport/memory.ts';
import { berrymedPm6750Simulator } from '../../../simulators/berrymed-pm6750.ts';
import { createPatient } from '../../../simulators/physiology/create-patient.ts';
import { parseScenario } from '../../../simulators/scenario.ts';
import { startDeviceSession } from '../../../station/device-session.ts';
import { resolveOptions } from '../../../station/driver-options.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { observationsIn } from '../drive.ts';

const SYS = 'MDC_PRESS_BLD_NONINV_SYS';
const START = '55aa040201f8';

const bedside = () => {
  const parsed = parseScenario({
    name: 'by-hand',
    title: 'By hand',
    description: 'The cuff is started by command only.',
    cuff: { intervalS: null },
  });
  if (!parsed.ok) throw new Error(parsed.problem);
  const clock = fakeClock();
  const startedAt = clock.now();
  const line = memoryTransport();
  const module = berrymedPm6750Simulator.create(createPatient(parsed.scenario, 1), {
    startEpochMs: startedAt.wall,
    seed: 1,
  });
  const said: DriverOutput[] = [];
  const session = startDeviceSession(berrymedPm6750, resolveOptions(berrymedPm6750, {}), () => line, clock, {
    outputs: (outputs) => said.push(...outputs),
    status: () => undefined,
    raw: () => undefined,
  });
  let heard = 0;
  const pass = async (ms: number): Promise<void> => {
    for (let done = 0; done < ms; done += 250) {
      await clock.advance(250);
      for (const bytes of line.written.slice(heard)) module.receive(bytes);
      heard = line.written.length;
      line.feed(module.advanceTo(clock.now().mono - startedAt.mono), clock.now());
    }
  };
  const systolic = () =>
    observationsIn(said)
      .filter(({ metric }) => metric === SYS)
      .map(({ value, validity }) => (value === null ? validity : 'reading'));
  const sent = () => line.written.map((bytes) => Buffer.from(bytes).toString('hex'));
  const ask = (command: CuffCommand): boolean => session.cuff(command);
  return { session, pass, systolic, sent, ask };
};

describe('the cuff of a simulated PM6750 at a session', () => {
  it('is left alone until a person asks, then measures, and gives one reading', async () => {
    const { session, pass, systolic, sent, ask } = bedside();
    await pass(30_000);
    expect(session.status().state).toBe('associated');
    expect(systolic()).toEqual([]);
    expect(sent()).not.toContain(START);
    expect(ask('start')).toBe(true);
    await pass(60_000);
    expect(sent().filter((bytes) => bytes === START)).toHaveLength(1);
    expect(systolic()).toEqual(['ongoing', 'reading']);
    await session.stop();
  });

  it('stops when a person asks, without a reading and without a fault', async () => {
    const { session, pass, systolic, ask } = bedside();
    await pass(5000);
    ask('start');
    await pass(10_000);
    ask('stop');
    await pass(30_000);
    expect(systolic()).toEqual(['ongoing', 'unavailable']);
    await session.stop();
  });
});
