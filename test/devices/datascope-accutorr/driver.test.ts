import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAccutorrDriver } from '../../../devices/datascope-accutorr/driver.ts';
import type { Driver } from '../../../devices/device.ts';
import replies from '../../fixtures/datascope-accutorr/replies.json' with { type: 'json' };
import { type ConverseOptions, converse, outputsOf, requestsIn, type Script } from '../converse.ts';
import { accountedBytes, at, bytesOf, conditionsIn, observationsIn, rejectsIn, told } from '../drive.ts';

const driver = (): Driver => createAccutorrDriver({ pollS: 2 });
const LIMITS = 'L:100,085,150,045,180,080,130,060,110,045\r\n>';
const ASK_PROMPT = '\x03';

/** An Accutorr behind its prompt; `data` gives the fields after `P:` by the time of the question (ms). */
const accutorr =
  (data: (ms: number) => string): Script =>
  (said, ms) => {
    if (said === ASK_PROMPT) return '>';
    if (said === 'L') return LIMITS;
    return said === 'P' ? `P:${data(ms)}\r\n>` : null;
  };
const run = (data: (ms: number) => string, seconds: number, options?: ConverseOptions) =>
  converse(driver(), accutorr(data), seconds * 1000, options);
const tell = (said: ReturnType<typeof run>, kind: RegExp) =>
  observationsIn(outputsOf(said))
    .filter(({ metric }) => kind.test(metric))
    .map(({ metric, value, validity }) => `${metric.split('_').at(-1)} ${value} ${validity}`);
/** Fields with these pressures, this age and this status. */
const fields = (
  pressures = '121,092,075',
  minutes = 3,
  status = '000,000,000',
  oximeter = '098,072',
): string => `${oximeter},${pressures},${status},${String(minutes).padStart(3)}`;
const unmapped = (said: ReturnType<typeof run>) =>
  outputsOf(said).flatMap((output) => (output.type === 'unmapped' ? [`${output.id}: ${output.value}`] : []));

