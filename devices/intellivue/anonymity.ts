/**
 * What identifies in a recording of IntelliVue Data Export: the monitor's address and labels, patient demographics,
 * alarm texts. Only attributes from which values are made keep their bytes; of all others the length stays.
 */
import { type Anonymity, anonymiser } from '../framing/anonymise.ts';
import { ATTRIBUTE, type Attribute, type IntellivueMessage, intellivueCodec } from './codec.ts';

const KEPT: ReadonlySet<number> = new Set([
  ATTRIBUTE.handle,
  ATTRIBUTE.label,
  ATTRIBUTE.type,
  ATTRIBUTE.metricSpec,
  ATTRIBUTE.operatingMode,
  ATTRIBUTE.compoundNumeric,
  ATTRIBUTE.numeric,
  ATTRIBUTE.compoundSamples,
  ATTRIBUTE.sampleSpec,
  ATTRIBUTE.samples,
  ATTRIBUTE.scale,
  ATTRIBUTE.absoluteTime,
  ATTRIBUTE.samplePeriod,
  ATTRIBUTE.relativeTime,
  ATTRIBUTE.absoluteTimeStamp,
  ATTRIBUTE.unit,
  ATTRIBUTE.fixedValues,
  ATTRIBUTE.wavePriority,
  ATTRIBUTE.pollLifetime,
]);

const attributeOf = ({ id, value }: Attribute): Attribute => ({
  id,
  value: KEPT.has(id) ? value : value.map(() => 0),
});

const blank = (message: IntellivueMessage): IntellivueMessage | null => {
  switch (message.kind) {
    case 'mds-create':
    case 'set-result':
      return { ...message, attributes: message.attributes.map(attributeOf) };
    case 'poll-result':
      return {
        ...message,
        result: {
          ...message.result,
          contexts: message.result.contexts.map((context) => ({
            ...context,
            objects: context.objects.map((object) => ({
              ...object,
              attributes: object.attributes.map(attributeOf),
            })),
          })),
        },
      };
    case 'error':
      return { ...message, data: message.data.map(() => 0) };
    case 'other':
      return { ...message, body: message.body.map(() => 0) };
    case 'poll-request':
    case 'set-request':
    case 'association-request':
      // What a host says does not come from a monitor.
      return null;
    default:
      return message;
  }
};

export const ANONYMITY: Anonymity = {
  kind: 'blanks',
  what: [
    'the monitor’s address, model and bed label',
    'patient demographics',
    'alarms and their texts, and the labels of numerics',
    'every attribute from which no value is made, and everything that is no message',
  ],
  anonymiser: () => anonymiser(intellivueCodec, blank),
};
