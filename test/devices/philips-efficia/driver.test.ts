import { describe, expect, it } from 'vitest';
import type { Driver } from '../../../devices/device.ts';
import { type EfficiaMessage, efficiaCodec, type Item } from '../../../devices/philips-efficia/codec.ts';
import { createEfficiaDriver, type EfficiaOptions } from '../../../devices/philips-efficia/driver.ts';
import { philipsEfficia } from '../../../devices/philips-efficia/index.ts';
import reports from '../../fixtures/philips-efficia/reports.json' with { type: 'json' };
import { type ConverseOptions, converse, outputsOf, requestsIn } from '../converse.ts';
import { at, bytesOf, conditionsIn, observationsIn, rejectsIn, told } from '../drive.ts';
import { clockMs, efficia, nbp, pane, pulse, queryIn, reportFor, spo2, textOf } from './support.ts';

const driver = (options: Partial<EfficiaOptions> = {}): Driver =>
  createEfficiaDriver({ pollS: 2, inBlock: false, t1IsBody: false, ...options });
const run = (
  panes: (ms: number) => readonly Item[] | null,
  seconds: number,
  options?: ConverseOptions,
  choice?: Partial<EfficiaOptions>,
) => converse(driver(choice), efficia(panes), seconds * 1000, options);
const tell = (said: ReturnType<typeof run>, kind: RegExp) =>
  observationsIn(outputsOf(said))
    .filter(({ metric }) => kind.test(metric))
    .map(({ metric, value, validity }) => `${metric.split('_').at(-1)} ${value} ${validity}`);

