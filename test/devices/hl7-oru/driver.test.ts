import { describe, expect, it } from 'vitest';
import { hl7Oru } from '../../../devices/hl7-oru/index.ts';
import { accountedBytes, at, bytesOf, conditionsIn, observationsIn, rejectsIn, told } from '../drive.ts';
import { answersIn, cuff, feed, framed, messageOf, newDriver, spo2, toldWithAge } from './support.ts';

const DAY = '2026-01-01T';
const bp = (outputs: Parameters<typeof toldWithAge>[0]): readonly string[] =>
  toldWithAge(outputs).filter((line) => line.startsWith('MDC_PRESS_BLD_NONINV_SYS'));

describe('a cuff reading with a time of its own', () => {
  it('is told once, with the age that the monitor gives, however often it is repeated', () => {
    const said = feed(newDriver(), [
      [0, messageOf({ time: '120000', id: '1', rows: [spo2(97), ...cuff([121, 75], '115810')] })],
      [2000, messageOf({ time: '120002', id: '2', rows: [spo2(97), ...cuff([121, 75], '115810')] })],
      [4000, messageOf({ time: '120004', id: '3', rows: [spo2(97), ...cuff([121, 75], '120003')] })],
      [6000, messageOf({ time: '120006', id: '4', rows: [spo2(97), ...cuff([121, 75], '120003')] })],
    ]);
    expect(said.map(bp)).toEqual([
      [`MDC_PRESS_BLD_NONINV_SYS 121 valid ${DAY}11:58:10.000Z 110000`],
      [],
      [`MDC_PRESS_BLD_NONINV_SYS 121 valid ${DAY}12:00:03.000Z 1000`],
      [],
    ]);
  });

  it('that gave nothing is invalid once, with a condition that the next reading ends', () => {
    const said = feed(newDriver(), [
      [0, messageOf({ time: '120000', id: '1', rows: [spo2(97), ...cuff([121, 75], '115810')] })],
      [2000, messageOf({ time: '120002', id: '2', rows: [spo2(97), ...cuff(null, '120001')] })],
      [4000, messageOf({ time: '120004', id: '3', rows: [spo2(97), ...cuff(null, '120001')] })],
      [6000, messageOf({ time: '120006', id: '4', rows: [spo2(97), ...cuff([118, 71], '120005')] })],
    ]);
    expect(said.map((outputs) => bp(outputs).length)).toEqual([1, 1, 0, 1]);
    expect(bp(said[1] ?? [])).toEqual([`MDC_PRESS_BLD_NONINV_SYS null invalid ${DAY}12:00:01.000Z 0`]);
    expect(said.map(conditionsIn)).toEqual([[], ['+cuff-fault'], [], ['-cuff-fault']]);
  });
});

describe('a cuff reading without a time of its own', () => {
  it.each([
    ['none', ['', '', '']],
    ['that of the message', ['120000', '120002', '120004']],
  ])('(%s) is new when a number changes, and of unknown age', (_, times) => {
    const said = feed(newDriver(), [
      [0, messageOf({ time: '120000', id: '1', rows: [spo2(97), ...cuff([121, 75], times[0])] })],
      [2000, messageOf({ time: '120002', id: '2', rows: [spo2(97), ...cuff([121, 75], times[1])] })],
      [4000, messageOf({ time: '120004', id: '3', rows: [spo2(97), ...cuff([122, 75], times[2])] })],
    ]);
    expect(said.map(bp)).toEqual([
      [`MDC_PRESS_BLD_NONINV_SYS 121 questionable ${DAY}12:00:00.000Z 900000`],
      [],
      [`MDC_PRESS_BLD_NONINV_SYS 122 valid ${DAY}12:00:04.000Z 2000`],
    ]);
  });

  it('that comes with the message of its moment is not told again when its time stays behind', () => {
    const said = feed(newDriver(), [
      [0, messageOf({ time: '120000', id: '1', rows: [spo2(97), ...cuff([121, 75], '115810')] })],
      [2000, messageOf({ time: '120002', id: '2', rows: [spo2(97), ...cuff([130, 80], '120002')] })],
      [4000, messageOf({ time: '120004', id: '3', rows: [spo2(97), ...cuff([130, 80], '120002')] })],
    ]);
    expect(said.map((outputs) => bp(outputs).length)).toEqual([1, 1, 0]);
  });
});

