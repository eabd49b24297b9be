import { describe, expect, it } from 'vitest';
import {
  ALERT_TYPE,
  ATTRIBUTE,
  alertAttributes,
  attributeWith,
  type IntellivueMessage,
} from '../../../devices/intellivue/codec.ts';
import {
  accept,
  at,
  BEDSIDE_MS,
  conditionsOf,
  connected,
  cuff,
  description,
  hr,
  newDriver,
  observationsOf,
  result,
  sentIn,
  sentKinds,
  TICKS_0,
  told,
  wire,
} from './support.ts';

/** The description of a monitor with this address, whose clocks started at `ticks`. */
const monitorAt = (address: number, ticks: number, bedsideMs: number): IntellivueMessage => {
  const plain = description(ticks, bedsideMs);
  if (plain.kind !== 'mds-create') throw new Error('not a description');
  const word = (text: string): readonly number[] => [0, text.length, ...Buffer.from(text, 'latin1')];
  return {
    ...plain,
    attributes: [
      ...plain.attributes,
      attributeWith.bytes(ATTRIBUTE.model, [...word('Philips '), ...word('M8000 ')]),
      attributeWith.bytes(ATTRIBUTE.systemId, [0, 6, 0, 9, 0xfb, 2, 0x9e, address]),
    ],
  };
};

describe('a number is never younger than it looks', () => {
  it('a result that the line held back carries its age', () => {
    const { hear } = connected();
    expect(observationsOf(hear(1, result(1, [hr(72)])))[0]?.ageAtReceiptMs).toBe(0);
    hear(2, result(2, [hr(73)]));
    // 30 s of silence, then what was held back: the first of it is nearly 30 s old.
    const [late] = observationsOf(hear(32, result(3.024, [hr(74)])));
    expect(late?.ageAtReceiptMs).toBeGreaterThan(28_000);
    expect(late?.ageAtReceiptMs).toBeLessThan(29_100);
    expect(observationsOf(hear(32.1, result(32, [hr(75)])))[0]?.ageAtReceiptMs).toBe(0);
  });

  it('a line that is too slow for what the monitor sends is found out', () => {
    const { hear } = connected();
    let age = 0;
    // Each second of the monitor takes the line 1.2 s.
    for (let second = 1; second < 60; second += 1)
      age = observationsOf(hear(second * 1.2, result(second, [hr(72)])))[0]?.ageAtReceiptMs ?? 0;
    expect(age).toBeGreaterThan(10_000);
  });
});