describe('the driver of an Accutorr', () => {
  it.each(replies)('tells $name, asked twice', ({ text, tells }) => {
    const said = converse(
      driver(),
      (asked) => (asked === 'P' ? `${text}\r\n>` : asked === 'L' ? LIMITS : '>'),
      1500,
    );
    expect(observationsIn(outputsOf(said)).map(told)).toEqual(tells);
    expect(rejectsIn(outputsOf(said))).toEqual([]);
  });

  it('asks for the prompt, sends a command only while it is up, and asks again until two replies in a row agree', () => {
    const asked = requestsIn(run(() => fields(), 3)).map(([, text]) => text);
    expect(asked.slice(0, 5)).toEqual([ASK_PROMPT, 'P', 'P', 'L', 'L']);
    // The reply of two seconds ago agrees with the next.
    expect(asked.slice(5)).toEqual(['P']);
  });

  it('asks for the prompt again when there is no answer, and goes on for ever', () => {
    const said = converse(driver(), () => null, 20_000);
    expect(new Set(requestsIn(said).map(([, text]) => text))).toEqual(new Set([ASK_PROMPT]));
    expect(requestsIn(said).length).toBeGreaterThan(5);
  });

  it('never tells a number that one reply alone carries, whatever byte of it is wrong', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 39 }),
        fc.integer({ min: 0, max: 255 }),
        fc.integer({ min: 2, max: 5 }),
        (place, byte, which) => {
          let count = 0;
          const script: Script = (asked, ms) => {
            const answer = accutorr(() => fields())(asked, ms);
            if (asked !== 'P' || answer === null) return answer;
            count += 1;
            if (count !== which) return answer;
            return answer.slice(0, place) + String.fromCharCode(byte) + answer.slice(place + 1);
          };
          const said = converse(driver(), script, 9000);
          const right = new Set([
            'O2 98 valid',
            'RATE 72 valid',
            'SYS 121 valid',
            'DIA 75 valid',
            'MEAN 92 valid',
          ]);
          expect(tell(said, /./).filter((one) => !right.has(one))).toEqual([]);
          expect(tell(said, /SYS/)).toEqual(['SYS 121 valid']);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('tells a reading once, however often the monitor repeats it, and as old as it may be', () => {
    const said = run((ms) => fields('121,092,075', 3 + Math.floor(ms / 60_000)), 150);
    expect(tell(said, /PRESS/)).toEqual(['SYS 121 valid', 'DIA 75 valid', 'MEAN 92 valid']);
    const [first] = observationsIn(outputsOf(said)).filter(({ metric }) => metric.includes('SYS'));
    expect(first?.ageAtReceiptMs).toBeGreaterThanOrEqual(240_000);
    expect(first?.ageAtReceiptMs).toBeLessThan(241_000);
  });

  it('tells a second reading with the same numbers when the minutes fall, with the age it can have', () => {
    const said = run((ms) => fields('121,092,075', ms < 20_000 ? 5 : 0), 40);
    expect(tell(said, /SYS/)).toEqual(['SYS 121 valid', 'SYS 121 valid']);
    const second = observationsIn(outputsOf(said)).filter(({ metric }) => metric.includes('SYS'))[1];
    expect(second?.ageAtReceiptMs).toBeLessThan(2500);
  });

  it.each([99, 255, 999])('does not tell a reading again whose minutes begin anew after %i', (last) => {
    const said = run((ms) => fields('121,092,075', ms < 20_000 ? last : 0), 40);
    expect(tell(said, /SYS/)).toEqual(['SYS 121 valid']);
  });

  it('doubts a reading that comes while the cuff reports motion', () => {
    const said = run((ms) => (ms < 10_000 ? fields() : fields('150,110,095', 0, '000,000,002')), 20);
    expect(tell(said, /SYS/)).toEqual(['SYS 121 valid', 'SYS 150 questionable']);
  });

  it('does not tell a reading again that left the display and came back', () => {
    const said = run(
      (ms) => (ms > 10_000 && ms < 20_000 ? fields(' --, --, --') : fields('121,092,075', 3)),
      40,
    );
    expect(tell(said, /SYS/)).toEqual(['SYS 121 valid', 'SYS null unavailable']);
  });

  it.each([
    ['mean first', '121,092,075'],
    ['diastolic first', '121,075,092'],
  ])('takes the greater field for the mean: %s', (order, pressures) => {
    const said = run(() => fields(pressures), 5);
    expect(tell(said, /PRESS/)).toEqual(['SYS 121 valid', 'DIA 75 valid', 'MEAN 92 valid']);
    expect(unmapped(said)).toContain(`order of mean and diastolic: ${order}`);
  });

  it.each([
    ['equal fields', '121,080,080', /mean and diastolic are equal/],
    ['a field above the systolic', '090,120,075', /a pressure above the systolic/],
  ])('tells no reading from %s', (_name, pressures, words) => {
    const said = run(() => fields(pressures), 8);
    expect(tell(said, /PRESS/)).toEqual(['SYS null invalid', 'DIA null invalid', 'MEAN null invalid']);
    expect(unmapped(said).join()).toMatch(words);
  });

  it('tells no reading whose order is not the one the monitor had before', () => {
    const said = run((ms) => (ms < 10_000 ? fields('121,092,075', 3) : fields('130,070,099', 0)), 20);
    expect(tell(said, /SYS/)).toEqual(['SYS 121 valid', 'SYS null invalid']);
    expect(unmapped(said).join()).toContain('130, 70, 99: diastolic first, but mean first before');
  });

  it.each([
    ['no sensor', '001', 'null unavailable', '+sensor-disconnected'],
    ['sensor off', '002', 'null unavailable', '+sensor-off'],
    ['interference', '004', 'null unavailable', '+signal-questionable'],
    ['pulse search', '008', 'null unavailable', '+pulse-search'],
    ['a field that can be read in more than one way', '016', '98 questionable', '+monitor-alarm'],
    ['pulse below 30, which is a byte in decimal only', '128', '98 valid', '+monitor-alarm'],
  ])('with status 0 of %s', (_name, status, expected, condition) => {
    const said = run(() => fields('121,092,075', 3, `${status},000,000`), 3);
    expect(new Set(tell(said, /SAT_O2/))).toEqual(new Set([`O2 ${expected}`]));
    expect(conditionsIn(outputsOf(said))).toEqual([condition]);
  });

  it('doubts the oximeter when its module is uncalibrated', () => {
    const said = run(() => fields('121,092,075', 3, '000,002,000'), 3);
    expect(new Set(tell(said, /SAT_O2/))).toEqual(new Set(['O2 98 questionable']));
  });

  it('calls no pulse live that stands beside an absent saturation', () => {
    const said = run(() => fields('121,092,075', 3, '000,000,000', ' --,085'), 3);
    expect(new Set(tell(said, /RATE/))).toEqual(new Set(['RATE null unavailable']));
    expect(unmapped(said)).toContain('pulse without SpO2, source not known: 85');
  });

  it.each([
    ['overpressure', '001'],
    ['motion', '002'],
  ])('tells a measurement that failed by %s once, and takes it back', (_name, status) => {
    const data = (ms: number) => {
      if (ms < 10_000) return fields();
      return ms < 20_000 ? fields(' --, --, --', 3, `000,000,${status}`) : fields('125,095,078', 0);
    };
    const said = run(data, 30);
    expect(tell(said, /SYS/)).toEqual(['SYS 121 valid', 'SYS null invalid', 'SYS 125 valid']);
    expect(conditionsIn(outputsOf(said))).toEqual(['+cuff-fault', '-cuff-fault']);
  });

  it('tells the limits that have a sure place, and lists the others', () => {
    const said = run(() => fields(), 4);
    const limits = outputsOf(said).flatMap((output) => (output.type === 'limits' ? [output.limits] : []));
    expect(limits).toEqual([
      { metric: 'MDC_PULS_OXIM_SAT_O2', high: 100, low: 85 },
      { metric: 'MDC_PULS_OXIM_PULS_RATE', high: 150, low: 45 },
      { metric: 'MDC_PRESS_BLD_NONINV_SYS', high: 180, low: 80 },
    ]);
    expect(unmapped(said)).toContain('limits of mean and diastolic, order not known: 130/60, 110/45');
  });

  it('takes nothing for new that the line held back and delivers at once', () => {
    const held: string[] = [];
    const script: Script = (asked, ms) => {
      const answer = accutorr(() =>
        fields('121,092,075', 3, '000,000,000', ms < 30_000 ? '098,072' : '080,072'),
      )(asked, ms);
      if (ms < 5000 || ms >= 30_000) return answer;
      // Prompts and data alike are on their way.
      held.push(`>P:${fields()}\r\n`);
      return null;
    };
    const said = converse(driver(), script, 60_000, {
      events: [{ atMs: 30_100, act: (one) => one.receive(bytesOf(held.join('')), at(30_100)) }],
    });
    const late = said.filter(({ atMs, output }) => atMs > 32_000 && output.type === 'observation');
    const saturations = observationsIn(outputsOf(late)).filter(({ metric }) => metric.includes('SAT_O2'));
    expect(new Set(saturations.map(({ value }) => value))).toEqual(new Set([80]));
    expect(saturations.length).toBeGreaterThan(8);
  });

  it('starts anew when the monitor was switched off and on', () => {
    const script: Script = (asked, ms) =>
      ms > 10_000 && ms < 20_000 ? null : accutorr(() => fields())(asked, ms);
    const said = converse(driver(), script, 40_000, {
      events: [
        {
          atMs: 20_500,
          act: (one) => one.receive(bytesOf('ACCUTORR PC Interface is ready\r\n>'), at(20_500)),
        },
      ],
    });
    expect(
      said.filter(({ atMs, output }) => atMs > 25_000 && output.type === 'observation').length,
    ).toBeGreaterThan(8);
  });

  it('accounts for every byte once', () => {
    let sent = 0;
    const one = driver();
    const count: Script = (asked, ms) => {
      const answer = accutorr(() => fields())(asked, ms);
      sent += answer?.length ?? 0;
      return answer;
    };
    const said = converse(one, count, 30_000);
    const outputs = [...outputsOf(said), ...one.end(at(30_001))];
    expect(sent - accountedBytes(outputs)).toBeGreaterThanOrEqual(0);
    // What is under way when the time is over, and the last LF.
    expect(sent - accountedBytes(outputs)).toBeLessThanOrEqual(50);
  });
});
