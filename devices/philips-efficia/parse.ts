/** Whole messages from their segments, and back. */
import type { Alert, EfficiaMessage, Item, Report } from './message.ts';
import { formatAlert, formatItem, readObx } from './observation-segment.ts';
import { opaqueWord } from './opaque.ts';
import { formatSegment, type Segment, timeOf, timeText } from './segments.ts';

/** Why segments are no message of this dialogue. Never holds what a segment says: it may be a patient's name. */
export interface ParseRefusal {
  readonly reason: 'syntax' | 'range';
  readonly detail: string;
}

const ID = /^[!-{}~ ]{1,40}$/;
const VERSION = '2.4';

const syntax = (detail: string): ParseRefusal => ({ reason: 'syntax', detail });

/** The message that these segments are; `segments[0]` is MSH. */
export const parseMessage = (segments: readonly Segment[]): EfficiaMessage | ParseRefusal => {
  const of = (name: string): Segment | undefined => segments.find(([first]) => first === name);
  const msh = segments[0] ?? [];
  const timeMs = timeOf(msh[7] ?? '');
  const controlId = msh[10] ?? '';
  const [type = '', trigger = ''] = (msh[9] ?? '').split('^');
  if (msh[2] !== '^~\\&' || msh[11] !== 'P' || msh[12] !== VERSION)
    return syntax('not HL7 2.4 of this monitor');
  if (timeMs === null) return { reason: 'range', detail: 'MSH-7 is no time' };
  if (!ID.test(controlId)) return syntax('MSH-10 is empty or too long');
  const answers = of('MSA')?.[2] ?? '';
  const head = { timeMs, controlId, answers };
  if (type === 'QRY' && trigger === 'R02') return query(of('QRD'), timeMs, controlId);
  if (type === 'ACK') return acknowledgement(of('MSA')?.[1] ?? '', head);
  if (type !== 'ORF' || trigger !== 'R04') return syntax('a message that does not belong to this dialogue');
  if (of('MSA')?.[1] !== 'AA' || answers === '') return syntax('an answer without MSA|AA');
  return report(msh[3] ?? '', of('QRD'), head, segments);
};

type Head = Pick<Report, 'timeMs' | 'controlId' | 'answers'>;

const query = (
  qrd: Segment | undefined,
  timeMs: number,
  controlId: string,
): EfficiaMessage | ParseRefusal => {
  if (qrd === undefined || timeOf(qrd[1] ?? '') === null || qrd[2] !== 'R' || qrd[3] !== 'I')
    return syntax('a query without a proper QRD');
  const [queryId = '', filter = ''] = [qrd[4], qrd[9]];
  if (queryId === '' || queryId.length > 10) return syntax('QRD-4 is empty or longer than 10');
  return { kind: 'query', timeMs, controlId, queryId, filter };
};

const acknowledgement = (code: string, head: Head): EfficiaMessage | ParseRefusal => {
  if (head.answers === '') return syntax('an acknowledgement of nothing');
  if (code === 'AE' || code === 'AR') return { kind: 'refusal', code, ...head };
  return code === 'AA' ? { kind: 'receipt', ...head } : syntax('MSA-1 is not AA, AE or AR');
};

const report = (
  application: string,
  qrd: Segment | undefined,
  head: Head,
  segments: readonly Segment[],
): EfficiaMessage | ParseRefusal => {
  const queryTimeMs = timeOf(qrd?.[1] ?? '');
  const queryId = qrd?.[4] ?? '';
  if (queryTimeMs === null || queryId === '') return syntax('an answer without the QRD of its query');
  const items: Item[] = [];
  const alerts: Alert[] = [];
  for (const segment of segments) {
    if (segment[0] !== 'OBX') continue;
    const read = readObx(segment);
    if ('wrong' in read) return syntax(read.wrong);
    if ('item' in read) items.push(read.item);
    else alerts.push(read.alert);
  }
  if (new Set(items.map(({ code }) => code)).size < items.length) return syntax('one numeric twice');
  const number = segments.find(([name]) => name === 'PID')?.[3] ?? '';
  const patient = number === '' ? null : opaqueWord(number);
  return { kind: 'report', application, ...head, queryTimeMs, queryId, patient, items, alerts };
};

const STANDARD = '2.16.840.1.113883.9.2.1';

/** The segments of a message. The monitor's empty patient and order segments are those of a bed without a patient. */
export const formatMessage = (message: EfficiaMessage): readonly string[] => {
  const { timeMs, controlId } = message;
  const msh = (type: string, more: Readonly<Record<number, string>> = {}): string =>
    formatSegment('MSH', {
      2: '^~\\&',
      7: timeText(timeMs),
      9: type,
      10: controlId,
      11: 'P',
      12: VERSION,
      ...more,
    });
  const qrd = (time: number, id: string, filter: string): string =>
    formatSegment('QRD', { 1: timeText(time), 2: 'R', 3: 'I', 4: id, 9: filter });
  switch (message.kind) {
    case 'query':
      return [msh('QRY^R02'), qrd(timeMs, message.queryId, message.filter)];
    case 'receipt':
      return [msh('ACK^^ACK_ALL'), formatSegment('MSA', { 1: 'AA', 2: message.answers })];
    case 'refusal':
      return [msh('ACK^^ACK_ALL'), formatSegment('MSA', { 1: message.code, 2: message.answers })];
    case 'report':
      return [
        msh('ORF^R04', { 3: message.application, 21: STANDARD }),
        formatSegment('MSA', { 1: 'AA', 2: message.answers }),
        qrd(message.queryTimeMs, message.queryId, 'STA'),
        formatSegment('PID', { 3: '', 5: '' }),
        formatSegment('PV1', { 3: '', 18: '', 19: '' }),
        formatSegment('ORC', { 1: 'NW' }),
        formatSegment('OBR', { 4: 'MONITOR', 7: timeText(timeMs) }),
        ...message.items.map(formatItem),
        ...message.alerts.map(formatAlert),
      ];
    default:
      return message satisfies never;
  }
};