describe('a cuff reading is no younger than it may be', () => {
  it('when another monitor is connected: its last reading has the age that its own clock says', () => {
    const driver = newDriver();
    const hear = (seconds: number, ...messages: readonly IntellivueMessage[]) =>
      driver.receive(wire(...messages), at(seconds));
    driver.start(at(0));
    hear(0, accept, monitorAt(1, TICKS_0, BEDSIDE_MS));
    expect(told(hear(1, result(1, [cuff([110, 70, 83], -30)])))[0]).toBe('PRESS_BLD_NONINV_SYS 110');
    // The plug goes to another monitor, whose patient was measured four minutes ago.
    hear(20, { kind: 'abort' }, accept, monitorAt(2, TICKS_0 + 160_000, BEDSIDE_MS + 20_000));
    const [other] = observationsOf(hear(21, result(21, [cuff([150, 95, 113], -219)])));
    expect(other).toMatchObject({ value: 150, ageAtReceiptMs: 240_000 });
  });

  it('when another monitor is connected: its old reading is history', () => {
    const driver = newDriver();
    const hear = (seconds: number, ...messages: readonly IntellivueMessage[]) =>
      driver.receive(wire(...messages), at(seconds));
    driver.start(at(0));
    hear(0, accept, monitorAt(1, TICKS_0, BEDSIDE_MS));
    hear(1, result(1, [cuff([110, 70, 83], -30)]));
    hear(20, { kind: 'abort' }, accept, monitorAt(2, TICKS_0 + 160_000, BEDSIDE_MS + 20_000));
    expect(told(hear(21, result(21, [cuff([150, 95, 113], -7200)])))).toEqual([]);
  });

  it('when a module with an old reading is plugged into the same monitor', () => {
    const { hear } = connected();
    hear(1, result(1, [cuff([110, 70, 83], -30), hr(72)]));
    for (let second = 2; second < 30; second += 1) hear(second, result(second, [hr(72)]));
    const outputs = hear(30, result(30, [cuff([150, 95, 113], -570), hr(72)]));
    const [other] = observationsOf(outputs).filter(({ metric }) => metric === 'MDC_PRESS_BLD_NONINV_SYS');
    expect(other).toMatchObject({ value: 150, ageAtReceiptMs: 600_000 });
  });

  it('when the bedside clock was put back while nobody listened', () => {
    const { driver, hear } = connected();
    hear(1, result(1, [cuff([110, 70, 83], -30)]));
    driver.start(at(1200));
    // An hour earlier than it was; the reading was stamped before that.
    hear(1200, accept, description(TICKS_0 + 1200 * 8000, BEDSIDE_MS + 1_200_000 - 3_600_000));
    const [reading] = observationsOf(hear(1201, result(1201, [cuff([140, 90, 107], 600)])));
    expect(reading?.value).toBe(140);
    expect(reading?.ageAtReceiptMs).toBe(1_200_000);
  });
});

describe('a monitor that refused its values and was then switched off', () => {
  it('is asked for a connection again when it says nothing more', () => {
    const driver = newDriver({ alarms: false, waves: false });
    const hear = (seconds: number, message: IntellivueMessage) => driver.receive(wire(message), at(seconds));
    const idOf = (outputs: ReturnType<typeof hear>): number => {
      const last = sentIn(outputs).at(-1);
      return last?.kind === 'poll-request' ? last.invokeId : 0;
    };
    const error = (invokeId: number): IntellivueMessage => ({
      kind: 'error',
      invokeId,
      error: 9,
      data: Uint8Array.of(0, 33, 12, 22),
    });
    driver.start(at(0));
    hear(0, accept);
    hear(0.1, error(idOf(hear(0, description()))));
    hear(0.6, error(idOf(driver.tick(at(0.5)))));
    const sent: string[] = [];
    for (let quarter = 4; quarter < 80; quarter += 1) sent.push(...sentKinds(driver.tick(at(quarter / 4))));
    expect(sent.slice(-4)).toContain('association-request');
  });
});

describe('alarms of an IntelliVue', () => {
  it('do not go because their list cannot be read, and that it cannot is told', () => {
    const { hear } = connected();
    const apnoea = { source: 0x500a, code: 1, type: ALERT_TYPE.red, state: 0, text: '*** APNEA' };
    const attributes = alertAttributes([apnoea], [], { deviceState: 0, changes: 1 });
    const alerts = (second: number, list: typeof attributes) =>
      hear(second, result(second, [{ handle: 1, attributes: list }], { objectClass: 0x36 }));
    expect(conditionsOf(alerts(1, attributes))).toEqual(['+monitor-alarm *** APNEA']);
    const cut = attributes.map((one) =>
      one.id === ATTRIBUTE.physiologicalAlerts ? { ...one, value: one.value.slice(0, -2) } : one,
    );
    const unreadable = alerts(2, cut);
    expect(conditionsOf(unreadable)).toEqual([]);
    expect(unreadable).toContainEqual({
      type: 'unmapped',
      id: "the monitor's alarms",
      value: 'a list that cannot be read',
    });
    const none = alertAttributes([], [], { deviceState: 0, changes: 2 });
    expect(conditionsOf(alerts(3, none))).toEqual(['-monitor-alarm *** APNEA']);
  });
});
