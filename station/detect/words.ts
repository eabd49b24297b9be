/** What finding out found, in words for the person beside the monitor. */
import type { DetectCandidate, DetectHeard, DetectOutcome } from '../../core/api/detect-views.ts';
import { METRICS } from '../../core/nomenclature/metrics.ts';

/** One or two sentences about the outcome. */
export const detectWords = (
  outcome: DetectOutcome,
  found: DetectCandidate | null,
  others: readonly DetectCandidate[],
  heard: readonly DetectHeard[],
): string => {
  switch (outcome) {
    case 'found':
      return found === null ? '' : foundWords(found);
    case 'not-understood':
      return notUnderstood(others, heard);
    case 'silent':
      return 'The line is open but nothing came, neither unasked nor when asked. Check the cable, that the monitor is switched on, and that its menu sends data on this port.';
    case 'no-line':
      return heard.find(({ problem }) => problem !== null)?.problem ?? 'The line could not be opened.';
    case 'cancelled':
      return 'Stopped before anything was found.';
    default:
      return outcome satisfies never;
  }
};

const foundWords = (found: DetectCandidate): string => {
  const { title, settings, frames, acceptedBytes, rejectedBytes, values, after } = found;
  const how = after === 'asking' ? 'answered its questions' : 'sends by itself';
  const at = settings === null ? '' : ` at ${settings}`;
  const numbers = values
    .filter(({ value }) => value !== null)
    .map(({ metric, value }) => `${METRICS[metric].label} ${value}`);
  const seen = numbers.length === 0 ? 'no number yet (is a sensor on?)' : numbers.join(', ');
  return `${title}${at}: ${how}; ${count(frames, 'complete frame')} (${count(acceptedBytes, 'byte')}), ${count(rejectedBytes, 'byte')} refused; ${seen}.`;
};

const notUnderstood = (others: readonly DetectCandidate[], heard: readonly DetectHeard[]): string => {
  const came = heard
    .filter(({ bytes }) => bytes > 0)
    .map(({ settings, bytes }) => `${count(bytes, 'byte')}${settings === null ? '' : ` at ${settings}`}`);
  const [best] = others;
  const nearest =
    best === undefined
      ? ''
      : ` Nearest: ${best.title}, ${count(best.frames, 'frame')}, ${count(best.rejectedBytes, 'byte')} refused.`;
  return `Bytes came, but no monitor family understood them: ${came.join('; ')}.${nearest} The monitor may use other line settings, or a protocol that Chairside does not know.`;
};

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
