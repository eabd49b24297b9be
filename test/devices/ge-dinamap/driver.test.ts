import { describe, expect, it } from 'vitest';
import type { Driver } from '../../../devices/device.ts';
import { checkOf } from '../../../devices/ge-dinamap/codec.ts';
import { createDinamapDriver, type DinamapOptions } from '../../../devices/ge-dinamap/driver.ts';
import { type ConverseOptions, converse, outputsOf, requestsIn, type Script } from '../converse.ts';
import { at, bytesOf, conditionsIn, observationsIn, rejectsIn } from '../drive.ts';

const driver = (options: Partial<DinamapOptions> = {}): Driver =>
  createDinamapDriver({ pollS: 1, rate: 'RA', check: 'required', ...options });
const line = (body: string): string => `${body}${checkOf(body)}\r`;

interface Bedside {
  readonly na?: (ms: number) => string;
  readonly oa?: (ms: number) => string;
  readonly ra?: (ms: number) => string;
  readonly tc?: (ms: number) => string | null;
}
/** A V100 whose replies are these bodies (without check). */
const v100 =
  ({ na, oa, ra, tc }: Bedside = {}): Script =>
  (said, ms) => {
    const command = said.trim().slice(0, 2);
    if (command === 'NA') return line(na?.(ms) ?? ' NA1109999000000000');
    if (command === 'OA') return line(oa?.(ms) ?? ' OA1098708');
    if (command === 'RA') return line(ra?.(ms) ?? ' RA2072');
    if (command === 'TC') {
      const body = tc === undefined ? ' TC00 9999900001' : tc(ms);
      return body === null ? null : line(body);
    }
    return line(` ${command}`);
  };
const run = (
  bedside: Bedside,
  seconds: number,
  options?: ConverseOptions,
  choice?: Partial<DinamapOptions>,
) => converse(driver(choice), v100(bedside), seconds * 1000, options);
const tell = (said: ReturnType<typeof run>, kind: RegExp) =>
  observationsIn(outputsOf(said))
    .filter(({ metric }) => kind.test(metric))
    .map(({ metric, value, validity }) => `${metric.split('_').at(-1)} ${value} ${validity}`);
/** Reading taken at `takenMs`, shown with its age in whole seconds. */
const reading =
  (takenMs: number, pressures = '121075092') =>
  (ms: number) =>
    ` NA110${String(Math.floor((ms - takenMs) / 1000)).padStart(4, '0')}${pressures}`;

