/** What identifies, put where each protocol carries it: none of it is in the fixture, in any form. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { capnostreamCodec } from '../../devices/capnostream20/codec.ts';
import type { DeviceProfile } from '../../devices/device.ts';
import { CODE, medibusCodec } from '../../devices/draeger-medibus/codec.ts';
import { writeAlarms } from '../../devices/draeger-medibus/texts.ts';
import { blankBasic, displayedRecord, driCodec } from '../../devices/ge-s5-dri/codec.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { ATTRIBUTE, attributeWith } from '../../devices/intellivue/codec.ts';
import { masimoCodec } from '../../devices/masimo-ascii/codec.ts';
import { efficiaCodec } from '../../devices/philips-efficia/codec.ts';
import { resolveOptions } from '../../station/driver-options.ts';
import { framed } from './hl7-oru/support.ts';
import { result, wire } from './intellivue/support.ts';

/** Seven to ten capitals or digits, as a name or a number; no X and no 0, which are what blanks leave. */
const name = fc.stringMatching(/^[B-WYZ][B-WYZ1-9]{6,9}$/);

const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const driHeader = displayedRecord(blankBasic(), { recordNumber: 1, level: 10, timeS: 1 }).header;
const line = (text: string) => ({ text, isTextNew: true, colour: 'red' as const, isColourNew: true });
const HL7_OBX = (text: string): string =>
  [
    `OBX|1|NM|150456^MDC_PULS_OXIM_SAT_O2^MDC|1.3.1.150456|97|262688^MDC_DIM_PERCENT^MDC|||||R|||||||${text}`,
    `OBX|2|ST|${text}^${text}^LOCAL|${text}|${text}||${text}|${text}|||R`,
  ].join('\r');

/** Where each protocol holds a name or a number of somebody. */
const WHERE: readonly (readonly [string, string, (text: string) => Uint8Array])[] = [
  [
    'capnostream20',
    'the identity',
    (text) => capnostreamCodec.encode({ kind: 'identity', text: `V45.67 02/24/2008 ${text}  ` }),
  ],
  [
    'draeger-medibus',
    'the identity',
    (text) => medibusCodec.encode({ kind: 'answer', code: CODE.identity, text: `8250'${text}'01.10:04.03` }),
  ],
  [
    'draeger-medibus',
    'an alarm',
    (text) =>
      medibusCodec.encode({
        kind: 'answer',
        code: CODE.alarms,
        text: writeAlarms([{ priority: '3', code: 1, text }]),
      }),
  ],
  [
    'draeger-medibus',
    'an unknown answer',
    (text) => medibusCodec.encode({ kind: 'answer', code: 0x29, text }),
  ],
  [
    'ge-s5-dri',
    'an alarm text',
    (text) =>
      driCodec.encode({
        kind: 'alarm',
        header: driHeader,
        status: { isSoundOn: true, silence: 0, lines: [line(text), line(''), line(''), line(''), line('')] },
      }),
  ],
  [
    'ge-s5-dri',
    'a class that is not read',
    (text) =>
      driCodec.encode({
        kind: 'physiological',
        header: driHeader,
        isListClean: true,
        subrecords: [
          {
            type: 1,
            class: 1,
            timeS: 1,
            marker: 0,
            reserved: 0,
            classWordRest: 0xa1,
            data: Uint8Array.from(Buffer.alloc(270, latin1(text))),
          },
        ],
      }),
  ],
  [
    'hl7-oru',
    'every field that names somebody or something',
    (text) =>
      framed(
        [
          `MSH|^~\\&|${text}^1^EUI-64|${text}|${text}|${text}|20260101100000||ORU^R01^ORU_R01|${text}|P|2.6`,
          `PID|1|${text}|${text}^^^H^MR|${text}|${text}^${text}||19700101|F|||${text}`,
          `NK1|1|${text}`,
          `PV1||I|${text}^${text}^${text}|||||${text}`,
          `OBR|1|${text}|${text}|182777000^monitoring of patient^SCT|||20260101100000||||${text}`,
          HL7_OBX(text),
          `NTE|1||${text}`,
          '',
        ].join('\r'),
      ),
  ],
  [
    'intellivue',
    'address, label, demographics and alarm text',
    (text) =>
      wire(
        {
          kind: 'mds-create',
          invokeId: 1,
          ticks: 1,
          attributes: [
            attributeWith.text(ATTRIBUTE.bedLabel, text),
            attributeWith.bytes(ATTRIBUTE.systemId, [0, text.length, ...latin1(text)]),
            attributeWith.bytes(0xf100, latin1(text)),
          ],
        },
        result(
          1,
          [
            {
              handle: 1,
              attributes: [
                attributeWith.text(ATTRIBUTE.labelString, text),
                attributeWith.text(0x095d, text),
                attributeWith.text(0x095c, text),
                attributeWith.text(ATTRIBUTE.physiologicalAlerts, text),
              ],
            },
          ],
          { objectClass: 0x2a },
        ),
        { kind: 'other', operation: 9, body: latin1(text) },
      ),
  ],
  [
    'masimo-ascii',
    'the serial number and an unknown field',
    (text) => {
      const digits = text.replaceAll(/\D/g, '7').padStart(10, '7').slice(0, 10);
      return latin1(
        `02/22/16 22:47:45 SN=${digits} SPO2=098% BPM=097 PI=03.60% SPCO=--.-% SPMET=--.-% DESAT=-- PIDELTA=+-- ALARM=0000 EXC=000800\r\n`,
      );
    },
  ],
  [
    'philips-efficia',
    'serial number, patient and alarm text',
    (text) =>
      latin1(
        Buffer.from(
          efficiaCodec.encode({
            kind: 'report',
            application: '^EfficiaCM',
            timeMs: Date.UTC(2026, 0, 1),
            controlId: text,
            answers: 'CS1',
            queryTimeMs: Date.UTC(2026, 0, 1),
            queryId: 'Q1',
            patient: null,
            items: [],
            alerts: [{ level: '1', text }],
          }),
        )
          .toString('latin1')
          .replace(/PID\|[^\r]*/, `PID|||${text}||${text}^${text}`)
          .replace(/PV1\|[^\r]*/, `PV1|||${text}|||||||||||||||${text}`),
      ),
  ],
];

