import { describe, expect, it } from 'vitest';
import { instant } from '../../../core/time.ts';
import { eventText } from '../../../renderer/view-model/event-text.ts';
import { limitTexts } from '../../../renderer/view-model/limits.ts';
import { draftLine, otherThanFamily } from '../../../renderer/view-model/line-draft.ts';
import {
  draftAddress,
  draftOf,
  draftOptions,
  portLabel,
  withFamily,
} from '../../../renderer/view-model/monitor-draft.ts';
import { originBanner } from '../../../renderer/view-model/origin.ts';
import { phaseView } from '../../../renderer/view-model/phase.ts';
import { rawLines } from '../../../renderer/view-model/raw-line.ts';
import { chairHash, parseRoute } from '../../../renderer/view-model/route.ts';
import { ageText, countdownText, durationText, sinceMs } from '../../../renderer/view-model/time-text.ts';
import {
  at,
  chair,
  chairId,
  event,
  limit,
  limits,
  monitor,
  session,
  sessionId,
  station,
} from '../support.ts';

describe('times in words', () => {
  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min 00 s'],
    [3_599_000, '59 min 59 s'],
    [4_800_000, '1 h 20 min'],
    [-500, '0 s'],
  ])('%s ms are an age of %s', (ms, text) => expect(ageText(ms)).toBe(text));

  it('counts down to 0:00 only when it is over, and up with hours', () => {
    expect(countdownText(1)).toBe('0:01');
    expect(countdownText(0)).toBe('0:00');
    expect(countdownText(272_000)).toBe('4:32');
    expect(durationText(3_753_000)).toBe('1:02:33');
  });

  it('measures an age on the monotonic clock', () => {
    expect(sinceMs(instant(1_000, 50), instant(9_500, 8_050))).toBe(8_000);
  });

  it('believes the older of two clocks that disagree: another run of the station, or a clock that was set', () => {
    expect(sinceMs(instant(0, 500_000), instant(600_000, 501_000))).toBe(600_000);
    expect(sinceMs(instant(0, 500_000), instant(600_000, 20_000))).toBe(600_000);
    expect(sinceMs(instant(900_000, 0), instant(100_000, 30_000))).toBe(30_000);
  });
});

describe('limits beside a number', () => {
  const set = limits(
    limit({ id: 'h', priority: 'high', threshold: 150 }),
    limit({ id: 'm', priority: 'medium', threshold: null }),
  );

  it('come with their marks, the one that is met first in front; one that the preset does not have is said, never left out', () => {
    expect(limitTexts(set, 'MDC_ECG_HEART_RATE', 'high')).toEqual([
      { id: 'm', mark: '**', text: 'none', isNone: true },
      { id: 'h', mark: '***', text: '150', isNone: false },
    ]);
    expect(limitTexts(set, 'MDC_ECG_HEART_RATE', 'low')).toEqual([]);
  });

  it('are those that are judged on the metric: the pulse rate has the limits of the heart rate', () => {
    expect(limitTexts(set, 'MDC_PULS_OXIM_PULS_RATE', 'high').map(({ text }) => text)).toEqual([
      'none',
      '150',
    ]);
    const breaths = limits(limit({ id: 'rr', metric: 'MDC_RESP_RATE', side: 'low', threshold: 8 }));
    expect(limitTexts(breaths, 'MDC_TTHOR_RESP_RATE', 'low').map(({ text }) => text)).toEqual(['8']);
  });

  it('of one priority are the one that is met first', () => {
    const pressures = limits(
      limit({ id: 'a', metric: 'MDC_PRESS_BLD_NONINV_SYS', priority: 'high', threshold: 200 }),
      limit({ id: 'b', metric: 'MDC_PRESS_BLD_NONINV_SYS', priority: 'high', threshold: 180 }),
      limit({ id: 'c', metric: 'MDC_PRESS_BLD_NONINV_SYS', priority: 'high', threshold: null }),
    );
    expect(limitTexts(pressures, 'MDC_PRESS_BLD_NONINV_SYS', 'high').map(({ text }) => text)).toEqual([
      '180',
    ]);
  });
});

