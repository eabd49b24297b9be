/**
 * A device family made for tests of the station: lines "METRIC=VALUE;…\n", `?` for "no number", `~` for "measuring"; what follows "AGE=ms" is so old. It polls once
 * when started, so that requests can be seen too.
 */
import { isMetricId } from '../../core/nomenclature/metrics.ts';
import { absent, present } from '../../core/observation/observation.ts';
import type { Instant } from '../../core/time.ts';
import type { DeviceProfile, DriverOutput } from '../../devices/device.ts';
import { exactText } from '../../devices/framing/transmit.ts';

/** The toy's longest silence (ms). */
export const TOY_QUIET_MS = 3000;

export const TOY: DeviceProfile = {
  id: 'toy',
  manufacturer: 'Test',
  models: ['Toy'],
  title: 'Toy monitor',
  serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
  framing: { kind: 'raw' },
  maxQuietMs: () => TOY_QUIET_MS,
  metrics: ['MDC_ECG_HEART_RATE', 'MDC_PULS_OXIM_SAT_O2'],
  transmits: [{ name: 'ask', effect: 'asks', matches: exactText('GO\n') }],
  options: [
    {
      key: 'rate',
      label: 'Rate',
      help: 'How often',
      type: 'integer',
      default: 1,
      min: 1,
      max: 60,
      unit: 's',
    },
  ],
  canStartNibp: false,
  bedside: {
    switchOn: { known: 'Nothing.' },
    plug: { unknown: 'a toy has none.' },
    cable: { unknown: 'a toy has none.' },
    line: [],
    unsure: [],
    triedOn: 'Tests.',
  },
  anonymity: { kind: 'refuses', why: 'a toy says nothing of anybody' },
  evidence: 'facts-only',
  createDriver: () => {
    let rest = '';
    const decode = (line: string, now: Instant): DriverOutput[] => {
      const observations: DriverOutput[] = [];
      let ageAtReceiptMs = 0;
      for (const part of line.split(';')) {
        const [name = '', text = ''] = part.split('=');
        if (name === 'AGE') {
          ageAtReceiptMs = Number(text);
          continue;
        }
        const receipt = { receivedAt: now, deviceTime: null, ageAtReceiptMs };
        if (!isMetricId(name)) {
          return [
            { type: 'rejected', reason: 'syntax', detail: name.slice(0, 20), byteCount: line.length + 1 },
          ];
        }
        const observation =
          text === '?' || text === '~'
            ? absent(name, text === '?' ? 'unavailable' : 'ongoing', receipt)
            : present(name, Number(text), receipt);
        observations.push({ type: 'observation', observation });
      }
      return [{ type: 'frame', byteCount: line.length + 1 }, ...observations];
    };
    return {
      start: () => {
        rest = '';
        return [{ type: 'request', bytes: new TextEncoder().encode('GO\n'), purpose: 'start' }];
      },
      receive: (chunk, now) => {
        const lines = (rest + new TextDecoder('latin1').decode(chunk)).split('\n');
        rest = lines.pop() ?? '';
        return lines.flatMap((line) => decode(line, now));
      },
      tick: () => [],
      end: () => {
        const tail = rest;
        rest = '';
        return tail === ''
          ? []
          : [{ type: 'rejected', reason: 'truncated', detail: '', byteCount: tail.length }];
      },
    };
  },
};
