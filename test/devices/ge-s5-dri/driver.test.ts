import { describe, expect, it } from 'vitest';
import type { DriverOutput } from '../../../devices/device.ts';
import { alarmRequest, driCodec, hostRequest } from '../../../devices/ge-s5-dri/codec.ts';
import { geS5Dri } from '../../../devices/ge-s5-dri/index.ts';
import { at, ecg, newDriver, observationsOf, RECORD_TIME_S, record, refusalsOf, wire } from './support.ts';

const requestsIn = (outputs: readonly DriverOutput[]) =>
  outputs.flatMap((output) => (output.type === 'request' ? [output.bytes] : []));
const framesIn = (outputs: readonly DriverOutput[]) => outputs.filter(({ type }) => type === 'frame').length;

describe('S/5 driver: asking', () => {
  it('asks for displayed values when the line opens, with the chosen interval', () => {
    expect(requestsIn(newDriver().start(at(0)))).toEqual([hostRequest(5)]);
    const everySecond = geS5Dri.createDriver({ intervalS: 1, alarms: false });
    expect(requestsIn(everySecond.start(at(0)))).toEqual([hostRequest(1)]);
  });

  it('asks again after twice the interval and 2 s without a record, and not before', () => {
    const driver = newDriver();
    driver.start(at(0));
    expect(requestsIn(driver.tick(at(11.9)))).toEqual([]);
    expect(requestsIn(driver.tick(at(12)))).toEqual([hostRequest(5)]);
    expect(requestsIn(driver.tick(at(12.25)))).toEqual([]);
    expect(requestsIn(driver.tick(at(24)))).toEqual([hostRequest(5)]);
    driver.receive(wire(record(ecg(80), { level: 9 })), at(30));
    expect(requestsIn(driver.tick(at(41.9)))).toEqual([]);
    expect(requestsIn(driver.tick(at(42)))).toEqual([hostRequest(5)]);
  });

  it('garbage does not count as an answer', () => {
    const driver = newDriver();
    driver.start(at(0));
    driver.receive(Uint8Array.of(0x7e, 1, 2, 3, 0x7e), at(11));
    expect(requestsIn(driver.tick(at(12)))).toHaveLength(1);
  });

  it('asks nothing before the line was opened', () => {
    expect(newDriver().tick(at(100))).toEqual([]);
  });

  it('asks a CARESCAPE monitor for its alarms, once, and other monitors never', () => {
    const ask = (level: number, alarms: boolean) => {
      const driver = newDriver({ alarms, waves: false });
      driver.start(at(0));
      const first = driver.receive(wire(record(ecg(80), { level })), at(1));
      const next = driver.receive(
        wire(record(ecg(80), { level, number: 2, timeS: RECORD_TIME_S + 5 })),
        at(6),
      );
      return [...requestsIn(first), ...requestsIn(next)];
    };
    expect(ask(10, true)).toEqual([alarmRequest()]);
    expect(ask(9, true)).toEqual([]);
    expect(ask(10, false)).toEqual([]);
  });

  it('does not take its own request, coming back on a looped cable, for a monitor', () => {
    const driver = newDriver();
    const [request] = requestsIn(driver.start(at(0)));
    const outputs = driver.receive(request ?? new Uint8Array(), at(1));
    expect([refusalsOf(outputs), framesIn(outputs)]).toEqual([['syntax'], 0]);
  });

  it('counts wave records as frames and makes no value of them', () => {
    const wave = driCodec.encode({
      kind: 'wave',
      header: { recordNumber: 0, level: 10, plugId: 0, timeS: RECORD_TIME_S, reserved: 0 },
      subrecords: [{ type: 8, status: 0, label: 0, samples: [...Array(99).fill(100), -32001] }],
    });
    const driver = newDriver();
    driver.start(at(0));
    const outputs = driver.receive(wave, at(1));
    expect([framesIn(outputs), observationsOf(outputs)]).toEqual([1, []]);
  });

  it('stamps what it says with the instant of receipt it was given', () => {
    const driver = newDriver();
    driver.start(at(0));
    const told = observationsOf(driver.receive(wire(record(ecg(80))), at(3.5)));
    expect(told.map(({ receivedAt }) => receivedAt)).toEqual([at(3.5), at(3.5)]);
  });

  it('reports half a frame at the end of the line, and forgets it for the next line', () => {
    const driver = newDriver();
    driver.start(at(0));
    const half = wire(record(ecg(80))).slice(0, 100);
    driver.receive(half, at(1));
    expect(refusalsOf(driver.end(at(2)))).toEqual(['truncated']);
    driver.start(at(3));
    const outputs = driver.receive(wire(record(ecg(80))), at(4));
    expect([refusalsOf(outputs), observationsOf(outputs).length]).toEqual([[], 2]);
  });
});
