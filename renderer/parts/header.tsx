/** The bar at the top: where one is, the station's time, who is here, and whether sound works. */
import type { Action } from '../../core/people/permissions.ts';
import { useNow, useWindow } from '../app-context.tsx';
import { mayHere } from '../store/identity.ts';
import type { Route } from '../view-model/route.ts';
import { clockSecondsText } from '../view-model/time-text.ts';
import { IdentityBar } from './identity-bar.tsx';
import { SendingBadge } from './sending-badge.tsx';
import { SoundSign } from './sound-sign.tsx';

const TEXT = {
  brand: 'Chairside',
  noTime: '--:--:--',
  stationTime: 'Station time',
};

interface PlaceLink {
  readonly hash: string;
  readonly screens: readonly Route['screen'][];
  readonly label: string;
  /** Shown only to those who may; null: to everybody. */
  readonly needs: Action | null;
}

const PLACES: readonly PlaceLink[] = [
  { hash: '#/', screens: ['room', 'chair', 'sheet'], label: 'Room', needs: null },
  { hash: '#/patients', screens: ['patients', 'course'], label: 'Patients', needs: 'read-patients' },
  { hash: '#/sessions', screens: ['sessions', 'clinic'], label: 'Sessions', needs: null },
  { hash: '#/monitors', screens: ['monitors'], label: 'Monitors', needs: null },
  { hash: '#/people', screens: ['people'], label: 'People', needs: 'people' },
  { hash: '#/about', screens: ['about'], label: 'Help', needs: null },
];

export const Header = ({ route }: { readonly route: Route }) => {
  const now = useNow();
  const identity = useWindow((state) => state.identity);
  const places = PLACES.filter(({ needs }) => needs === null || mayHere(identity, needs));
  return (
    <header className="bar">
      <span className="brand">{TEXT.brand}</span>
      <nav aria-label="Screens">
        {places.map(({ hash, screens, label }) => (
          <a
            key={hash}
            href={hash}
            aria-current={screens.some((screen) => screen === route.screen) ? 'page' : undefined}
          >
            {label}
            {hash === '#/sessions' ? <SendingBadge /> : null}
          </a>
        ))}
      </nav>
      <SoundSign />
      <IdentityBar />
      <time className="station-clock" title={TEXT.stationTime} data-testid="station-clock">
        {now === null ? TEXT.noTime : clockSecondsText(now.wall)}
      </time>
    </header>
  );
};
