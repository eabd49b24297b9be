/** Adds a monitor: family, where it speaks, what happens to it. */
import { type FormEvent, useState } from 'react';
import { useStore } from 'zustand';
import type { LabCommandInput } from '../../core/lab/commands.ts';
import type { LabCatalogue } from '../../core/lab/views.ts';
import type { LabLink } from './lab-link.ts';

type Via = 'tcp' | 'tcp-connect' | 'pty' | 'serial';
const VIA: Readonly<Record<Via, { readonly label: string; readonly hint: string }>> = {
  tcp: { label: 'listen on TCP', hint: '0 (a free port)' },
  'tcp-connect': { label: 'connect by TCP', hint: '127.0.0.1:2575' },
  pty: { label: 'pseudo-terminal', hint: '/tmp/monitor' },
  serial: { label: 'serial port', hint: '/dev/ttyUSB0' },
};

interface Props {
  readonly link: LabLink;
  readonly catalogue: LabCatalogue;
}

export const AddForm = ({ link, catalogue }: Props) => {
  const monitors = useStore(link.store, (state) => state.view.monitors);
  const [device, setDevice] = useState(catalogue.devices[0]?.id ?? '');
  const [via, setVia] = useState<Via>('tcp');
  const [where, setWhere] = useState('');
  const [scenario, setScenario] = useState('steady');
  const [seed, setSeed] = useState('1');
  const [speed, setSpeed] = useState('1');
  const [shared, setShared] = useState('');

  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const answer = await link.perform({
      do: 'add',
      device,
      outlet: outletOf(via, where),
      ...(shared === '' ? { scenario, seed: Number(seed), speed: Number(speed) } : { with: shared }),
    });
    if (answer !== null) link.select(String(answer.monitor));
  };
  const choose = (id: string): void => {
    setDevice(id);
    const callsIn = catalogue.devices.find((entry) => entry.id === id)?.callsIn === true;
    setVia(callsIn ? 'tcp-connect' : 'tcp');
  };

  return (
    <form className="lab-add" onSubmit={(event) => void add(event)}>
      <h2>Add a monitor</h2>
      <label>
        Family
        <select value={device} data-testid="add-device" onChange={(event) => choose(event.target.value)}>
          {catalogue.devices.map(({ id, title }) => (
            <option key={id} value={id}>
              {id} – {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        Line
        <select value={via} onChange={(event) => setVia(event.target.value as Via)}>
          {Object.entries(VIA).map(([kind, { label }]) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label>
        Where
        <input
          value={where}
          placeholder={VIA[via].hint}
          data-testid="add-where"
          onChange={(event) => setWhere(event.target.value)}
        />
      </label>
      <label>
        Patient
        <select value={shared} onChange={(event) => setShared(event.target.value)}>
          <option value="">of its own</option>
          {monitors.map(({ id }) => (
            <option key={id} value={id}>
              the one of {id}
            </option>
          ))}
        </select>
      </label>
      {shared === '' && (
        <>
          <label>
            Scenario
            <input
              list="scenarios"
              value={scenario}
              title="a name, or the path of a scenario file"
              onChange={(event) => setScenario(event.target.value)}
            />
            <datalist id="scenarios">
              {catalogue.scenarios.map(({ name, title }) => (
                <option key={name} value={name}>
                  {title}
                </option>
              ))}
            </datalist>
          </label>
          <div className="lab-pair">
            <label>
              Seed
              <input value={seed} inputMode="numeric" onChange={(event) => setSeed(event.target.value)} />
            </label>
            <label>
              Speed
              <input value={speed} inputMode="decimal" onChange={(event) => setSpeed(event.target.value)} />
            </label>
          </div>
        </>
      )}
      <button type="submit" className="lab-button lab-main" data-testid="add">
        Add
      </button>
    </form>
  );
};

type OutletInput = NonNullable<Extract<LabCommandInput, { do: 'add' }>['outlet']>;

/** What the lab refuses (a port that is no number) it says itself. */
const outletOf = (via: Via, where: string): OutletInput => {
  if (via === 'pty' || via === 'serial') return { kind: via, path: where.trim() };
  const parts = /^(?:(.*):)?(\d+)$/.exec(where.trim() === '' ? '0' : where.trim());
  const port = parts === null ? Number.NaN : Number(parts[2]);
  const host = parts?.[1];
  return { kind: via, port, ...(host === undefined || host === '' ? {} : { host }) };
};
