/** All alarms of a chair, the most urgent first, each with its own acknowledge; and what is done to their signals. */
import type { ChairView } from '../../../core/api/views.ts';
import { useNow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { PriorityIcon, TickIcon } from '../../parts/icons.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { type AlarmLine, alarmLine } from '../../view-model/alarm.ts';
import { ownFirst } from '../../view-model/room-alarms.ts';
import { AlarmControls } from './alarm-controls.tsx';
import { ConfirmMonitor } from './confirm-monitor.tsx';
import { TEXT } from './text.ts';

export const AlarmPanel = ({ chair }: { readonly chair: ChairView }) => {
  const now = useNow();
  const { failure, perform } = usePerform();
  const acknowledge = ({ key, priority }: AlarmLine) =>
    start(
      perform((call, by) =>
        call('alarm.acknowledge', { chairId: chair.id, key, seenPriority: priority, by }),
      ),
    );
  const isLive = now !== null;
  const lines = ownFirst(chair.alarms.alarms).map((alarm) => alarmLine(alarm, now));
  return (
    <section className="alarm-panel" aria-label={TEXT.alarms}>
      <ul className="alarm-list" role="alert" aria-live="assertive" aria-atomic="false">
        {lines.length === 0 ? (
          <li className="no-alarms">{isLive ? TEXT.noAlarms : TEXT.alarmsUnknown}</li>
        ) : null}
        {lines.map((line) => (
          <AlarmRow key={line.key} line={line} isLive={isLive} onAcknowledge={() => acknowledge(line)} />
        ))}
      </ul>
      <FailureLine message={failure?.message ?? null} />
      <AlarmControls chair={chair} />
    </section>
  );
};

const AlarmRow = ({
  line,
  isLive,
  onAcknowledge,
}: {
  readonly line: AlarmLine;
  readonly isLive: boolean;
  readonly onAcknowledge: () => void;
}) => (
  <li
    className="alarm-row"
    data-testid={`alarm-${line.key}`}
    data-priority={line.priority}
    data-category={line.category}
    data-flash={line.flash ? 'on' : 'off'}
    data-state={line.stateText === null ? 'active' : 'noted'}
  >
    <PriorityIcon priority={line.priority} />
    <span className="alarm-words">
      {/* What it is and since when come first: where there is little room, the advice is what scrolls. */}
      <span>
        <strong>
          {line.mark} {line.title}
        </strong>{' '}
        <span className="alarm-second">
          {line.stateText === null ? null : <strong>{line.stateText} </strong>}
          {/* Ages change every second: not to be read aloud again and again. */}
          <span aria-hidden="true">{isLive ? line.age : TEXT.lastKnown}</span>
        </span>
      </span>
      {line.message === line.title ? null : <span className="alarm-message">{line.message}</span>}
    </span>
    <span className="alarm-buttons">
      {line.doubtedMonitor === null ? null : (
        <ConfirmMonitor monitorId={line.doubtedMonitor} doubt={line.message} isLive={isLive} />
      )}
      {line.isAcknowledged ? (
        <span className="alarm-tick">
          <TickIcon />
        </span>
      ) : (
        <button
          type="button"
          className="button alarm-ack"
          onClick={onAcknowledge}
          disabled={!isLive}
          data-testid="ack"
        >
          {TEXT.acknowledge}
        </button>
      )}
    </span>
  </li>
);
