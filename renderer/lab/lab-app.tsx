/** The lab's page: the monitors, the one that is driven, and its bytes. */
import { useStore } from 'zustand';
import { AddForm } from './add-form.tsx';
import { BytesPane } from './bytes-pane.tsx';
import { DrivePanel } from './drive-panel.tsx';
import type { LabLink } from './lab-link.ts';
import { MonitorList } from './monitor-list.tsx';

export const LabApp = ({ link }: { readonly link: LabLink }) => {
  const { isConnected, problem, view, selected, catalogue } = useStore(link.store);
  const monitor = view.monitors.find(({ id }) => id === selected) ?? null;
  return (
    <div className="lab">
      <header className="lab-header">
        <h1>Simulator lab</h1>
        <span className="origin-word">SIMULATED</span>
        <span className="lab-dim">
          For engineers. Nothing here is a patient, and no nurse’s window leads here.
        </span>
        <span className={isConnected ? 'lab-link' : 'lab-link warning'} data-testid="lab-link">
          {isConnected ? 'connected' : 'NO LINE TO THE LAB: what is shown is old'}
        </span>
      </header>
      {problem !== null && (
        <p className="failure lab-problem" role="alert" data-testid="lab-problem">
          {problem}
        </p>
      )}
      <aside className="lab-side">
        <MonitorList link={link} />
        {catalogue !== null && <AddForm link={link} catalogue={catalogue} />}
      </aside>
      {monitor === null ? (
        <main className="empty">No monitor yet. Add one on the left.</main>
      ) : (
        <>
          <main className="lab-drive">
            <DrivePanel key={monitor.id} link={link} monitor={monitor} />
          </main>
          <BytesPane link={link} monitor={monitor} />
        </>
      )}
    </div>
  );
};