describe('whose message it is', () => {
  it('only the configured bed is read; the others are refused, and answered so that they are not sent again', () => {
    const driver = newDriver('5');
    const [other, mine] = feed(driver, [
      [0, messageOf({ time: '120000', id: '1', bed: 'ICU^^4', rows: [spo2(91)] })],
      [100, messageOf({ time: '120000', id: '2', bed: 'ICU^^5', rows: [spo2(97)] })],
    ]);
    expect(rejectsIn(other ?? [])).toMatchObject([{ reason: 'range', detail: 'for bed ICU^^4, not 5' }]);
    expect(answersIn(other ?? [])[0]).toContain('MSA|AA|1');
    expect(observationsIn(mine ?? []).map(({ value }) => value)).toEqual([97]);
  });

  it.each([
    ['5', 'ICU^^5', true],
    ['icu^^5', 'ICU^^5', true],
    ['ER^^5', 'ICU^^5', false],
    ['10', '^^&10', true],
    ['5', '', false],
  ])('bed %j reads %j: %s', (bed, place, isRead) => {
    const outputs = newDriver(bed).receive(
      messageOf({ time: '120000', id: '1', bed: place, rows: [spo2(97)] }),
      at(0),
    );
    expect(observationsIn(outputs)).toHaveLength(isRead ? 1 : 0);
  });

  it('with several beds on the line and none configured, nothing is told and what was told is withdrawn', () => {
    const said = feed(newDriver(), [
      [0, messageOf({ time: '120000', id: '1', bed: 'ICU^^4', rows: [spo2(91)] })],
      [1000, messageOf({ time: '120001', id: '2', bed: 'ICU^^5', rows: [spo2(97)] })],
      [2000, messageOf({ time: '120002', id: '3', bed: 'ICU^^4', rows: [spo2(91)] })],
      [33_000, messageOf({ time: '120033', id: '4', bed: 'ICU^^4', rows: [spo2(92)] })],
    ]);
    expect(said.map((outputs) => observationsIn(outputs).map(({ value }) => value))).toEqual([
      [91],
      [null],
      [],
      [92],
    ]);
    expect(said.map(conditionsIn)).toEqual([[], ['+device-fault'], [], ['-device-fault']]);
  });

  it('two wards with the same bed number are two beds', () => {
    const said = feed(newDriver('5'), [
      [0, messageOf({ time: '120000', id: '1', bed: 'ICU^^5', rows: [spo2(91)] })],
      [1000, messageOf({ time: '120001', id: '2', bed: 'ER^^5', rows: [spo2(97)] })],
    ]);
    expect(observationsIn(said[1] ?? []).map(({ value }) => value)).toEqual([null]);
  });

  it('after another patient was admitted in the bed, the first new cuff reading is of unknown age again', () => {
    const said = feed(newDriver(), [
      [0, messageOf({ time: '120000', id: '1', patient: 'A', rows: [spo2(97), ...cuff([121, 75])] })],
      [2000, messageOf({ time: '120002', id: '2', patient: 'B', rows: [spo2(97), ...cuff([130, 75])] })],
    ]);
    expect(bp(said[1] ?? [])).toEqual([
      `MDC_PRESS_BLD_NONINV_SYS 130 questionable ${DAY}12:00:02.000Z 900000`,
    ]);
  });
});

