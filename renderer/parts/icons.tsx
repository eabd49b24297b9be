/** The few drawn signs. Alarm signs differ in shape as well as in colour. */
import type { ReactNode } from 'react';
import type { AlarmPriority } from '../../core/alarm/types.ts';

const Icon = ({ children, label }: { readonly children: ReactNode; readonly label: string }) => (
  <svg className="icon" viewBox="0 0 24 24" role="img" aria-label={label}>
    {children}
  </svg>
);

const BELL = 'M12 3a6 6 0 0 0-6 6v4l-2 4h16l-2-4V9a6 6 0 0 0-6-6zM10 19a2 2 0 0 0 4 0';

/** Triangle (high), diamond (medium), circle (low), each with an exclamation mark. */
export const PriorityIcon = ({ priority }: { readonly priority: AlarmPriority }) => (
  <Icon label={`${priority} priority`}>
    {priority === 'high' ? <path className="stroke" d="M12 2.5 22.5 21h-21z" /> : null}
    {priority === 'medium' ? <path className="stroke" d="M12 1.5 22.5 12 12 22.5 1.5 12z" /> : null}
    {priority === 'low' ? <circle className="stroke" cx="12" cy="12" r="10" /> : null}
    <path className="stroke" d="M12 8v6M12 17v1" />
  </Icon>
);

/** AUDIO PAUSED: bell with a dashed cross. */
export const AudioPausedIcon = () => (
  <Icon label="audio paused">
    <path className="stroke" d={BELL} />
    <path className="stroke dashed" d="M3 3l18 18M21 3 3 21" />
  </Icon>
);

/** This window cannot be heard: a crossed loudspeaker. Not a bell: that speaks of what somebody chose. */
export const NoSoundIcon = () => (
  <Icon label="no sound">
    <path className="stroke" d="M3 9v6h4l5 4V5L7 9zM16 9l6 6M22 9l-6 6" />
  </Icon>
);

/** Audio on: bell. */
export const AudioOnIcon = () => (
  <Icon label="audio on">
    <path className="stroke" d={BELL} />
  </Icon>
);

export const TickIcon = () => (
  <Icon label="acknowledged">
    <path className="stroke" d="M4 13l5 5L20 6" />
  </Icon>
);
