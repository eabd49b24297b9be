/** How far finding out has come, in words and as a share. */
import type { DetectProgress, DetectTried } from '../../core/api/detect-views.ts';

/** "Step 3 of 7 at 9600 8N1: listening. 512 bytes so far." */
export const progressText = ({ phase, settings, step, steps, bytes }: DetectProgress): string => {
  const at = settings === null ? '' : ` at ${settings}`;
  return `Step ${step} of ${steps}${at}: ${phase}. ${bytes} bytes so far.`;
};

/** "9600 8N1: listened 2 s, 0 bytes", "9600 8N1: asked as ge-dinamap 3 s, 12 bytes". */
export const triedText = ({ phase, settings, families, forMs, bytes }: DetectTried): string => {
  const how = phase === 'asking' ? `asked as ${families[0] ?? ''}` : 'listened';
  return `${settings ?? 'network line'}: ${how} ${(forMs / 1000).toFixed(1)} s, ${bytes} bytes`;
};
