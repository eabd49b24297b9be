/** What the figures do not believe, no export and no chart shows as if it were believed. */
import { describe, expect, it } from 'vitest';
import { present } from '../../core/observation/observation.ts';
import type { SessionDocument } from '../../core/review/session-document.ts';
import { epochMs, instant } from '../../core/time.ts';
import { csvExporter } from '../../exports/csv/index.ts';
import { bundleOf } from '../../exports/fhir/bundle.ts';
import { hl7Exporter } from '../../exports/hl7/index.ts';
import { pressureBars, tracesOf } from '../../exports/pdf/charts/traces.ts';
import { clinicTimes } from '../../exports/pdf/times.ts';
import { documentOf } from './made-document.ts';
import { exampleVisit } from './pdf/example-visit.ts';

const FHIR = { stepMs: 60_000, mrnSystem: null, pdf: null } as const;
const OPTIONS = { flowsheetMs: 60_000, timeZone: 'UTC' } as const;
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** The example with one reading only, changed by `part`. */
const withReading = (part: Partial<SessionDocument['readings'][number]>): SessionDocument => {
  const document = documentOf({ origin: 'live' });
  const [first] = document.readings;
  if (first === undefined) throw new Error('the example has no reading');
  return { ...document, readings: [{ ...first, ageAtReceiptMs: 0, ...part }] };
};

describe('a cuff reading', () => {
  const cases = [
    ['that the monitor doubted', { questionable: true }],
    ['whose mean is not between the others', { systolic: 130, diastolic: 80, mean: 140 }],
    ['whose pressures are too close', { systolic: 98, diastolic: 92, mean: 95 }],
  ] as const;

  it.each(cases)('%s is questionable in FHIR, with the reason', (_name, part) => {
    const { entry = [] } = bundleOf('document', withReading(part), FHIR);
    const found = entry.flatMap(({ resource }) =>
      resource?.resourceType === 'Observation' &&
      resource.code?.coding?.some(({ code }) => code === '85354-9')
        ? [resource]
        : [],
    );
    expect(found.map(({ interpretation }) => interpretation?.[0]?.text)).toEqual(['Questionable']);
    expect(found[0]?.note?.[0]?.text).toMatch(/questionable|no possible pressure/i);
  });

  it.each(cases)('%s is flagged in HL7', async (_name, part) => {
    const message = text(await hl7Exporter.write(withReading(part), OPTIONS));
    const rows = message.split('\r').filter((segment) => /^OBX\|\d+\|NM\|15002[123]\^/.test(segment));
    expect(rows).toHaveLength(3);
    expect(rows.every((row) => row.split('|')[8]?.includes('QUES'))).toBe(true);
  });

  it.each(cases)('%s has a mark in the flowsheet', async (_name, part) => {
    const table = text(await csvExporter.write(withReading(part), OPTIONS));
    const [line] = table.split('\r\n').filter((one) => one.startsWith('cuff,'));
    expect(line).toMatch(/questionable|no possible pressure/);
  });

  it.each(cases)('%s is hollow in the chart of the report', (_name, part) => {
    expect(pressureBars(withReading(part)).map(({ look }) => look)).toEqual(['doubtful']);
  });
});

it('values of an unsigned record are preliminary in FHIR, of a signed one final', () => {
  const statuses = (document: SessionDocument) => {
    const { entry = [] } = bundleOf('document', document, FHIR);
    return new Set(
      entry.flatMap(({ resource }) =>
        resource?.resourceType === 'Observation' && resource.status !== 'entered-in-error'
          ? [resource.status]
          : [],
      ),
    );
  };
  const signed = documentOf({ origin: 'live' });
  expect(signed.signOff.state).toBe('signed');
  expect(statuses(signed)).toEqual(new Set(['final']));
  expect(
    statuses({ ...signed, signOff: { ...signed.signOff, state: 'waits-for-physician', signatures: [] } }),
  ).toEqual(new Set(['preliminary']));
});

it('a series in FHIR says which of its values the monitor doubted', () => {
  const document = documentOf({ origin: 'live' });
  const monitor = document.frames[0]?.monitorId;
  const opened = document.session.openedAt;
  if (monitor === undefined) throw new Error('the example has no frames');
  const doubted = [3, 4, 5, 9];
  const frames = Array.from({ length: 12 }, (_, second) => {
    const at = instant(epochMs(opened + second * 1000), 1000 + second * 1000);
    const validity = doubted.includes(second) ? 'questionable' : 'valid';
    const value = present('MDC_PULS_OXIM_SAT_O2', 97, { receivedAt: at, deviceTime: null }, validity);
    return { monitorId: monitor, at, observations: [value] };
  });
  const { entry = [] } = bundleOf('document', { ...document, frames }, FHIR);
  const [series] = entry.flatMap(({ resource }) =>
    resource?.resourceType === 'Observation' && resource.valueSampledData !== undefined ? [resource] : [],
  );
  expect(series?.note?.[0]?.text).toContain(
    '4 values were marked as questionable by the monitor, in the slots (counted from 0) 3 to 5, 9.',
  );
});

it('a continuous value that the monitor doubted is drawn apart from what counts', () => {
  const document = exampleVisit();
  const frames = document.frames.map((frame, index) => ({
    ...frame,
    observations: frame.observations.map((one) =>
      one.metric === 'MDC_PULS_OXIM_SAT_O2' && one.value !== null && index >= 100 && index < 130
        ? present(one.metric, 55, { receivedAt: one.receivedAt, deviceTime: null }, 'questionable')
        : one,
    ),
  }));
  const [spo2] = tracesOf({ ...document, frames }, ['MDC_PULS_OXIM_SAT_O2'], 1);
  expect(spo2?.kept.flat().filter(({ value }) => value === 55)).toEqual([]);
  expect(spo2?.doubted.flat().length).toBeGreaterThan(10);
  expect(spo2?.leftOut.flat()).toEqual([]);
});

describe('a visit in the night in which the clocks are set back', () => {
  // America/New_York, 2026-11-01: 01:59:59 (UTC−04:00) is followed by 01:00:00 (UTC−05:00).
  const document = exampleVisit();
  const figures = {
    ...document.figures,
    from: Date.UTC(2026, 10, 1, 5) as typeof document.figures.from,
    to: Date.UTC(2026, 10, 1, 7) as typeof document.figures.to,
  };
  const times = clinicTimes(
    { ...document, figures, session: { ...document.session, openedAt: figures.from } },
    'America/New_York',
  );
  const at = (hour: number, minute: number) => Date.UTC(2026, 10, 1, hour, minute) as typeof figures.from;

  it('has no two times that read the same', () => {
    expect(times.zone).toBe('America/New_York (UTC−04:00, then UTC−05:00)');
    expect(times.clock(at(5, 30))).toBe('01:30');
    expect(times.clock(at(6, 30))).toBe('01:30 (UTC−05:00)');
    expect(times.second(at(6, 30))).toBe('01:30:00 (UTC−05:00)');
  });

  it('says of a moment outside the visit that its clock was another', () => {
    const winter = clinicTimes(exampleVisit(), 'America/New_York');
    expect(winter.zone).toBe('America/New_York (UTC−05:00)');
    expect(winter.moment(Date.UTC(2026, 6, 1, 14) as typeof figures.from)).toBe(
      '2026-07-01 10:00 (UTC−04:00)',
    );
  });
});
