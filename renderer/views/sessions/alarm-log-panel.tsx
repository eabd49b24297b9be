/** The alarm log of a session: figures, every alarm with its times and people, every pause and switching off. */
import { useEffect, useState } from 'react';
import type { AlarmLog } from '../../../core/alarm/log.ts';
import type { SessionId } from '../../../core/ids.ts';
import { useAction } from '../../app-actions.ts';
import { useApp, useWindow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start } from '../../parts/perform.ts';
import { SignalIcon } from '../../parts/signal-icons.tsx';
import { alarmLogLine, controlLogLine, figureLines } from '../../view-model/alarm-log.ts';
import { ageText } from '../../view-model/time-text.ts';
import { LOG_TEXT as TEXT } from './text.ts';

export const AlarmLogPanel = ({ sessionId }: { readonly sessionId: SessionId }) => {
  const { link } = useApp();
  const connection = useWindow((state) => (state.link === 'live' ? state.connection : 0));
  const [log, setLog] = useState<AlarmLog | null>(null);
  const { failure, run } = useAction();
  useEffect(() => {
    if (connection === 0) return;
    start(
      run(() => link.call('alarm.log', { sessionId })).then((read) => (read === null ? null : setLog(read))),
    );
  }, [connection, link, run, sessionId]);
  return (
    <>
      <FailureLine message={failure?.message ?? null} />
      {log === null ? <p className="empty">{TEXT.loading}</p> : <Log log={log} />}
    </>
  );
};

const Log = ({ log }: { readonly log: AlarmLog }) => (
  <>
    <Figures log={log} />
    <h2>{TEXT.alarms}</h2>
    {log.rows.length === 0 ? <p>{TEXT.none}</p> : <Alarms log={log} />}
    <h2>{TEXT.controls}</h2>
    {log.controls.length === 0 ? <p>{TEXT.noControls}</p> : <Controls log={log} />}
  </>
);

const Figures = ({ log }: { readonly log: AlarmLog }) => {
  const { hours, medianTimeToAcknowledgeMs } = log.figures;
  return (
    <section className="log-figures" data-testid="alarm-log-figures">
      <table className="table">
        <thead>
          <tr>
            <th>{TEXT.priority}</th>
            <th className="number">{TEXT.raisedCount}</th>
            <th className="number">{TEXT.perHour}</th>
            <th className="number">{TEXT.within60s}</th>
          </tr>
        </thead>
        <tbody>
          {figureLines(log.figures).map(({ priority, label, raised, perHour, within60s }) => (
            <tr key={priority} data-testid={`figures-${priority}`}>
              <td>{label}</td>
              <td className="number">{raised}</td>
              <td className="number">{perHour}</td>
              <td className="number">{within60s}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {TEXT.over} {ageText(hours * 3_600_000)}. {TEXT.median}{' '}
        {medianTimeToAcknowledgeMs === null ? '--' : ageText(medianTimeToAcknowledgeMs)}.
      </p>
    </section>
  );
};

const Alarms = ({ log }: { readonly log: AlarmLog }) => (
  <div className="table-wide">
    <table className="table" data-testid="alarm-log">
      <thead>
        <tr>
          <th>{TEXT.condition}</th>
          <th>{TEXT.onset}</th>
          <th>{TEXT.raised}</th>
          <th>{TEXT.acknowledged}</th>
          <th className="number">{TEXT.after}</th>
          <th className="number">{TEXT.limit}</th>
          <th className="number">{TEXT.peak}</th>
          <th>{TEXT.cleared}</th>
          <th>{TEXT.notes}</th>
        </tr>
      </thead>
      <tbody>
        {log.rows.map((row, index) => {
          const line = alarmLogLine(row, index);
          return (
            <tr key={line.id} data-log-priority={line.priority} data-testid="alarm-log-row">
              <td>
                <strong>{line.condition}</strong> <small>{line.message}</small>
              </td>
              <td>{line.onset}</td>
              <td>{line.raised}</td>
              <td>{line.acknowledged}</td>
              <td className="number">{line.timeToAcknowledge}</td>
              <td className="number">{line.limit}</td>
              <td className="number">{line.peak}</td>
              <td>{line.cleared}</td>
              <td>{line.notes}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  </div>
);

const Controls = ({ log }: { readonly log: AlarmLog }) => (
  <div className="table-wide">
    <table className="table" data-testid="control-log">
      <thead>
        <tr>
          <th>{TEXT.state}</th>
          <th>{TEXT.subject}</th>
          <th>{TEXT.from}</th>
          <th>{TEXT.by}</th>
          <th>{TEXT.ended}</th>
          <th>{TEXT.reason}</th>
        </tr>
      </thead>
      <tbody>
        {log.controls.map((row, index) => {
          const line = controlLogLine(row, index);
          return (
            <tr key={line.id} data-testid="control-log-row">
              <td>
                <span className="log-state">
                  <SignalIcon state={line.state} /> {line.word}
                </span>
              </td>
              <td>{line.subject}</td>
              <td>{line.from}</td>
              <td>{line.by}</td>
              <td>{line.ended}</td>
              <td>{line.reason}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  </div>
);