describe('where data come from', () => {
  it('is said in words unless everything is live', () => {
    expect(originBanner(station())).toBeNull();
    expect(originBanner(station({ demo: true }))).toContain('SIMULATED');
    expect(originBanner(station({ chairs: [chair({ origin: 'replayed' })] }))).toContain('REPLAYED');
    expect(originBanner(station({ monitors: [monitor({ origin: 'simulated' })] }))).toContain('SIMULATED');
    expect(originBanner(null)).toBeNull();
  });
});

describe('the phase of a visit', () => {
  it('counts only the time infusing, against the plan; beside “Paused” stands how long the pause lasts', () => {
    const paused = session({
      phase: 'paused',
      spans: [
        { phase: 'infusing', startedAt: at(0).wall, endedAt: at(600).wall },
        { phase: 'paused', startedAt: at(600).wall, endedAt: null },
      ],
    });
    expect(phaseView(paused, at(900))).toEqual({
      label: 'Paused',
      elapsed: '0:05:00',
      goal: 'infused 0:10:00 of 60 min',
      isDue: false,
    });
    const again = [
      ...paused.spans.slice(0, 1),
      { phase: 'infusing' as const, startedAt: at(700).wall, endedAt: null },
    ];
    expect(phaseView({ ...paused, phase: 'infusing', spans: again }, at(900))).toMatchObject({
      elapsed: '0:13:20',
      goal: 'of 60 min',
    });
  });

  it('counts recovery down and says when its time is over', () => {
    const recovery = session({
      phase: 'recovery',
      spans: [{ phase: 'recovery', startedAt: at(0).wall, endedAt: null }],
    });
    expect(phaseView(recovery, at(600))?.goal).toBe('20:00 left of 30 min');
    expect(phaseView(recovery, at(1_800))).toMatchObject({ goal: 'planned 30 min are over', isDue: true });
  });

  it('is not told without a session or without the station', () => {
    expect(phaseView(null, at(0))).toBeNull();
    expect(phaseView(session(), null)).toBeNull();
  });
});

describe('entries of the record', () => {
  it('name old and new limits', () => {
    const text = eventText(
      event(2, {
        type: 'limits-changed',
        before: limits(limit({ id: 'hr-high', threshold: 120 })),
        after: limits(limit({ id: 'hr-high', threshold: null })),
        reason: 'runner',
      }),
      null,
    );
    expect(text).toBe('Limits changed: hr-high 120 → none (runner)');
  });

  it('name the preset where the limits are only written down', () => {
    const set = limits(limit({}));
    const text = eventText(
      event(2, {
        type: 'limits-changed',
        before: set,
        after: set,
        reason: 'In force when the session was opened',
      }),
      null,
    );
    expect(text).toBe('Limits: Adult, version 1 (In force when the session was opened)');
  });

  it('name the phases and the reason', () => {
    expect(
      eventText(event(2, { type: 'phase-changed', from: 'infusing', to: 'aborted', reason: 'pain' }), null),
    ).toBe('Infusing → Aborted (pain)');
  });
});

describe('addresses of screens', () => {
  it('survive any id', () => {
    expect(parseRoute(chairHash(chairId('a/b #1')))).toEqual({ screen: 'chair', chairId: 'a/b #1' });
    expect(parseRoute('#/sessions/x')).toEqual({ screen: 'sessions', sessionId: sessionId('x') });
    expect(parseRoute('#/sessions')).toEqual({ screen: 'sessions', sessionId: null });
  });

  it.each(['', '#/', '#/nowhere', '#/chair/', '#/chair/%E0%A4%A'])('%j is the room', (hash) =>
    expect(parseRoute(hash)).toEqual({ screen: 'room' }),
  );
});

