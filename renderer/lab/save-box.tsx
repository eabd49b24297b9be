/** Scenarios: one to run now, and what was done so far as a file. */
import { useState } from 'react';
import type { LabCatalogue } from '../../core/lab/views.ts';
import type { DriveProps } from './drive-panel.tsx';

export const SaveBox = ({
  link,
  monitor,
  scenarios,
}: DriveProps & { readonly scenarios: LabCatalogue['scenarios'] }) => {
  const [scenario, setScenario] = useState('bp-spike');
  const [name, setName] = useState('driven-by-hand');
  const [saved, setSaved] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    const answer = await link.perform({ monitor: monitor.id, do: 'save', name });
    if (answer !== null) setSaved(JSON.stringify(answer.scenario, null, 2));
  };
  return (
    <section className="lab-controls" aria-label="Scenarios">
      <fieldset className="lab-choice">
        <legend>Run a scenario now</legend>
        <select aria-label="Scenario" value={scenario} onChange={(event) => setScenario(event.target.value)}>
          {scenarios.map((entry) => (
            <option key={entry.name} value={entry.name}>
              {entry.name}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="lab-button"
          onClick={() => void link.perform({ monitor: monitor.id, do: 'run', scenario })}
        >
          run
        </button>
      </fieldset>
      <fieldset className="lab-choice">
        <legend>Save what was done</legend>
        <input
          aria-label="Name of the scenario"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="button" className="lab-button" data-testid="save" onClick={() => void save()}>
          save
        </button>
      </fieldset>
      <ol className="lab-done" aria-label="What was done" data-testid="done">
        {monitor.done
          .toReversed()
          .slice(0, 8)
          .map(({ atS, text }) => (
            <li key={atS}>
              <span className="lab-dim">{atS.toFixed(1)} s</span> {text}
            </li>
          ))}
      </ol>
      {saved !== null && (
        <div className="lab-saved" data-testid="saved">
          <p>
            Save it as {name}.json and play it with{' '}
            <code>
              simulate --device {monitor.device} --scenario ./{name}.json --seed {monitor.seed}
            </code>
          </p>
          <textarea readOnly aria-label="Scenario file" rows={10} value={saved} />
          <div className="lab-buttons">
            <a
              className="lab-button"
              download={`${name}.json`}
              href={`data:application/json;charset=utf-8,${encodeURIComponent(saved)}`}
            >
              Download
            </a>
            <button type="button" className="lab-button" onClick={() => setSaved(null)}>
              Close
            </button>
          </div>
        </div>
      )}
    </section>
  );
};
