/** Everything that can be done to one running monitor, and how it stands. */
import { useStore } from 'zustand';
import { PARAMETER_IDS } from '../../core/lab/parameters.ts';
import type { LabMonitorView } from '../../core/lab/views.ts';
import type { LabLink } from './lab-link.ts';
import { LineControls } from './line-controls.tsx';
import { SaveBox } from './save-box.tsx';
import { SensorControls } from './sensor-controls.tsx';
import { VitalRow } from './vital-row.tsx';

/** What every part of the panel gets. */
export interface DriveProps {
  readonly link: LabLink;
  readonly monitor: LabMonitorView;
}

export const DrivePanel = ({ link, monitor }: DriveProps) => {
  const scenarios = useStore(link.store, (state) => state.catalogue?.scenarios ?? []);
  const { id } = monitor;
  return (
    <>
      <div className="lab-title">
        <h2>
          {id} · {monitor.title}
        </h2>
        <button
          type="button"
          className="lab-button"
          data-testid="remove"
          onClick={() => void link.perform({ monitor: id, do: 'remove' })}
        >
          Take away
        </button>
      </div>
      <p className="lab-dim">
        {monitor.outlet} <span className="lab-mono">{monitor.address}</span> · scenario {monitor.scenario} ·
        seed {monitor.seed} · speed {monitor.speed} · {monitor.patient} · {monitor.atS.toFixed(1)} s
      </p>
      <p data-testid="standing">
        Sensors: {monitor.sensors.join(', ') || 'all on'} · Line: {monitor.line.join(', ') || 'clean'} · Cuff:{' '}
        <span data-testid="cuff">{monitor.cuff}</span>
      </p>
      {monitor.failure !== null && <p className="failure">{monitor.failure}</p>}
      <table className="lab-vitals">
        <thead>
          <tr>
            <th>Patient, before any sensor</th>
            <th>Now</th>
            <th>To, or by (+40)</th>
            <th>Over</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {PARAMETER_IDS.map((parameter) => (
            <VitalRow key={parameter} link={link} monitor={monitor} parameter={parameter} />
          ))}
        </tbody>
      </table>
      <SensorControls link={link} monitor={monitor} />
      <LineControls link={link} monitor={monitor} />
      <SaveBox link={link} monitor={monitor} scenarios={scenarios} />
    </>
  );
};
