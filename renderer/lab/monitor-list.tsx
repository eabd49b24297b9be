/** The monitors of the lab, one to be chosen. */
import { useStore } from 'zustand';
import type { LabMonitorView } from '../../core/lab/views.ts';
import type { LabLink } from './lab-link.ts';

export const MonitorList = ({ link }: { readonly link: LabLink }) => {
  const { view, selected } = useStore(link.store);
  return (
    <ul className="lab-monitors">
      {view.monitors.map((monitor) => (
        <li key={monitor.id}>
          <button
            type="button"
            className="lab-monitor"
            aria-pressed={monitor.id === selected}
            data-testid={`monitor-${monitor.id}`}
            onClick={() => link.select(monitor.id)}
          >
            <strong>
              {monitor.id} · {monitor.device}
            </strong>
            <span className="lab-mono">{monitor.address}</span>
            <span className="lab-dim">{standing(monitor)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
};

const standing = ({ failure, hosts, line, sensors }: LabMonitorView): string => {
  if (failure !== null) return `ended: ${failure}`;
  const host = hosts === null ? '' : hosts === 0 ? 'no host' : `${hosts} host${hosts === 1 ? '' : 's'}`;
  return [host, ...line, ...sensors].filter((word) => word !== '').join(' · ');
};