describe('the driver of an Efficia CM', () => {
  it.each(reports)('tells $name, seen twice', ({ segments, expect: expected, time }) => {
    const one = driver();
    one.start(at(0));
    const text = segments.map((segment) => `${segment}\r`).join('');
    // Nobody's query was answered yet, so what another host asked for is heard (a recording, a second host).
    const outputs = [...one.receive(bytesOf(text + text), at(1000)), ...one.tick(at(1500))];
    const last = observationsIn(outputs).slice(-expected.length);
    expect(last.map(told)).toEqual(expected);
    expect(rejectsIn(outputs)).toEqual([]);
    const cuff = observationsIn(outputs).filter(({ metric }) => metric.includes('PRESS'));
    expect(cuff.every(({ ageAtReceiptMs }) => ageAtReceiptMs === 31_000)).toBe(true);
    expect(new Date(time).toISOString()).toBe(time);
  });

  it('sends only what its profile declares, and acknowledges each report', () => {
    const said = run(() => [spo2(97), pulse(70)], 10);
    const sent = requestsIn(said).map(([, text]) => text);
    for (const text of sent) {
      const kinds = philipsEfficia.transmits.filter(({ matches }) => matches(bytesOf(text)));
      expect(kinds, text).toHaveLength(1);
    }
    expect(sent.filter((text) => text.includes('ACK')).length).toBe(
      sent.filter((text) => text.includes('QRY')).length,
    );
    expect(sent[1]).toMatch(/\rMSA\|AA\|MONITORABC\d{10}\r$/);
  });

  it('sends block characters only where that is chosen', () => {
    const first = (inBlock: boolean) => requestsIn(run(() => null, 1, {}, { inBlock }))[0]?.[1] ?? '';
    expect(first(false)).toMatch(/^MSH/);
    expect([first(true).slice(0, 4), first(true).slice(-2)]).toEqual(['\x0bMSH', '\x1c\r']);
    expect(philipsEfficia.transmits.some(({ matches }) => matches(bytesOf(first(true))))).toBe(true);
  });

  it('tells a number that two reports in a row agree on, and asks sooner when one waits', () => {
    const said = run((ms) => [spo2(ms < 10_000 ? 98 : 84)], 20);
    const values = observationsIn(outputsOf(said));
    expect(new Set(values.map(({ value }) => value))).toEqual(new Set([98, 84]));
    const times = requestsIn(said)
      .filter(([, text]) => text.includes('QRY'))
      .map(([atMs]) => atMs);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeLessThan(1500);
    const fallAt = said.find(
      ({ output }) => output.type === 'observation' && output.observation.value === 84,
    )?.atMs;
    expect(fallAt).toBeLessThan(13_000);
  });

  it('never tells a number that one report alone carries', () => {
    let count = 0;
    const said = run(() => {
      count += 1;
      return [spo2(count === 4 ? 18 : 98), ...nbp(count === 5 ? 221 : 122, 85, 98, clockMs(-60_000))];
    }, 20);
    expect(new Set(tell(said, /SAT_O2/))).toEqual(new Set(['O2 98 valid']));
    expect(tell(said, /SYS/)).toEqual(['SYS 122 valid']);
  });

  it('tells at once that a number is gone', () => {
    const said = run((ms) => [spo2(ms < 7000 ? 98 : null)], 12);
    expect(tell(said, /SAT_O2/).at(-1)).toBe('O2 null unavailable');
    const invalid = run(() => [{ ...spo2(98), isValid: false }], 4);
    expect(new Set(tell(invalid, /SAT_O2/))).toEqual(new Set(['O2 null invalid']));
    const missing = run((ms) => (ms < 7000 ? [spo2(98)] : []), 12);
    expect(tell(missing, /SAT_O2/).at(-1)).toBe('O2 null unavailable');
  });

  it("tells a reading once, with its age on the monitor's own clock", () => {
    const taken = clockMs(-120_000);
    const said = run(() => nbp(122, 85, 98, taken), 60);
    expect(tell(said, /PRESS/)).toEqual(['SYS 122 valid', 'DIA 85 valid', 'MEAN 98 valid']);
    const [first] = observationsIn(outputsOf(said));
    expect(first?.ageAtReceiptMs).toBeGreaterThanOrEqual(120_000);
    expect(first?.ageAtReceiptMs).toBeLessThan(125_000);
    expect(first?.deviceTime).toBe(taken);
  });

  it('does not tell the old reading of another monitor that is connected as one that was just taken', () => {
    const said = converse(
      driver(),
      (text, ms) => {
        const query = queryIn(text);
        if (query === null) return null;
        const isOther = ms > 20_000;
        const items = isOther
          ? nbp(150, 95, 113, clockMs(-30 * 3_600_000))
          : nbp(122, 85, 98, clockMs(-60_000));
        const controlId = `${isOther ? 'MONITORXYZ' : 'MONITORABC'}${String(ms).padStart(10, '0')}`;
        return textOf({ ...reportFor(query, ms, items), controlId } as EfficiaMessage);
      },
      40_000,
    );
    expect(tell(said, /SYS/)).toEqual(['SYS 122 valid']);
  });

  it('says when the monitor was told of another patient, in a word that is not their number', () => {
    const said = converse(
      driver(),
      (text, ms) => {
        const query = queryIn(text);
        if (query === null) return null;
        const number = ms < 5000 ? '' : ms < 15_000 ? '4711' : '4712';
        return textOf(reportFor(query, ms, [spo2(98)])).replace(/PID\|[^\r]*/, `PID|||${number}||DOE^JANE`);
      },
      25_000,
    );
    const words = outputsOf(said).flatMap((one) => (one.type === 'admission' ? [one.patient] : []));
    expect(words).toHaveLength(3);
    expect(words[0]).toBeNull();
    expect(new Set(words).size).toBe(3);
    expect(JSON.stringify(said)).not.toMatch(/471[12]|JANE/);
  });

  it('tells a second reading with the same numbers by its time', () => {
    const said = run((ms) => nbp(122, 85, 98, ms < 20_000 ? clockMs(-60_000) : clockMs(19_000)), 40);
    expect(tell(said, /SYS/)).toEqual(['SYS 122 valid', 'SYS 122 valid']);
  });

  it('tells that a reading has left its pane, and not again when it comes back', () => {
    const taken = clockMs(-60_000);
    const said = run((ms) => (ms > 10_000 && ms < 20_000 ? [] : nbp(122, 85, 98, taken)), 40);
    expect(tell(said, /SYS/)).toEqual(['SYS 122 valid', 'SYS null unavailable']);
  });

  it.each([
    ['no time', () => null],
    ['a time after the report', () => clockMs(3_600_000)],
    ['a time of last week', () => clockMs(-7 * 86_400_000)],
  ])('takes numbers with %s for no reading when it has just connected', (_name, taken) => {
    const said = run(() => nbp(122, 85, 98, taken()), 20);
    expect(tell(said, /PRESS/)).toEqual([]);
    expect(outputsOf(said)).toContainEqual({
      type: 'unmapped',
      id: 'NBP of a time that cannot be told',
      value: '122/85 (98)',
    });
  });

  it('tells the pulse rate of the cuff with its reading, also when the oximeter goes later, and never as a live pulse', () => {
    const taken = clockMs(-60_000);
    const said = run(
      (ms) => [...nbp(122, 85, 98, taken), ms < 10_000 ? pulse(80) : pulse(78, 'NBP', taken)],
      30,
    );
    expect(tell(said, /PULS_RATE_NON_INV/)).toEqual(['INV 78 valid']);
    expect(tell(said, /PRESS.*SYS/)).toEqual(['SYS 122 valid']);
    expect(tell(said, /PULS_OXIM_PULS/)).not.toContain('RATE 78 valid');
    expect(tell(said, /PULS_OXIM_PULS/).at(-1)).toBe('RATE null unavailable');
  });

  it('lists what no metric is mapped to: other pulses, invasive pressures, other units, T1', () => {
    const items = [
      pulse(70, 'ABP'),
      pane('0002-4a15', 'ABPs', '0004-0f20', 120),
      pane('0002-50b0', 'etCO2', '0004-9999', 5),
      pane('0002-f0c7', 'T1', '0004-1710', 37.4),
    ];
    const said = run(() => items, 8);
    expect(observationsIn(outputsOf(said))).toEqual([]);
    const ids = outputsOf(said).flatMap((output) => (output.type === 'unmapped' ? [output.id] : []));
    expect(ids).toEqual([
      'Pulse (0002-480a) from ABP',
      'ABPs (0002-4a15)',
      'etCO2 (0002-50b0)',
      'T1 (0002-f0c7)',
    ]);
  });

  it('tells T1 as body temperature only where the clinic says so, in either unit', () => {
    const t1 = (unit: string, value: number) =>
      tell(
        run(() => [pane('0002-f0c7', 'T1', unit, value)], 6, {}, { t1IsBody: true }),
        /TEMP/,
      )[0];
    expect([t1('0004-1710', 37.4), t1('0004-1140', 98.6)]).toEqual(['BODY 37.4 valid', 'BODY 37 valid']);
  });

  it('refuses a report that answers another query, once one of its own was answered', () => {
    const said = converse(
      driver(),
      (text, ms) => {
        const query = queryIn(text);
        if (query === null) return null;
        const answers = ms < 5000 ? query.controlId : 'OTHER1';
        return textOf(reportFor({ ...query, controlId: answers }, ms, [spo2(98)]));
      },
      30_000,
    );
    expect(rejectsIn(outputsOf(said))[0]?.detail).toBe('a report that answers another query');
    const late = said.filter(({ atMs, output }) => atMs > 8000 && output.type === 'observation');
    expect(late).toEqual([]);
  });

  it('says that every number is gone when the monitor has nothing to export', () => {
    const said = converse(
      driver(),
      (text, ms) => {
        const query = queryIn(text);
        if (query === null) return null;
        if (ms < 8000) return textOf(reportFor(query, ms, [spo2(98)]));
        return textOf({
          kind: 'refusal',
          code: 'AR',
          timeMs: clockMs(ms),
          controlId: 'M1',
          answers: query.controlId,
        });
      },
      12_000,
    );
    expect(tell(said, /SAT_O2/).at(-1)).toBe('O2 null unavailable');
    expect(rejectsIn(outputsOf(said))).toEqual([]);
  });

  it('asks anew when there is no answer, for ever', () => {
    expect(requestsIn(run(() => null, 30)).length).toBeGreaterThanOrEqual(5);
  });

  it("tells the monitor's own alarms when they come and go, with bytes of other code pages made safe", () => {
    const said = converse(
      driver(),
      (text, ms) => {
        const query = queryIn(text);
        if (query === null) return null;
        const report = reportFor(query, ms, [spo2(98)]);
        const alarm = 'OBX||TX|2^Yellow Alarm^MDIL-ALERT||SpO2 tr\u00e8s bas||||||F\r';
        return textOf(report) + (ms > 5000 && ms < 12_000 ? alarm : '');
      },
      20_000,
    );
    expect(conditionsIn(outputsOf(said))).toEqual(['+monitor-alarm', '-monitor-alarm']);
    expect(JSON.stringify(outputsOf(said))).toContain('2 Yellow Alarm: SpO2 tr.s bas');
  });

  it('says so when its own words come back', () => {
    const said = converse(driver(), (text) => text, 5000);
    expect(rejectsIn(outputsOf(said))[0]?.detail).toMatch(/looped back/);
  });

  it('tells a report that took long as that old', () => {
    const said = run(() => [spo2(98)], 12, { latencyMs: 1800 });
    expect(observationsIn(outputsOf(said))[0]?.ageAtReceiptMs).toBeGreaterThanOrEqual(1800);
  });

  it('tells nothing wrong by more than its tolerance for any flipped bit of one report among good ones', () => {
    const items = [spo2(98), pulse(70), ...nbp(122, 85, 98, clockMs(-60_000))];
    const query = {
      kind: 'query',
      timeMs: clockMs(0),
      controlId: 'OTHER',
      queryId: 'Q',
      filter: 'STA',
    } as const;
    const good = (ms: number) => textOf(reportFor(query, ms, items));
    const sent = new Map([
      ['O2', 98],
      ['RATE', 70],
      ['SYS', 122],
      ['DIA', 85],
      ['MEAN', 98],
    ]);
    const bytes = bytesOf(good(2000));
    let worst = 0;
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const damaged = bytes.slice();
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const one = driver();
      one.start(at(0));
      const outputs = [good(0), good(1000), damaged, good(3000), good(4000)].flatMap((text, index) => [
        ...one.receive(typeof text === 'string' ? bytesOf(text) : text, at(index * 1000)),
        ...one.tick(at(index * 1000 + 500)),
      ]);
      for (const { metric, value } of observationsIn(outputs)) {
        const right = sent.get(metric.split('_').at(-1) ?? '');
        if (value === null || right === undefined) continue;
        if (metric.includes('PRESS')) expect(value, `bit ${bit}`).toBe(right);
        worst = Math.max(worst, Math.abs(value - right));
      }
    }
    expect(worst).toBeLessThanOrEqual(8);
    expect(efficiaCodec.decoder().push(bytes)).toEqual([]);
  });
});