describe('which monitor and which patient it is', () => {
  const row = (equipment: string): string => `${spo2(97)}|||||||${equipment}`;
  const identity = (bed: string, rows: readonly string[]) =>
    newDriver(bed)
      .receive(messageOf({ time: '120000', id: '1', bed: '^^5', sender: 'GATE^00A0^EUI-64', rows }), at(0))
      .flatMap((output) => (output.type === 'identity' ? [output.identity] : []));

  it('is the device that measured, else the sender; a gateway is no bed’s monitor', () => {
    expect(identity('5', [row('080019FFFE0B4020^B40_GE')])).toEqual([
      { model: 'B40_GE', serial: '080019FFFE0B4020', software: null },
    ]);
    expect(identity('', [spo2(97)])).toEqual([{ model: 'GATE', serial: '00A0', software: null }]);
    expect(identity('5', [spo2(97)])).toEqual([{ model: 'GATE', serial: null, software: null }]);
    expect(identity('5', [row('1^A'), row('2^B')])).toEqual([
      { model: 'GATE', serial: null, software: null },
    ]);
  });

  it('stays the same device through a message that names none', () => {
    const named = row('080019FFFE0B4020^B40_GE');
    const said = feed(newDriver(), [
      [0, messageOf({ time: '120000', id: '1', rows: [named] })],
      [1000, messageOf({ time: '120001', id: '2', rows: [...cuff([121, 75])] })],
      [2000, messageOf({ time: '120002', id: '3', rows: [named] })],
    ]);
    const told = said.map((outputs) => outputs.filter(({ type }) => type === 'identity').length);
    expect(told).toEqual([1, 0, 0]);
  });

  it('tells an admission as an opaque word when it changes', () => {
    const said = feed(newDriver(), [
      [0, messageOf({ time: '120000', id: '1', rows: [spo2(97)] })],
      [1000, messageOf({ time: '120001', id: '2', patient: 'A', rows: [spo2(97)] })],
      [2000, messageOf({ time: '120002', id: '3', patient: 'A', rows: [spo2(97)] })],
    ]);
    const words = said.map((outputs) =>
      outputs.flatMap((one) => (one.type === 'admission' ? [one.patient] : [])),
    );
    expect(words).toEqual([[null], ['A'], []]);
  });
});

describe('messages that come late', () => {
  it('are as old as their delay: a backlog never looks fresh', () => {
    const said = feed(newDriver(), [
      [0, messageOf({ time: '120000', id: '1', rows: [spo2(97)] })],
      // 40 s without a line, then everything at once.
      [42_000, messageOf({ time: '120002', id: '2', rows: [spo2(96)] })],
      [42_010, messageOf({ time: '120030', id: '3', rows: [spo2(95)] })],
      [42_020, messageOf({ time: '120042', id: '4', rows: [spo2(94)] })],
    ]);
    const ages = said.map((outputs) =>
      observationsIn(outputs).map(({ ageAtReceiptMs }) => Math.round(ageAtReceiptMs / 1000)),
    );
    expect(ages).toEqual([[0], [40], [12], [0]]);
  });

  it('whose time is cut to the minute are not taken for late within it', () => {
    const said = feed(newDriver(), [
      [0, messageOf({ time: '1200', id: '1', rows: [spo2(97)] })],
      [50_000, messageOf({ time: '1200', id: '2', rows: [spo2(96)] })],
    ]);
    expect(said.map((outputs) => observationsIn(outputs).map((one) => one.ageAtReceiptMs))).toEqual([
      [0],
      [0],
    ]);
  });

  it('sent again under the same number tell nothing twice, and are answered again', () => {
    const message = messageOf({ time: '120000', id: '1', rows: [spo2(97)] });
    const said = feed(newDriver(), [
      [0, message],
      [4000, message],
    ]);
    expect(said.map((outputs) => observationsIn(outputs).length)).toEqual([1, 0]);
    expect(said.map((outputs) => answersIn(outputs).length)).toEqual([1, 1]);
  });

  it('written before the last one are refused, until the third says that the clock was set', () => {
    const said = feed(newDriver(), [
      [0, messageOf({ time: '120000', id: '1', rows: [spo2(97)] })],
      [1000, messageOf({ time: '110001', id: '2', rows: [spo2(96)] })],
      [2000, messageOf({ time: '110002', id: '3', rows: [spo2(95)] })],
      [3000, messageOf({ time: '110003', id: '4', rows: [spo2(94)] })],
      [4000, messageOf({ time: '110004', id: '5', rows: [spo2(93)] })],
    ]);
    expect(said.map((outputs) => observationsIn(outputs).map(({ value }) => value))).toEqual([
      [97],
      [],
      [],
      [94],
      [93],
    ]);
  });
});

