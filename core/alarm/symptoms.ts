/**
 * Which entered side effects make an emergency together with a high blood pressure (BP-10): headache, chest
 * pain, visual change, shortness of breath and neurological signs. Nausea or drowsiness do not. Entries are free
 * text until they are chosen from a list, so words are looked for; a physician must approve the list.
 */
const ALARMING_SYMPTOMS: readonly RegExp[] = [
  /head\s?ache/i,
  /chest\s?(pain|pressure|tight)/i,
  /vis(ion|ual)|blurr|blind/i,
  /short(ness)? of breath|breathless|dyspn/i,
  /numb|paraly|one-sided|droop|slurr|speech|seizure|faint|syncope|unresponsive/i,
];

/** True when a side effect, as it was entered, counts as a symptom of BP-10. */
export const isAlarmingSymptom = (text: string): boolean =>
  ALARMING_SYMPTOMS.some((symptom) => symptom.test(text));
