/**
 * What in a physiological record is odd by itself, and what differs from the record before although a monitor
 * hardly ever changes it. Names are for the log; `succession.ts` decides what follows.
 */
import { type BasicClass, fieldRanges, GROUP_NAMES, type Group, type GroupName } from './basic-class.ts';
import type { PhysiologicalRecord } from './messages.ts';
import { NIBP_LABEL } from './nibp.ts';
import type { BasicSubrecord, PhysiologicalSubrecord } from './physiological.ts';
import { isMeasured, moduleActive } from './raw-value.ts';

/** Displayed values are sent when they are taken; all records of the logs have equal times (our choice: s). */
const MAX_DATA_AGE_S = 10;
/** Status bits from here up are not used by any group of the document. */
const STATUS_UNUSED_SHIFT = 16;
/** Bits of the NIBP label that change in normal use: mode, phases and "older than 60 s" (bits 3 to 8). */
const NIBP_LABEL_LIVELY = 0x01f8;

/** The subrecord with displayed values of the basic class, if there is one. */
export const basicOf = (record: PhysiologicalRecord): BasicSubrecord | null => {
  for (const subrecord of record.subrecords) {
    if (subrecord.type === 1 && subrecord.class === 0) return subrecord;
  }
  return null;
};

const oddGroups = (basic: BasicClass): string[] => {
  const odd: string[] = [];
  for (const name of GROUP_NAMES) {
    const group: Group<string> = basic[name];
    if (group.status >>> STATUS_UNUSED_SHIFT !== 0) odd.push(`${name} status`);
    const ranges = fieldRanges(name);
    for (const [field, raw] of Object.entries(group.values)) {
      const range = ranges[field] ?? null;
      if (range !== null && isMeasured(raw) && (raw < range[0] || raw > range[1]))
        odd.push(`${name} ${field}`);
    }
  }
  return odd;
};

/** Facts that hold between values of one record. */
const oddRelations = (basic: BasicClass): string[] => {
  const odd: string[] = [];
  const { systolic, diastolic, mean } = basic.nibp.values;
  if ([systolic, diastolic, mean].every(isMeasured) && !(systolic >= mean && mean >= diastolic)) {
    odd.push('nibp order');
  }
  return odd;
};

const oddSubrecord = (subrecord: PhysiologicalSubrecord, record: PhysiologicalRecord): string[] => {
  if (subrecord.type === 4) return [];
  const odd: string[] = [];
  if (subrecord.reserved !== 0) odd.push('subrecord reserved');
  if (subrecord.marker !== 0) odd.push('marker');
  const expected = ((record.header.level & 0xf) << 4) | subrecord.type;
  if (subrecord.classWordRest !== 0 && subrecord.classWordRest !== expected) odd.push('class word');
  const ageS = record.header.timeS - subrecord.timeS;
  if (subrecord.type === 1 && (ageS < 0 || ageS > MAX_DATA_AGE_S)) odd.push('data time');
  return odd;
};

/** Everything in a record that no record seen or described would have. Empty for every real record we know. */
export const oddities = (record: PhysiologicalRecord): string[] => {
  const odd = record.subrecords.flatMap((subrecord) => oddSubrecord(subrecord, record));
  if (record.header.reserved !== 0) odd.push('header reserved');
  if (!record.isListClean) odd.push('subrecord list');
  if (record.header.level < 1 || record.header.level > 31) odd.push('level');
  const basic = basicOf(record);
  if (basic !== null) {
    if (basic.basic.reserved !== 0) odd.push('basic reserved');
    odd.push(...oddGroups(basic.basic), ...oddRelations(basic.basic));
  }
  const times = record.subrecords.flatMap((one) => (one.type === 1 ? [one.timeS] : []));
  if (new Set(times).size > 1) odd.push('subrecord times');
  return odd;
};

const changedGroup = (name: GroupName, before: Group<string>, after: Group<string>): string[] => {
  const changed: string[] = [];
  const steadyLabel = name === 'nibp' ? ~NIBP_LABEL_LIVELY : ~0;
  if (((before.label ^ after.label) & steadyLabel) !== 0) changed.push(`${name} label`);
  // A group that is not in use keeps its leftovers.
  if (!moduleActive(before) && !moduleActive(after)) {
    const isSame = Object.entries(after.values).every(([field, raw]) => before.values[field] === raw);
    if (!isSame) changed.push(`${name} leftovers`);
  }
  return changed;
};

const shapeOf = (record: PhysiologicalRecord): string =>
  record.subrecords.map((one) => (one.type === 4 ? '4' : `${one.type}/${one.class}`)).join(' ');

/** What differs from one record to the next although it hardly ever does. */
export const surprisesBetween = (before: PhysiologicalRecord, after: PhysiologicalRecord): string[] => {
  const found: string[] = [];
  if (before.header.level !== after.header.level) found.push('level change');
  if (before.header.plugId !== after.header.plugId) found.push('plug id');
  if (shapeOf(before) !== shapeOf(after)) found.push('classes');
  const old = basicOf(before)?.basic;
  const now = basicOf(after)?.basic;
  if (old === undefined || now === undefined) return found;
  for (const name of GROUP_NAMES) found.push(...changedGroup(name, old[name], now[name]));
  const isOldCuff = (old.nibp.label & now.nibp.label & NIBP_LABEL.old) !== 0;
  const { systolic, diastolic, mean } = now.nibp.values;
  const before3 = old.nibp.values;
  // Values marked older than 60 s, before and after, cannot be new ones.
  if (
    isOldCuff &&
    (systolic !== before3.systolic || diastolic !== before3.diastolic || mean !== before3.mean)
  ) {
    found.push('old nibp changed');
  }
  return found;
};