describe('a line to a monitor', () => {
  const draft = {
    family: 'nellcor',
    kind: 'tcp' as const,
    path: '',
    host: ' 10.0.0.7 ',
    port: '4001',
    name: '',
    chairId: 'c1',
    simulated: false,
    options: {},
    line: {},
  };
  const port = {
    path: '/dev/ttyUSB0',
    vendorId: '0403',
    productId: '6001',
    serialNumber: 'A1',
    manufacturer: 'FTDI',
  };

  it('needs a host and a port from 1 to 65535', () => {
    expect(draftAddress(draft, [])).toEqual({ kind: 'tcp', host: '10.0.0.7', port: 4001 });
    for (const wrong of ['0', '65536', '40x', '', '1.5']) {
      expect(draftAddress({ ...draft, port: wrong }, [])).toBeNull();
    }
  });

  it('that a monitor opens to us listens on this computer only, unless an address is given', () => {
    const listen = { ...draft, kind: 'tcp-listen' as const, host: ' ', port: '2575' };
    expect(draftAddress(listen, [])).toEqual({ kind: 'tcp-listen', host: '127.0.0.1', port: 2575 });
    expect(draftAddress({ ...listen, host: '192.0.2.10' }, [])).toMatchObject({ host: '192.0.2.10' });
    expect(draftAddress({ ...listen, port: '' }, [])).toBeNull();
  });

  it('has the options of its family, as they are meant, and is not complete with one that cannot be', () => {
    const text = { label: 'L', help: 'H' };
    const specs = [
      { ...text, key: 'bed', type: 'text' as const, default: '', maxLength: 60 },
      { ...text, key: 'intervalS', type: 'integer' as const, default: 10, min: 1, max: 60, unit: 's' },
      { ...text, key: 'alarms', type: 'boolean' as const, default: true },
    ];
    const typed = (options: Record<string, string | boolean>) => draftOptions({ ...draft, options }, specs);
    expect(typed({})).toEqual({});
    expect(typed({ bed: '5', intervalS: '2', alarms: false })).toEqual({
      bed: '5',
      intervalS: 2,
      alarms: false,
    });
    for (const wrong of ['', '0', '61', '2.5', 'x']) expect(typed({ intervalS: wrong })).toBeNull();
  });

  it('of a family that connects to us is a listening port, and no other keeps it', () => {
    const listening = withFamily({ ...draft, options: { a: '1' } }, { id: 'hl7-oru', callsIn: true });
    expect(listening).toMatchObject({ family: 'hl7-oru', kind: 'tcp-listen', options: {} });
    expect(withFamily(listening, { id: 'nellcor', callsIn: false })).toMatchObject({ kind: 'serial' });
    expect(withFamily(draft, { id: 'nellcor', callsIn: false })).toMatchObject({ kind: 'tcp' });
  });

  it('keeps the USB identity of a listed port, to find it again under another name', () => {
    const serial = { ...draft, kind: 'serial' as const, path: '/dev/ttyUSB0' };
    expect(draftAddress(serial, [port])).toEqual({
      kind: 'serial',
      path: '/dev/ttyUSB0',
      usb: { vendorId: '0403', productId: '6001', serialNumber: 'A1' },
    });
    expect(draftAddress(serial, [])).toMatchObject({ usb: null });
    expect(portLabel(port)).toBe('/dev/ttyUSB0 · FTDI · USB 0403:6001 · serial A1');
  });

  it('has the line settings that were typed, without those that are the family’s anyway', () => {
    const family = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' } as const;
    expect(draftLine({ baudRate: ' 4800 ', dataBits: '8', parity: 'odd' }, family)).toEqual({
      baudRate: 4800,
      parity: 'odd',
    });
    expect(otherThanFamily({ baudRate: '9600', parity: 'odd' }, family)).toEqual(['parity']);
    for (const wrong of ['', '0', '9600x', '99999999'])
      expect(draftLine({ baudRate: wrong }, family)).toBeNull();
  });

  it('of a monitor that is there means what that monitor is', () => {
    const line = { baudRate: 4800, parity: 'odd' } as const;
    const address = { kind: 'serial', path: '/dev/ttyUSB0', usb: null } as const;
    const view = monitor({ name: 'Rad-8', address, line, options: { pollS: 2 } });
    const made = draftOf(view);
    expect(made).toMatchObject({ name: 'Rad-8', path: '/dev/ttyUSB0', options: { pollS: '2' } });
    expect(made && draftLine(made.line, view.familyLine)).toEqual(line);
    expect(made && draftAddress(made, [])).toEqual(address);
    expect(draftOf(monitor({ address: { kind: 'replay', file: 'x', speed: 1 } }))).toBeNull();
  });

  it('shows its bytes in lines of 16, hexadecimal and printable', () => {
    const hex = '5370 4f32 0d 7e 80'.replaceAll(' ', '');
    expect(rawLines(hex)).toEqual([{ hex: '53 70 4f 32 0d 7e 80', printable: 'SpO2·~·' }]);
    expect(rawLines('00'.repeat(33)).map((line) => line.printable.length)).toEqual([16, 16, 1]);
    expect(rawLines('')).toEqual([]);
  });
});
