/** What a nurse can do to the signals of a chair, in one row that never moves. */
import { useState } from 'react';
import { ALARM_PAUSE_MS } from '../../../core/alarm/timing.ts';
import type { ChairView } from '../../../core/api/views.ts';
import { useNow, useWindow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { AudioOnIcon } from '../../parts/icons.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { AlarmPausedIcon, SignalIcon } from '../../parts/signal-icons.tsx';
import { isOpen } from '../../view-model/phase.ts';
import { type SignalLine, signalLines } from '../../view-model/signals.ts';
import { countdownText } from '../../view-model/time-text.ts';
import { AlarmControlsDialog } from './alarm-controls-dialog.tsx';
import { HOLDS, SIGNAL_TEXT as TEXT } from './alarm-text.ts';
import { LimitsButton } from './limits-button.tsx';
import { SignalStates } from './signal-states.tsx';

/** So many alarms fit into the list without scrolling on the smallest screen; more are counted beside it. */
const ALWAYS_SEEN = 3;

export const AlarmControls = ({ chair }: { readonly chair: ChairView }) => {
  const lines = signalLines(chair.alarms, useNow());
  const count = chair.alarms.alarms.length;
  const [isOpenDialog, setOpenDialog] = useState(false);
  return (
    <fieldset className="alarm-controls" aria-label={TEXT.controls}>
      <AudioControl chair={chair} line={lines.find(({ id }) => id === 'audio') ?? null} />
      {HOLDS.map((hold) => (
        <HoldControl
          key={hold.parameter}
          chair={chair}
          hold={hold}
          line={
            lines.find(({ parameter, state }) => parameter === hold.parameter && state === 'alarm-paused') ??
            null
          }
        />
      ))}
      <button
        type="button"
        className="button"
        onClick={() => setOpenDialog(true)}
        data-testid="alarm-controls-button"
      >
        {TEXT.more}
      </button>
      <LimitsButton chair={chair} />
      {count <= ALWAYS_SEEN ? null : (
        <span className="alarm-count" data-testid="alarm-count">
          {count} {TEXT.alarms}
        </span>
      )}
      <SignalStates chair={chair} />
      {isOpenDialog ? <AlarmControlsDialog chair={chair} onClose={() => setOpenDialog(false)} /> : null}
    </fieldset>
  );
};

const AudioControl = ({ chair, line }: { readonly chair: ChairView; readonly line: SignalLine | null }) => {
  const { perform, failure, isBusy } = usePerform();
  const isLive = useWindow((state) => state.link === 'live');
  const set = (command: 'alarm.pauseAudio' | 'alarm.resumeAudio') =>
    start(perform(async (call, by) => call(command, { chairId: chair.id, by })));
  return (
    <>
      <button
        type="button"
        className={line === null ? 'button' : 'button signal-on'}
        onClick={() => set(line === null ? 'alarm.pauseAudio' : 'alarm.resumeAudio')}
        disabled={isBusy || !isLive}
        data-testid="audio-pause"
        data-state={chair.alarms.audio.kind}
      >
        {line === null ? (
          <>
            <AudioOnIcon /> {TEXT.audioPause}
          </>
        ) : (
          <Running
            line={line}
            word={line.state === 'audio-off' ? TEXT.audioOff : TEXT.audioPaused}
            action={line.state === 'audio-off' ? TEXT.audioOn : TEXT.cancel}
          />
        )}
      </button>
      <FailureLine message={failure?.message ?? null} />
    </>
  );
};

const HoldControl = ({
  chair,
  hold,
  line,
}: {
  readonly chair: ChairView;
  readonly hold: (typeof HOLDS)[number];
  readonly line: SignalLine | null;
}) => {
  const { perform, failure, isBusy } = usePerform();
  const isLive = useWindow((state) => state.link === 'live');
  const parameters = [hold.parameter];
  const toggle = () =>
    start(
      perform<unknown>((call, by) =>
        line === null
          ? call('alarm.pause', {
              chairId: chair.id,
              parameters,
              durationMs: ALARM_PAUSE_MS.longest,
              reason: `${TEXT.moving} ${hold.word}`,
              by,
            })
          : call('alarm.resume', { chairId: chair.id, parameters, by }),
      ),
    );
  return (
    <>
      <button
        type="button"
        className={line === null ? 'button' : 'button signal-on'}
        onClick={toggle}
        disabled={isBusy || !isLive || !isOpen(chair.session)}
        data-testid={`hold-${hold.parameter}`}
        data-state={line === null ? 'on' : 'paused'}
      >
        {line === null ? (
          <>
            <AlarmPausedIcon />
            <span>
              <span className="visually-hidden">{TEXT.moving} </span>
              {hold.label}: {TEXT.onHold}
            </span>
          </>
        ) : (
          <Running line={line} word={line.subject} action={TEXT.onHoldEnd} />
        )}
      </button>
      <FailureLine message={failure?.message ?? null} />
    </>
  );
};

/** A running pause on its own button: what, how long still, who, and what a tap does. */
const Running = ({
  line,
  word,
  action,
}: {
  readonly line: SignalLine;
  readonly word: string;
  readonly action: string;
}) => (
  <>
    <SignalIcon state={line.state} />
    <span>
      {word}{' '}
      {line.state === 'audio-off' ? null : (
        <strong className="signal-left">
          {line.leftMs === null ? TEXT.noTime : countdownText(line.leftMs)}
        </strong>
      )}
      <small>
        {line.by}: {action}
      </small>
    </span>
  </>
);
