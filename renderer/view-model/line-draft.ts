/** The line settings of the form for a monitor: as typed, and what they mean beside the family's. */
import {
  DATA_BITS,
  FLOW_CONTROLS,
  isBaudRate,
  LINE_KEYS,
  type LineKey,
  type LineOverride,
  onlyDifferent,
  PARITIES,
  type SerialSettings,
  STOP_BITS,
} from '../../core/line/line-settings.ts';

/** As typed or chosen, by setting; what is not here is the family's. */
export type LineDraft = { readonly [K in LineKey]?: string };

/** The settings that were given another value than the family's, however odd. */
export const otherThanFamily = (draft: LineDraft, family: SerialSettings): readonly LineKey[] =>
  LINE_KEYS.filter((key) => {
    const typed = draft[key];
    return typed !== undefined && typed.trim() !== String(family[key]);
  });

/** What the draft means, without what is the family's anyway; null while a rate is typed that no line has. */
export const draftLine = (draft: LineDraft, family: SerialSettings): LineOverride | null => {
  const rate = draft.baudRate?.trim();
  const baudRate = rate === undefined ? undefined : Number(rate);
  if (rate !== undefined && !(/^\d+$/.test(rate) && isBaudRate(Number(rate)))) return null;
  return onlyDifferent(family, {
    baudRate,
    dataBits: DATA_BITS.find((bits) => String(bits) === draft.dataBits),
    parity: PARITIES.find((parity) => parity === draft.parity),
    stopBits: STOP_BITS.find((bits) => String(bits) === draft.stopBits),
    flowControl: FLOW_CONTROLS.find((flow) => flow === draft.flowControl),
  });
};

/** The draft that means `line`. */
export const lineDraftOf = (line: LineOverride): LineDraft =>
  Object.fromEntries(LINE_KEYS.flatMap((key) => (line[key] === undefined ? [] : [[key, String(line[key])]])));
