/**
 * Side effects with one tap each. The six of the patient information come first, then what clinics ask for, then
 * the symptoms that make a high pressure an emergency (BP-10); a physician must approve the list.
 */

export const SIDE_EFFECT_KINDS = [
  'nausea',
  'vomiting',
  'drowsiness',
  'dissociation',
  'anxiety',
  'agitation',
  'vivid-dreams',
  'mood-swing',
  'dizziness',
  'headache',
  'blurred-vision',
  'chest-pain',
  'shortness-of-breath',
  'neurological',
  'other',
] as const;
export type SideEffectKind = (typeof SIDE_EFFECT_KINDS)[number];

export const SEVERITIES = ['mild', 'moderate', 'severe'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface SideEffectRow {
  readonly label: string;
  /** Together with a high pressure an emergency (BP-10). */
  readonly alarming: boolean;
  /** Offered as a tile of its own, in this order; the rest behind "more". */
  readonly common: boolean;
}

const row = (label: string, alarming: boolean, common: boolean): SideEffectRow => ({
  label,
  alarming,
  common,
});

export const SIDE_EFFECTS: Readonly<Record<SideEffectKind, SideEffectRow>> = {
  nausea: row('Nausea', false, true),
  vomiting: row('Vomiting', false, false),
  drowsiness: row('Drowsiness', false, true),
  dissociation: row('Dissociation', false, true),
  anxiety: row('Anxiety', false, true),
  agitation: row('Agitation', false, true),
  'vivid-dreams': row('Vivid dreams', false, true),
  'mood-swing': row('Mood swing', false, false),
  dizziness: row('Dizziness', false, true),
  headache: row('Headache', true, true),
  'blurred-vision': row('Visual change', true, false),
  'chest-pain': row('Chest pain', true, false),
  'shortness-of-breath': row('Shortness of breath', true, false),
  neurological: row('Numbness, weakness or speech', true, false),
  other: row('Other', false, false),
};
