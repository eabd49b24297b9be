import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import answers from '../../fixtures/hl7-oru/answers.json' with { type: 'json' };
import messages from '../../fixtures/hl7-oru/messages.json' with { type: 'json' };
import refused from '../../fixtures/hl7-oru/refused.json' with { type: 'json' };
import { accountedBytes, bytesOf, conditionsIn, drive, observationsIn, rejectsIn, told } from '../drive.ts';
import { answersIn, framed, newDriver, toldWithAge } from './support.ts';

describe('the HL7 driver', () => {
  it.each(messages)('reads $name', ({ text, expect: expected, ...rest }) => {
    const outputs = drive(newDriver(), framed(text));
    expect(toldWithAge(outputs)).toEqual(expected);
    expect(accountedBytes(outputs)).toBe(text.length + 3);
    const unmapped = outputs.flatMap((output) => (output.type === 'unmapped' ? [output.id] : []));
    expect(unmapped).toEqual('unmapped' in rest ? rest.unmapped : []);
  });

  it.each(messages)('reads $name without its frame', ({ text, expect: expected }) => {
    const outputs = drive(newDriver(), bytesOf(text));
    expect(toldWithAge(outputs)).toEqual(expected);
    expect(accountedBytes(outputs)).toBe(text.length);
  });

  it.each(refused)('refuses $name', ({ text, reason, answer }) => {
    const outputs = drive(newDriver(), framed(text));
    expect(observationsIn(outputs)).toEqual([]);
    expect(rejectsIn(outputs)).toMatchObject([{ reason, byteCount: text.length + 3 }]);
    const [first, ...others] = answersIn(outputs);
    expect(others).toEqual([]);
    if (answer === null) expect(first).toBeUndefined();
    else expect(first).toContain(`\rMSA|${answer}|9`);
  });

  it.each(answers)('gives $name', ({ message, answer }) => {
    expect(answersIn(drive(newDriver(), framed(message)))).toEqual([answer]);
  });

  it('says that the monitor is in demonstration mode', () => {
    const demo = messages.find(({ name }) => name.includes('demonstration'));
    expect(conditionsIn(drive(newDriver(), framed(demo?.text ?? '')))).toEqual(['+monitor-alarm']);
  });
});

const FOLDER = new URL('../../../../shared/data/captures/hl7/', import.meta.url);
const CAPTURES = [
  {
    file: 'comen_nc_oru_r01.hl7',
    expected: [
      'MDC_PULS_OXIM_SAT_O2 97 valid',
      'MDC_RESP_RATE 20 valid',
      'MDC_PULS_OXIM_PULS_RATE 59 valid',
      'MDC_TEMP_BODY 37 valid',
      'MDC_PRESS_BLD_NONINV_SYS 120 questionable',
      'MDC_PRESS_BLD_NONINV_DIA 80 questionable',
      'MDC_PRESS_BLD_NONINV_MEAN 90 questionable',
    ],
    time: '2025-06-09T17:51:27.000Z',
  },
  {
    file: 'mindray_egateway_oru_r01.hl7',
    expected: [
      'MDC_PULS_OXIM_SAT_O2 98 valid',
      'MDC_PULS_OXIM_PULS_RATE 65 valid',
      'MDC_BLD_PERF_INDEX 1.76 valid',
      'MDC_TTHOR_RESP_RATE 17 valid',
      'MDC_ECG_HEART_RATE 66 valid',
      'MDC_RESP_RATE 19 valid',
    ],
    time: '2026-09-12T06:30:00.000Z',
  },
];

describe.skipIf(!existsSync(FOLDER))('messages of real senders', () => {
  it.each(CAPTURES)('$file gives its numbers, however it is cut', ({ file, expected, time }) => {
    const bytes = new Uint8Array(readFileSync(new URL(file, FOLDER)));
    const wanted = expected.map((line) => `${line} ${time}`);
    const whole = drive(newDriver(), bytes);
    expect(observationsIn(whole).map(told)).toEqual(wanted);
    expect(accountedBytes(whole)).toBe(bytes.length);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 9 }), (cuts) => {
        expect(drive(newDriver(), bytes, cuts)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });
});
