/** A strip that says which chairs out of sight have alarms, and leads there. */
import type { ChairView } from '../../core/api/views.ts';
import type { ChairId } from '../../core/ids.ts';
import { useStation } from '../app-context.tsx';
import { alarmsElsewhere, ELSEWHERE_SHOWN } from '../view-model/alarms-elsewhere.ts';
import { chairHash, type Route } from '../view-model/route.ts';
import { PriorityIcon } from './icons.tsx';

const TEXT = { label: 'Alarms of chairs that are not on this screen', more: 'more' };
const NO_CHAIRS: readonly never[] = [];

export const AlarmsElsewhere = ({
  chairs,
  isInView,
}: {
  readonly chairs: readonly ChairView[];
  readonly isInView: (id: ChairId) => boolean;
}) => {
  const lines = alarmsElsewhere(chairs, isInView);
  const hidden = lines.length - ELSEWHERE_SHOWN;
  return lines.length === 0 ? null : (
    <nav className="elsewhere" aria-label={TEXT.label} data-testid="alarms-elsewhere">
      {lines.slice(0, ELSEWHERE_SHOWN).map(({ chairId, chair, alarm, words, more }) => (
        <a
          key={chairId}
          href={chairHash(chairId)}
          data-priority={alarm.priority}
          data-flash={alarm.flash ? 'on' : 'off'}
          data-testid={`elsewhere-${chairId}`}
        >
          <PriorityIcon priority={alarm.priority} />
          <strong className="elsewhere-chair">
            {alarm.mark} {chair}
          </strong>
          <span className="elsewhere-words">
            {alarm.stateText === null ? words : `${alarm.stateText}: ${words}`}
          </span>
          {more > 0 ? <span className="alarm-more">+{more}</span> : null}
        </a>
      ))}
      {hidden > 0 ? (
        <a href="#/" data-testid="elsewhere-more">
          +{hidden} {TEXT.more}
        </a>
      ) : null}
    </nav>
  );
};

/** On every screen but the room, which shows the chairs themselves. */
export const ElsewhereBanner = ({ route }: { readonly route: Route }) => {
  const chairs = useStation()?.chairs ?? NO_CHAIRS;
  if (route.screen === 'room') return null;
  const own = route.screen === 'chair' ? route.chairId : null;
  return <AlarmsElsewhere chairs={chairs} isInView={(id) => id === own} />;
};
