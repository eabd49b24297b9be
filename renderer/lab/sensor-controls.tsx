/** The sensors on the patient, the cuff, the drug, and what the monitor says of itself. */
import { useState } from 'react';
import type { LabCommandInput } from '../../core/lab/commands.ts';
import { Choice } from './choice.tsx';
import type { DriveProps } from './drive-panel.tsx';

const ON_OFF = [
  { state: 'off', text: 'no' },
  { state: 'on', text: 'yes' },
] as const;
const CAUSES = ['loose', 'leak', 'motion'] as const;

export const SensorControls = ({ link, monitor }: DriveProps) => {
  const [rate, setRate] = useState('0.75');
  const [text, setText] = useState('CHECK PATIENT');
  const is = (word: string): boolean => monitor.sensors.includes(word);
  const act = (command: LabCommandInput): void => void link.perform(command);
  const target = { monitor: monitor.id };
  return (
    <section className="lab-controls" aria-label="Sensors">
      <Choice
        label="Probe"
        testId="probe"
        states={[
          { state: 'on', text: 'on' },
          { state: 'off', text: 'off' },
          { state: 'disconnected', text: 'unplugged' },
        ]}
        now={is('probe off') ? 'off' : is('probe disconnected') ? 'disconnected' : 'on'}
        onChoose={(state) => act({ ...target, do: 'probe', state })}
      />
      <Choice
        label="ECG leads"
        testId="leads"
        states={[
          { state: 'on', text: 'on' },
          { state: 'off', text: 'off' },
        ]}
        now={is('leads off') ? 'off' : 'on'}
        onChoose={(state) => act({ ...target, do: 'leads', state })}
      />
      <Choice
        label="Motion"
        testId="motion"
        states={ON_OFF}
        now={is('motion') ? 'on' : 'off'}
        onChoose={(state) => act({ ...target, do: 'motion', state })}
      />
      <Choice
        label="Apnoea"
        testId="apnoea"
        states={ON_OFF}
        now={is('apnoea') ? 'on' : 'off'}
        onChoose={(state) => act({ ...target, do: 'apnoea', state })}
      />
      <fieldset className="lab-choice">
        <legend>Cuff</legend>
        <button
          type="button"
          className="lab-button"
          data-testid="cuff-now"
          onClick={() => act({ ...target, do: 'cuff', what: 'start' })}
        >
          measure
        </button>
        <button
          type="button"
          className="lab-button"
          onClick={() => act({ ...target, do: 'cuff', what: 'stop' })}
        >
          stop
        </button>
        <select
          aria-label="How measurements fail"
          defaultValue="no"
          onChange={(event) => {
            const cause = CAUSES.find((known) => known === event.target.value) ?? 'no';
            act({ ...target, do: 'cuff-fails', cause });
          }}
        >
          <option value="no">succeeds</option>
          {CAUSES.map((cause) => (
            <option key={cause} value={cause}>
              fails: {cause}
            </option>
          ))}
        </select>
      </fieldset>
      <fieldset className="lab-choice">
        <legend>Ketamine (mg/kg/h)</legend>
        <input
          className="lab-short"
          aria-label="Infusion rate"
          value={rate}
          onChange={(event) => setRate(event.target.value)}
        />
        <button
          type="button"
          className="lab-button"
          onClick={() => act({ ...target, do: 'infusion', mgPerKgPerH: Number(rate) })}
        >
          give
        </button>
        <button
          type="button"
          className="lab-button"
          onClick={() => act({ ...target, do: 'infusion', mgPerKgPerH: 0 })}
        >
          stop
        </button>
      </fieldset>
      {monitor.canSay.includes('battery-low') && (
        <Choice
          label="Battery"
          testId="battery"
          states={[
            { state: 'ok', text: 'ok' },
            { state: 'low', text: 'low' },
          ]}
          now={is('battery low') ? 'low' : 'ok'}
          onChoose={(state) => act({ ...target, do: 'battery', state })}
        />
      )}
      {monitor.canSay.includes('alarm-text') && (
        <fieldset className="lab-choice">
          <legend>Monitor’s message</legend>
          <input
            aria-label="Monitor’s message"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <button
            type="button"
            className="lab-button"
            onClick={() => act({ ...target, do: 'alarm-text', text })}
          >
            say
          </button>
          <button
            type="button"
            className="lab-button"
            onClick={() => act({ ...target, do: 'alarm-text', text: null })}
          >
            end
          </button>
        </fieldset>
      )}
    </section>
  );
};
