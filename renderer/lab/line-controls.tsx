/** The line between monitor and host, and the monitor's switch. */
import { useState } from 'react';
import type { LabCommandInput } from '../../core/lab/commands.ts';
import { Choice } from './choice.tsx';
import type { DriveProps } from './drive-panel.tsx';

const ON_OFF = [
  { state: 'off', text: 'no' },
  { state: 'on', text: 'yes' },
] as const;

export const LineControls = ({ link, monitor }: DriveProps) => {
  const [delay, setDelay] = useState('2 s');
  const [noise, setNoise] = useState({ flip: '0.01', drop: '0', insert: '0' });
  const is = (word: string): boolean => monitor.line.includes(word);
  const act = (command: LabCommandInput): void => void link.perform(command);
  const target = { monitor: monitor.id };
  return (
    <section className="lab-controls" aria-label="Line">
      <Choice
        label="Cable"
        testId="cable"
        states={[
          { state: 'in', text: 'in' },
          { state: 'out', text: 'pulled' },
        ]}
        now={is('cable out') ? 'out' : 'in'}
        onChoose={(state) => act({ ...target, do: 'cable', state })}
      />
      <Choice
        label="Power"
        testId="power"
        states={[
          { state: 'on', text: 'on' },
          { state: 'off', text: 'off' },
        ]}
        now={is('switched off') ? 'off' : 'on'}
        onChoose={(state) => act({ ...target, do: 'power', state })}
      />
      <Choice
        label="Silent"
        testId="silence"
        states={ON_OFF}
        now={is('silent') ? 'on' : 'off'}
        onChoose={(state) => act({ ...target, do: 'silence', state })}
      />
      <Choice
        label="Held back"
        testId="hold"
        states={ON_OFF}
        now={is('held back') ? 'on' : 'off'}
        onChoose={(state) => act({ ...target, do: 'hold', state })}
      />
      <fieldset className="lab-choice">
        <legend>Late by</legend>
        <input
          className="lab-short"
          aria-label="Delay"
          value={delay}
          onChange={(event) => setDelay(event.target.value)}
        />
        <button
          type="button"
          className="lab-button"
          data-testid="delay"
          onClick={() => act({ ...target, do: 'delay', by: delay })}
        >
          delay
        </button>
        <button type="button" className="lab-button" onClick={() => act({ ...target, do: 'delay', by: 0 })}>
          none
        </button>
      </fieldset>
      <fieldset className="lab-choice">
        <legend>Chance per byte: flip, drop, insert</legend>
        {(['flip', 'drop', 'insert'] as const).map((kind) => (
          <input
            key={kind}
            className="lab-short"
            aria-label={`Chance per byte: ${kind}`}
            data-testid={`noise-${kind}`}
            value={noise[kind]}
            onChange={(event) => setNoise({ ...noise, [kind]: event.target.value })}
          />
        ))}
        <button
          type="button"
          className="lab-button"
          data-testid="noise"
          onClick={() =>
            act({
              ...target,
              do: 'noise',
              flip: Number(noise.flip),
              drop: Number(noise.drop),
              insert: Number(noise.insert),
            })
          }
        >
          corrupt
        </button>
        <button
          type="button"
          className="lab-button"
          data-testid="noise-off"
          onClick={() => act({ ...target, do: 'noise' })}
        >
          none
        </button>
      </fieldset>
    </section>
  );
};