describe('the driver of a DINAMAP monitor', () => {
  it('asks for cuff, oximeter and rate every second, for the temperature every five, one at a time', () => {
    const asked = requestsIn(run({}, 6)).map(([, text]) => text);
    expect(asked.slice(0, 8)).toEqual(
      [' NA!2\r', ' OA!3\r', ' RA!6\r', ' TC!:\r', ' NA!2\r', ' OA!3\r', ' RA!6\r', ' NA!2\r'].map(String),
    );
    expect(asked.filter((text) => text === ' TC!:\r')).toHaveLength(2);
  });

  it('tells saturation and pulse rate every second', () => {
    const said = run({}, 3);
    expect(tell(said, /OXIM/).slice(0, 4)).toEqual([
      'O2 98 valid',
      'RATE 72 valid',
      'O2 98 valid',
      'RATE 72 valid',
    ]);
    expect(rejectsIn(outputsOf(said))).toEqual([]);
  });

  it.each([
    ['standby', ' OA0000008', []],
    ['no data', ' OA3098708', ['+sensor-off']],
    ['an unplugged sensor', ' OA6098708', ['+sensor-disconnected']],
  ])('tells no saturation with %s, even where a number stands', (_name, body, conditions) => {
    const said = run({ oa: () => body }, 2);
    expect(new Set(tell(said, /SAT_O2/))).toEqual(new Set(['O2 null unavailable']));
    expect(conditionsIn(outputsOf(said))).toEqual(conditions);
  });

  it.each([
    ['0', ' RA2000'],
    ['-99', ' RA2-99'],
    ['blanks', ' RA2   '],
  ])('tells no pulse rate for %s', (_name, body) => {
    expect(new Set(tell(run({ ra: () => body }, 2), /PULS_OXIM_PULS/))).toEqual(
      new Set(['RATE null unavailable']),
    );
  });

  it('tells a reading once, with its age, however often the monitor repeats it', () => {
    const said = run({ na: reading(-12_000) }, 60);
    expect(tell(said, /PRESS/)).toEqual(['SYS 121 valid', 'DIA 75 valid', 'MEAN 92 valid']);
    const [first] = observationsIn(outputsOf(said)).filter(({ metric }) => metric.includes('PRESS'));
    expect(first?.ageAtReceiptMs).toBeGreaterThanOrEqual(12_000);
    expect(first?.ageAtReceiptMs).toBeLessThanOrEqual(13_100);
  });

  it('tells a second reading with the same numbers, and a cuff that runs in between', () => {
    const na = (ms: number) => {
      if (ms < 5000) return reading(-60_000)(ms);
      return ms < 35_000 ? ' NA0109999000000000' : reading(34_500)(ms);
    };
    expect(tell(run({ na }, 60), /PRESS/)).toEqual([
      ...['SYS 121 valid', 'DIA 75 valid', 'MEAN 92 valid'],
      ...['SYS null ongoing', 'DIA null ongoing', 'MEAN null ongoing'],
      ...['SYS 121 valid', 'DIA 75 valid', 'MEAN 92 valid'],
    ]);
  });

  it.each([3, 4, 6, 7, 8, 9])(
    'tells status %i once as a failure, and takes it back with the next run',
    (status) => {
      const na = (ms: number) => {
        if (ms < 10_000) return ' NA0109999000000000';
        return ms < 30_000 ? ` NA${status}100000000000000` : ' NA0109999000000000';
      };
      const said = run({ na }, 40);
      expect(tell(said, /PRESS.*SYS/)).toEqual(['SYS null ongoing', 'SYS null invalid', 'SYS null ongoing']);
      expect(conditionsIn(outputsOf(said))).toEqual(['+cuff-fault', '-cuff-fault']);
    },
  );

  it('ends a cancelled determination without a reading, also where the old reading comes back', () => {
    const na = (ms: number) => (ms >= 5000 && ms < 20_000 ? ' NA0109999000000000' : reading(-60_000)(ms));
    expect(tell(run({ na }, 40), /PRESS.*SYS/)).toEqual([
      'SYS 121 valid',
      'SYS null ongoing',
      'SYS null unavailable',
    ]);
  });

  it('tells the pulse rate of the cuff once a reading, with its age, and never as a live pulse', () => {
    const said = run({ na: reading(-12_000), oa: () => ' OA6000008', ra: () => ' RA3066' }, 30);
    expect(tell(said, /PULS_RATE_NON_INV/)).toEqual(['INV 66 valid']);
    expect(new Set(tell(said, /PULS_OXIM_PULS/))).toEqual(new Set(['RATE null unavailable']));
    const [pulse] = observationsIn(outputsOf(said)).filter(
      ({ metric }) => metric === 'MDC_PULS_RATE_NON_INV',
    );
    expect(pulse?.ageAtReceiptMs).toBeGreaterThanOrEqual(12_000);
  });

  it('does not tell a temperature or a cuff reading again because the line was opened again', () => {
    const tc = (ms: number) => ` TC00A${String(Math.floor((ms + 30_000) / 1000)).padStart(5, '0')}09861`;
    const said = converse(driver(), v100({ tc, na: reading(-60_000) }), 40_000, {
      events: [{ atMs: 20_010, act: (one) => one.start(at(20_010)) }],
    });
    expect(tell(said, /TEMP/)).toHaveLength(1);
    expect(tell(said, /PRESS.*SYS/)).toHaveLength(1);
  });

  it('tells a temperature once a determination, in degrees Celsius, with its age', () => {
    const tc = (ms: number) => {
      const [count, taken] = ms < 60_000 ? ['A', -30_000] : ['B', 59_000];
      return ` TC00${count}${String(Math.floor((ms - taken) / 1000)).padStart(5, '0')}09861`;
    };
    const said = run({ tc }, 120);
    const told = observationsIn(outputsOf(said)).filter(({ metric }) => metric === 'MDC_TEMP_BODY');
    expect(told.map(({ value }) => value)).toEqual([37, 37]);
    expect(told[0]?.ageAtReceiptMs).toBeGreaterThanOrEqual(30_000);
    expect(told[1]?.ageAtReceiptMs).toBeLessThan(8000);
  });

  it.each([
    [2, 'signal-questionable'],
    [3, 'sensor-off'],
    [4, 'sensor-disconnected'],
  ])('tells no temperature with status %i', (status, code) => {
    const said = run({ tc: () => ` TC${status}0A0000009861` }, 2);
    expect(tell(said, /TEMP/)).toEqual([]);
    expect(conditionsIn(outputsOf(said))).toEqual([`+${code}`]);
  });

  it('asks a monitor without a thermometer only now and then', () => {
    const said = run({ tc: () => null }, 60);
    expect(requestsIn(said).filter(([, text]) => text.includes('TC')).length).toBeLessThanOrEqual(6);
    expect(tell(said, /SAT_O2/).length).toBeGreaterThan(45);
  });

  it('repeats a question once, behind a CR, and goes on when the monitor stays silent', () => {
    const said = converse(driver(), () => null, 8000);
    expect(
      requestsIn(said)
        .slice(0, 3)
        .map(([, text]) => text),
    ).toEqual([' NA!2\r', '\r NA!2\r', ' OA!3\r']);
    expect(observationsIn(outputsOf(said))).toEqual([]);
  });

  it('takes nothing for new that the line held back and delivers at once', () => {
    const held: string[] = [];
    const script: Script = (said, ms) => {
      const answer = v100({ oa: () => (ms < 30_000 ? ' OA1098708' : ' OA1080708') })(said, ms);
      if (ms < 5000 || ms >= 30_000) return answer;
      held.push(answer ?? '');
      return null;
    };
    const said = converse(driver(), script, 60_000, {
      events: [{ atMs: 30_200, act: (one) => one.receive(bytesOf(held.join('')), at(30_200)) }],
    });
    const late = said.filter(({ atMs, output }) => atMs >= 30_200 && output.type === 'observation');
    const saturations = observationsIn(outputsOf(late)).filter(({ metric }) => metric.includes('SAT_O2'));
    expect(held.length).toBeGreaterThan(5);
    expect(new Set(saturations.map(({ value }) => value))).toEqual(new Set([80]));
    expect(saturations.length).toBeGreaterThan(20);
  });

  it('gives an answer that nobody here asked for now the age that it may have', () => {
    const one = driver();
    one.start(at(0));
    const [saturation] = observationsIn(one.receive(bytesOf(line(' OA1098708')), at(100)));
    expect(saturation).toMatchObject({ value: 98, ageAtReceiptMs: 1500 });
  });

  it('starts the cuff only when a person asks, once, and tells that it runs when the monitor says so', () => {
    let startedMs: number | null = null;
    const script: Script = (said, ms) => {
      if (said === ' NC0!E\r') startedMs = ms;
      const isBusy = startedMs !== null && ms < startedMs + 20_000;
      return v100({ na: () => (isBusy ? ' NA0109999000000000' : ' NA1109999000000000') })(said, ms);
    };
    const said = converse(driver(), script, 40_000, {
      events: [{ atMs: 10_100, act: (one) => one.cuff?.('start', at(10_100)) ?? [] }],
    });
    const orders = requestsIn(said).filter(([, text]) => text.includes('NC'));
    expect(orders).toEqual([[10_100, ' NC0!E\r']]);
    const ongoing = said.find(
      ({ output }) => output.type === 'observation' && output.observation.validity === 'ongoing',
    );
    expect(ongoing?.atMs).toBeGreaterThan(10_100);
    expect(ongoing?.atMs).toBeLessThan(11_000);
    expect(tell(said, /SAT_O2/).length).toBeGreaterThan(35);
  });

  it('never repeats a command to the cuff that the monitor does not answer', () => {
    const said = converse(driver(), (text, ms) => (text.includes('N') ? null : v100()(text, ms)), 20_000, {
      events: [
        { atMs: 3000, act: (one) => one.cuff?.('start', at(3000)) ?? [] },
        { atMs: 9000, act: (one) => one.cuff?.('stop', at(9000)) ?? [] },
      ],
    });
    const orders = requestsIn(said).filter(([, text]) => /NC|ND/.test(text));
    expect(orders.map(([, text]) => text)).toEqual([' NC0!E\r', ' ND!5\r']);
  });

  it('with checks ignored tells a number only when two replies in a row say the same', () => {
    let asked = 0;
    const script: Script = (said, ms) => {
      if (!said.includes('OA')) return v100()(said, ms)?.replace(/..\r$/, '??\r') ?? null;
      asked += 1;
      return asked === 3 ? ' OA1018708??\r' : ' OA1098708??\r';
    };
    const said = converse(driver({ check: 'ignored' }), script, 10_000);
    const saturations = tell(said, /SAT_O2/);
    expect(new Set(saturations)).toEqual(new Set(['O2 98 valid']));
    expect(saturations.length).toBeGreaterThan(5);
  });

  it('tells a condition again that still stands after a silence or a reconnect', () => {
    const script: Script = (said, ms) =>
      ms > 5000 && ms < 20_000 ? null : v100({ oa: () => ' OA6000008' })(said, ms);
    const silent = converse(driver(), script, 30_000);
    expect(conditionsIn(outputsOf(silent))).toEqual([
      '+sensor-disconnected',
      '-sensor-disconnected',
      '+sensor-disconnected',
    ]);
    const reopened = converse(driver(), v100({ oa: () => ' OA6000008' }), 8000, {
      events: [{ atMs: 5010, act: (one) => one.start(at(5010)) }],
    });
    expect(conditionsIn(outputsOf(reopened))).toEqual([
      '+sensor-disconnected',
      '-sensor-disconnected',
      '+sensor-disconnected',
    ]);
  });

  it('lists the rate of a DINAMAP Pro without calling it a pulse', () => {
    const script: Script = (said, ms) => (said.includes('RC') ? line(' RC2072') : v100()(said, ms));
    const said = converse(driver({ rate: 'RC' }), script, 3000);
    expect(tell(said, /RATE/)).toEqual([]);
    expect(outputsOf(said)).toContainEqual({
      type: 'unmapped',
      id: 'heart rate (RC), source not known',
      value: '2 72',
    });
  });

  it('says so when its own words come back', () => {
    const said = converse(driver(), (text) => text, 5000);
    expect(rejectsIn(outputsOf(said))[0]?.detail).toMatch(/looped back/);
    expect(observationsIn(outputsOf(said))).toEqual([]);
  });
});
