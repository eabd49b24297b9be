/** The monitors and their lines, for whoever connects them: state, counters, raw bytes; add, test, remove. */
import { type FormEvent, useState } from 'react';
import type { ChairView, MonitorView } from '../../../core/api/views.ts';
import type { MonitorId } from '../../../core/ids.ts';
import { useStation } from '../../app-context.tsx';
import { Dialog, DialogButtons, FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { metricSources, sourceRank } from '../../view-model/source-order.ts';
import { MonitorCard } from './monitor-card.tsx';
import { MonitorDialog } from './monitor-dialog.tsx';
import { SureDialog } from './sure-dialog.tsx';
import { TEXT } from './text.ts';

export const MonitorsScreen = () => {
  const station = useStation();
  const [asked, setAsked] = useState<'monitor' | 'chair' | ChairView | null>(null);
  const [changing, setChanging] = useState<MonitorId | null>(null);
  const close = () => {
    setAsked(null);
    setChanging(null);
  };
  if (station === null) return <p className="empty">{TEXT.waiting}</p>;
  const sourcesOf = (monitor: MonitorView) => {
    const chair = byChair.get(monitor.chairId);
    return chair === undefined ? [] : metricSources(monitor, chair, station.monitors);
  };
  const changed = station.monitors.find(({ id }) => id === changing);
  const byChair = new Map(station.chairs.map((chair) => [chair.id, chair]));
  return (
    <div className="page">
      <div className="page-head">
        <h1>{TEXT.title}</h1>
        <button
          type="button"
          className="button button-main"
          onClick={() => setAsked('monitor')}
          disabled={station.chairs.length === 0}
          data-testid="add-monitor"
        >
          {TEXT.add}
        </button>
        <button type="button" className="button" onClick={() => setAsked('chair')} data-testid="add-chair">
          {TEXT.addChair}
        </button>
      </div>
      {station.monitors.length === 0 ? <p className="empty">{TEXT.none}</p> : null}
      {station.monitors.map((monitor) => (
        <MonitorCard
          key={monitor.id}
          monitor={monitor}
          source={sourceRank(monitor, station.monitors)}
          metrics={sourcesOf(monitor)}
          onChange={() => setChanging(monitor.id)}
          chairName={byChair.get(monitor.chairId)?.name ?? monitor.chairId}
        />
      ))}
      <ul className="chair-list">
        {station.chairs.map((chair) => (
          <li key={chair.id}>
            {chair.name}{' '}
            <button type="button" className="link-button" onClick={() => setAsked(chair)}>
              {TEXT.removeChair}
            </button>
          </li>
        ))}
      </ul>
      {asked === 'monitor' ? <MonitorDialog chairs={station.chairs} editing={null} onClose={close} /> : null}
      {changed === undefined ? null : (
        <MonitorDialog chairs={station.chairs} editing={changed} onClose={close} />
      )}
      {asked === 'chair' ? <AddChairDialog onClose={close} /> : null}
      {asked === null || typeof asked === 'string' ? null : (
        <SureDialog
          title={`${TEXT.removeChairTitle} ${asked.name}`}
          help={TEXT.removeChairHelp}
          confirm={TEXT.remove}
          onClose={close}
          onSure={(call, by) => call('chair.remove', { chairId: asked.id, by })}
        />
      )}
    </div>
  );
};

const AddChairDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const [name, setName] = useState('');
  const { perform, failure, isBusy } = usePerform();
  const add = async () => {
    if ((await perform((call, by) => call('chair.add', { name: name.trim(), by }))) !== null) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(add());
  };
  return (
    <Dialog title={TEXT.addChair} onClose={onClose} testId="add-chair-dialog">
      <form onSubmit={submit}>
        <label className="field">
          {TEXT.chairName}
          <input
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={40}
            data-testid="chair-name"
          />
        </label>
        <FailureLine message={failure?.message ?? null} />
        <DialogButtons confirm={TEXT.addChair} onCancel={onClose} isDisabled={isBusy || name.trim() === ''} />
      </form>
    </Dialog>
  );
};