describe('the line', () => {
  it('without an end mark gives its message once it has been quiet, with the time of its last byte', () => {
    const driver = newDriver();
    const text = Buffer.from(messageOf({ time: '120000', id: '1', rows: [spo2(97)] }))
      .toString('latin1')
      .slice(1, -2);
    const cut = text.length - 30;
    expect(driver.receive(bytesOf(text.slice(0, cut)), at(0))).toEqual([]);
    expect(driver.tick(at(800))).toEqual([]);
    driver.receive(bytesOf(text.slice(cut)), at(900));
    expect(driver.tick(at(1500))).toEqual([]);
    const outputs = driver.tick(at(1700));
    expect(observationsIn(outputs).map(({ value, receivedAt }) => [value, receivedAt.mono])).toEqual([
      [97, 900],
    ]);
    expect(driver.tick(at(2700))).toEqual([]);
  });

  it('half a message that a new one interrupts is refused and the new one is read', () => {
    const whole = messageOf({ time: '120000', id: '1', rows: [spo2(97)] });
    const outputs = newDriver().receive(Uint8Array.from([...whole.subarray(0, 120), ...whole]), at(0));
    expect(rejectsIn(outputs)).toMatchObject([{ reason: 'truncated', byteCount: 120 }]);
    expect(observationsIn(outputs).map(told)).toEqual([`MDC_PULS_OXIM_SAT_O2 97 valid ${DAY}12:00:00.000Z`]);
    expect(accountedBytes(outputs)).toBe(whole.length + 120);
  });

  it('an endless message is refused in bounded memory, and the next one is read', () => {
    const driver = newDriver();
    const endless = Uint8Array.from([
      0x0b,
      ...bytesOf('MSH|^~\\&|'),
      ...new Array<number>(200_000).fill(0x41),
      0x1c,
      0x0d,
    ]);
    const outputs = driver.receive(endless, at(0));
    expect(new Set(rejectsIn(outputs).map(({ reason }) => reason))).toEqual(new Set(['overrun']));
    const next = driver.receive(messageOf({ time: '120000', id: '1', rows: [spo2(97)] }), at(10));
    expect(observationsIn(next)).toHaveLength(1);
    expect(accountedBytes([...outputs, ...next])).toBe(
      endless.length + messageOf({ time: '120000', id: '1', rows: [spo2(97)] }).length,
    );
  });

  it('may carry nothing of ours but an acknowledgement', () => {
    const [may] = hl7Oru.transmits;
    const [answer = ''] = answersIn(
      newDriver().receive(messageOf({ time: '120000', id: '1', rows: [] }), at(0)),
    );
    expect(may?.matches(bytesOf(answer))).toBe(true);
    expect(may?.matches(bytesOf(answer + answer))).toBe(false);
    expect(may?.matches(bytesOf(answer.replace('CHAIRSIDE|', 'OTHER|')))).toBe(false);
    expect(may?.matches(messageOf({ time: '120000', id: '1', rows: [spo2(97)] }))).toBe(false);
    expect(may?.matches(framed('MSH|^~\\&|CHAIRSIDE||||20260101120000||ORU^R01|1|P|2.6\r'))).toBe(false);
  });

  it("tells the sender, the monitor's own limits and its own findings when they change", () => {
    const row = (value: number, flag: string): string => spo2(value).replace('|||||R', `|90^100|${flag}|||R`);
    const said = feed(newDriver(), [
      [0, messageOf({ time: '120000', id: '1', rows: [row(97, '')] })],
      [1000, messageOf({ time: '120001', id: '2', rows: [row(88, 'L')] })],
      [2000, messageOf({ time: '120002', id: '3', rows: [row(95, '')] })],
    ]);
    expect(said[0]).toContainEqual({
      type: 'identity',
      identity: { model: 'SIM', serial: null, software: null },
    });
    expect(said.flat().filter(({ type }) => type === 'limits')).toEqual([
      { type: 'limits', limits: { metric: 'MDC_PULS_OXIM_SAT_O2', low: 90, high: 100 } },
    ]);
    expect(said.map(conditionsIn)).toEqual([[], ['+monitor-alarm'], ['-monitor-alarm']]);
  });
});
