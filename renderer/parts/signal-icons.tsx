/**
 * The signs of what people switched off or paused (IEC 60417-5576 audio, 5319 alarm, redrawn): a bell alone is
 * about the sound, a triangle about the alarm itself; a dashed stroke ends by itself, a solid one does not.
 */
import type { ReactNode } from 'react';
import type { SignalState } from '../view-model/signals.ts';
import { AudioPausedIcon } from './icons.tsx';

const BELL = 'M12 3a6 6 0 0 0-6 6v4l-2 4h16l-2-4V9a6 6 0 0 0-6-6zM10 19a2 2 0 0 0 4 0';
const TRIANGLE = 'M12 1.5 23.2 21.5H.8z';
const SMALL_BELL =
  'M12 8.5a3 3 0 0 0-3 3v3L7.8 17h8.4L15 14.5v-3a3 3 0 0 0-3-3zM10.6 18h2.8a1.4 1.4 0 0 1-2.8 0z';
const CROSS = 'M3 3l18 18M21 3 3 21';
/** Over the small bell one stroke: two would hide it. */
const SLASH = 'M2.5 4 21.5 23';

const Sign = ({
  label,
  cross,
  isDashed,
  children,
}: {
  readonly label: string;
  readonly cross: string;
  readonly isDashed: boolean;
  readonly children: ReactNode;
}) => (
  <svg className="icon signal-icon" viewBox="0 0 24 24" role="img" aria-label={label}>
    {children}
    {/* A dark edge keeps the cross apart from what it crosses. */}
    <path className="edge" d={cross} />
    <path className={isDashed ? 'stroke dashed' : 'stroke'} d={cross} />
  </svg>
);

const InTriangle = () => (
  <>
    <path className="stroke thin" d={TRIANGLE} />
    <path className="solid" d={SMALL_BELL} />
  </>
);

/** AUDIO OFF: bell with a solid cross. */
export const AudioOffIcon = () => (
  <Sign label="audio off" cross={CROSS} isDashed={false}>
    <path className="stroke thin" d={BELL} />
  </Sign>
);

/** ALARM PAUSED: bell in a triangle with a dashed stroke. */
export const AlarmPausedIcon = () => (
  <Sign label="alarm paused" cross={SLASH} isDashed>
    <InTriangle />
  </Sign>
);

/** ALARM OFF: bell in a triangle with a solid stroke. */
export const AlarmOffIcon = () => (
  <Sign label="alarm off" cross={SLASH} isDashed={false}>
    <InTriangle />
  </Sign>
);

export const SignalIcon = ({ state }: { readonly state: SignalState }) => {
  switch (state) {
    case 'audio-off':
      return <AudioOffIcon />;
    case 'audio-paused':
      return <AudioPausedIcon />;
    case 'alarm-off':
      return <AlarmOffIcon />;
    case 'alarm-paused':
      return <AlarmPausedIcon />;
    default:
      return state satisfies never;
  }
};
