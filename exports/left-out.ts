/** Which stored values a person left out of the figures; every export has them, marked. */
import { METRICS } from '../core/nomenclature/metrics.ts';
import type { Observation } from '../core/observation/observation.ts';
import type { StoredFrame } from '../core/observation/stored-frame.ts';
import { isValueExcluded } from '../core/review/exclusions.ts';
import type { SessionDocument } from '../core/review/session-document.ts';

/** True when an observation of a frame is part of what was left out as an artefact. */
export const isLeftOut = (
  { exclusions }: Pick<SessionDocument, 'exclusions'>,
  { monitorId }: Pick<StoredFrame, 'monitorId'>,
  { metric, receivedAt }: Pick<Observation, 'metric' | 'receivedAt'>,
): boolean =>
  METRICS[metric].kind === 'continuous'
    ? isValueExcluded(exclusions, metric, receivedAt.wall)
    : exclusions.some(
        ({ target }) =>
          target.kind === 'reading' &&
          target.monitorId === monitorId &&
          target.receivedAt === receivedAt.wall,
      );