const profileOf = (id: string): DeviceProfile => {
  const found = DEVICE_PROFILES.find((profile) => profile.id === id);
  if (found === undefined) throw new Error(`no family ${id}`);
  return found;
};

const cleaned = (profile: DeviceProfile, bytes: Uint8Array): Buffer => {
  if (profile.anonymity.kind === 'refuses') throw new Error(profile.anonymity.why);
  const making = profile.anonymity.anonymiser(resolveOptions(profile, {}));
  return Buffer.concat([making.push(bytes), making.quiet(), making.end()]);
};

const wide = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

it.each(WHERE)('%s: a name in %s does not come through', (id, _where, bytesWith) => {
  const profile = profileOf(id);
  fc.assert(
    fc.property(name, (text) => {
      const after = cleaned(profile, bytesWith(text));
      const traces = [text, text.slice(0, 5), text.replaceAll(/\D/g, '7').padStart(10, '7').slice(0, 10)];
      for (const trace of traces) {
        expect(after.includes(trace, 0, 'latin1')).toBe(false);
        expect(after.includes(wide(trace))).toBe(false);
      }
      // It is still a message: blanked, not thrown away.
      const decoded = after.some((byte) => byte !== 0);
      expect(decoded).toBe(true);
    }),
    { numRuns: 60 },
  );
});

it.each(WHERE)('%s: what is blanked in %s is as long as it was, and whole', (id, where, bytesWith) => {
  if (where.includes('class that is not read')) return;
  const bytes = bytesWith('BRWNKTY47');
  const after = cleaned(profileOf(id), bytes);
  expect(after.length).toBe(bytes.length);
});

it('a Masimo line keeps its values under a serial number of zeros', () => {
  const serial = '0000056661';
  const bytes = latin1(
    `02/22/16 22:47:45 SN=${serial} SPO2=098% BPM=097 PI=03.60% SPCO=--.-% SPMET=--.-% DESAT=-- PIDELTA=+-- ALARM=0000 EXC=000800\r\n`,
  );
  const [line1] = masimoCodec.decoder().push(cleaned(profileOf('masimo-ascii'), bytes));
  expect(line1).toMatchObject({ ok: true, message: { serial: '0000000000', spo2: 98, pulseRate: 97 } });
});
