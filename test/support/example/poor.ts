/** A visit of which little is known: initials, one monitor of an old record, no dose, no respiration, broken off. */
import { chairId, monitorId, sessionId } from '../../../core/ids.ts';
import type { SessionEventBody } from '../../../core/session/events.ts';
import { along, type Bedside, type Deed, wobble } from './bedside.ts';

const MONITOR = monitorId('chair-1-monitor');
const entry = (minute: number, body: SessionEventBody): Deed => ({ minute, by: 'RK', body });

export const POOR: Bedside = {
  sessionId: sessionId('5e551011-0000-4000-8000-000000000009'),
  minutes: 18,
  deeds: [
    entry(0, {
      type: 'session-opened',
      chairId: chairId('chair-1'),
      patientInitials: 'ZL',
      indication: 'Migraine',
      plannedInfusionMs: 60 * 60_000,
      plannedRecoveryMs: 30 * 60_000,
      origin: 'simulated',
    }),
    entry(2, { type: 'phase-changed', from: 'intake', to: 'baseline', reason: null }),
    entry(5, {
      type: 'phase-changed',
      from: 'baseline',
      to: 'infusing',
      reason: 'No respiration monitor today',
      withoutVitals: ['respiration'],
    }),
    entry(18, { type: 'phase-changed', from: 'infusing', to: 'aborted', reason: 'Patient asked' }),
  ],
  monitors: [MONITOR],
  without: ['respiration'],
  values: (_monitor, second) => {
    const reading = second === 7 * 60 ? 138 : second === 13 * 60 ? 144 : null;
    return {
      MDC_PULS_OXIM_SAT_O2: 96 + Math.round(wobble(second >> 4, 5)),
      MDC_PULS_OXIM_PULS_RATE: Math.round(
        along(
          [
            [0, 78],
            [18, 90],
          ],
          second / 60,
        ) + wobble(second, 6),
      ),
      ...(reading === null
        ? {}
        : { MDC_PRESS_BLD_NONINV_SYS: reading, MDC_PRESS_BLD_NONINV_DIA: reading - 54 }),
    };
  },
};
