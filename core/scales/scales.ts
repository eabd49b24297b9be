/**
 * The scales on which people write down what they see. Ranges and anchor words are those of the published scales
 * in short form (MOAA/S 5 alert … 0 no response; RASS +4 … −5; Modified Aldrete and PADSS two points a part); the
 * numeric rating scales are 0 to 10. Scales whose items are not free to copy (CADSS, KSET) are not here.
 */

export const SCALE_IDS = [
  'moaa-s',
  'rass',
  'nausea',
  'pain',
  'anxiety',
  'dissociation',
  'mood',
  'aldrete',
  'padss',
] as const;
export type ScaleId = (typeof SCALE_IDS)[number];

export interface Anchor {
  readonly value: number;
  readonly label: string;
}

export interface ScalePart {
  readonly id: string;
  readonly label: string;
  /** Worst first: 0, 1, 2. */
  readonly anchors: readonly Anchor[];
  /** `pressure`, `spo2`: proposed from the data where they are there; `always-full`: does not apply to an infusion. */
  readonly auto: 'pressure' | 'spo2' | 'always-full' | null;
}

export interface Scale {
  readonly id: ScaleId;
  readonly label: string;
  readonly short: string;
  readonly lowest: number;
  readonly highest: number;
  /** Which end is the bad one. */
  readonly worse: 'high' | 'low';
  readonly anchors: readonly Anchor[];
  /** Empty: one number; otherwise the sum of its parts. */
  readonly parts: readonly ScalePart[];
}

const anchors = (...labels: readonly [number, string][]): readonly Anchor[] =>
  labels.map(([value, label]) => ({ value, label }));
const part = (
  id: string,
  label: string,
  words: readonly [string, string, string],
  auto: ScalePart['auto'] = null,
): ScalePart => ({ id, label, anchors: words.map((word, value) => ({ value, label: word })), auto });

const rating = (
  id: ScaleId,
  label: string,
  none: string,
  worst: string,
  worse: Scale['worse'] = 'high',
): Scale => ({
  id,
  label,
  short: label,
  lowest: 0,
  highest: 10,
  worse,
  anchors: anchors([0, none], [10, worst]),
  parts: [],
});

export const SCALES: Readonly<Record<ScaleId, Scale>> = {
  'moaa-s': {
    id: 'moaa-s',
    label: 'Sedation (MOAA/S)',
    short: 'MOAA/S',
    lowest: 0,
    highest: 5,
    worse: 'low',
    anchors: anchors(
      [5, 'Answers readily to the name'],
      [4, 'Answers slowly to the name'],
      [3, 'Answers only to a loud or repeated name'],
      [2, 'Answers only to mild prodding'],
      [1, 'Answers only to a painful squeeze'],
      [0, 'No answer'],
    ),
    parts: [],
  },
  rass: {
    id: 'rass',
    label: 'Agitation and sedation (RASS)',
    short: 'RASS',
    lowest: -5,
    highest: 4,
    worse: 'high',
    anchors: anchors(
      [4, 'Combative'],
      [3, 'Very agitated'],
      [2, 'Agitated'],
      [1, 'Restless'],
      [0, 'Alert and calm'],
      [-1, 'Drowsy'],
      [-2, 'Light sedation'],
      [-3, 'Moderate sedation'],
      [-4, 'Deep sedation'],
      [-5, 'Unrousable'],
    ),
    parts: [],
  },
  nausea: rating('nausea', 'Nausea', 'None', 'Worst'),
  pain: rating('pain', 'Pain', 'None', 'Worst'),
  anxiety: rating('anxiety', 'Anxiety', 'None', 'Worst'),
  dissociation: rating('dissociation', 'Dissociation', 'None', 'Complete'),
  mood: rating('mood', 'Mood', 'Worst', 'Best', 'low'),
  aldrete: {
    id: 'aldrete',
    label: 'Recovery (Modified Aldrete)',
    short: 'Aldrete',
    lowest: 0,
    highest: 10,
    worse: 'low',
    anchors: anchors([9, 'Fit to leave from here up']),
    parts: [
      part('activity', 'Activity', ['Moves no limb', 'Moves two limbs', 'Moves all limbs']),
      part('respiration', 'Breathing', ['No breathing', 'Shallow or laboured', 'Deep, coughs freely']),
      part(
        'circulation',
        'Circulation',
        ['BP 50 % or more from baseline', 'BP 20 to 49 % from baseline', 'BP within 20 % of baseline'],
        'pressure',
      ),
      part('consciousness', 'Consciousness', ['No answer', 'Wakes when called', 'Fully awake']),
      part(
        'oxygen',
        'Oxygen',
        ['SpO₂ below 90 % with oxygen', 'Needs oxygen for more than 90 %', 'SpO₂ above 92 % on room air'],
        'spo2',
      ),
    ],
  },
  padss: {
    id: 'padss',
    label: 'Fit to go home (PADSS)',
    short: 'PADSS',
    lowest: 0,
    highest: 10,
    worse: 'low',
    anchors: anchors([9, 'Fit to go from here up']),
    parts: [
      part(
        'vitals',
        'Vital signs',
        ['More than 40 % from baseline', '20 to 40 % from baseline', 'Within 20 % of baseline'],
        'pressure',
      ),
      part('gait', 'Walking', ['Cannot walk, dizzy', 'With help', 'Steady, as before']),
      part('nausea', 'Nausea and vomiting', ['Severe', 'Moderate', 'Little or none']),
      part('pain', 'Pain', ['Severe', 'Moderate', 'Little or none']),
      part('bleeding', 'Bleeding', ['Severe', 'Moderate', 'None'], 'always-full'),
    ],
  },
};

/** Aldrete and PADSS count as passed from here on. */
export const FIT_SCORE = 9;

/** What a person enters: one number, or the points of the parts. */
export type ScoreDraft =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'parts'; readonly parts: Readonly<Record<string, number>> };

/** The score of a draft; a text when it is not one of this scale. */
export const scoreOf = (
  id: ScaleId,
  draft: ScoreDraft,
): { readonly ok: true; readonly value: number } | { readonly ok: false; readonly message: string } => {
  const scale = SCALES[id];
  const wrong = (message: string) => ({ ok: false, message }) as const;
  if (draft.kind === 'value') {
    if (scale.parts.length > 0) return wrong(`${scale.short} is the sum of its parts: enter all of them.`);
    const { value } = draft;
    const isOn = Number.isInteger(value) && value >= scale.lowest && value <= scale.highest;
    return isOn
      ? { ok: true, value }
      : wrong(`${scale.short} is a whole number from ${scale.lowest} to ${scale.highest}.`);
  }
  if (scale.parts.length === 0) return wrong(`${scale.short} is one number.`);
  const unknown = Object.keys(draft.parts).filter((key) => !scale.parts.some((one) => one.id === key));
  if (unknown.length > 0) return wrong(`${scale.short} has no part "${unknown.join(', ')}".`);
  const missing = scale.parts.filter(({ id: key }) => ![0, 1, 2].includes(draft.parts[key] ?? -1));
  if (missing.length > 0) {
    return wrong(`${scale.short} wants 0, 1 or 2 for: ${missing.map(({ label }) => label).join(', ')}.`);
  }
  return { ok: true, value: scale.parts.reduce((sum, { id: key }) => sum + (draft.parts[key] ?? 0), 0) };
};
