/** Every alarm that can be paused or switched off, one row each, with what holds now. */
import { type FormEvent, useState } from 'react';
import {
  ALARM_PARAMETERS,
  type AlarmParameter,
  mayBeOff,
  PARAMETER_ROWS,
} from '../../../core/alarm/parameters.ts';
import { ALARM_PAUSE_MS } from '../../../core/alarm/timing.ts';
import type { ChairView } from '../../../core/api/views.ts';
import { useNow, useStation } from '../../app-context.tsx';
import { Dialog, FailureLine } from '../../parts/dialog.tsx';
import { type Perform, start, usePerform } from '../../parts/perform.ts';
import { SignalIcon } from '../../parts/signal-icons.tsx';
import { isOpen } from '../../view-model/phase.ts';
import { SIGNAL_WORDS, type SignalLine, signalLines } from '../../view-model/signals.ts';
import { countdownText } from '../../view-model/time-text.ts';
import { SIGNAL_TEXT as TEXT } from './alarm-text.ts';

/** What a reason is being asked for: ALARM OFF of a parameter, or AUDIO OFF. */
type Asked = AlarmParameter | 'audio';

export const AlarmControlsDialog = ({
  chair,
  onClose,
}: {
  readonly chair: ChairView;
  readonly onClose: () => void;
}) => {
  const [asked, setAsked] = useState<Asked | null>(null);
  const action = usePerform();
  const allowAudioOff = useStation()?.alarmPolicy.allowAudioOff === true;
  const title = asked === null ? TEXT.dialogTitle : askedTitle(asked);
  const finish = async (what: Asked, reason: string) => {
    const done = await action.perform<unknown>((call, by) =>
      what === 'audio'
        ? call('alarm.audioOff', { chairId: chair.id, reason, by })
        : call('alarm.off', { chairId: chair.id, parameter: what, reason, by }),
    );
    if (done !== null) setAsked(null);
  };
  return (
    <Dialog
      title={title}
      onClose={() => (asked === null ? onClose() : setAsked(null))}
      testId="alarm-controls-dialog"
      isWide
    >
      {asked === null ? (
        <>
          <p>{TEXT.dialogHelp}</p>
          {isOpen(chair.session) ? (
            <Parameters chair={chair} action={action} onOff={setAsked} />
          ) : (
            <p className="warning">{TEXT.sessionNeeded}</p>
          )}
          <FailureLine message={action.failure?.message ?? null} />
          <div className="dialog-buttons">
            {allowAudioOff && isOpen(chair.session) && chair.alarms.audio.kind !== 'off' ? (
              <button
                type="button"
                className="button button-danger"
                onClick={() => setAsked('audio')}
                data-testid="audio-off"
              >
                {TEXT.audioOffAsk}
              </button>
            ) : null}
            <button type="button" className="button" onClick={onClose} data-testid="dialog-cancel">
              {TEXT.close}
            </button>
          </div>
        </>
      ) : (
        <AskReason
          asked={asked}
          action={action}
          onBack={() => setAsked(null)}
          onReason={(reason) => start(finish(asked, reason))}
        />
      )}
    </Dialog>
  );
};

const askedTitle = (asked: Asked): string =>
  asked === 'audio' ? TEXT.audioOffTitle : `${TEXT.offTitle} ${PARAMETER_ROWS[asked].label}`;

const Parameters = ({
  chair,
  action,
  onOff,
}: {
  readonly chair: ChairView;
  readonly action: Perform;
  readonly onOff: (parameter: AlarmParameter) => void;
}) => {
  const lines = signalLines(chair.alarms, useNow());
  return (
    <ul className="parameter-list">
      {ALARM_PARAMETERS.map((parameter) => (
        <ParameterLine
          key={parameter}
          chair={chair}
          parameter={parameter}
          line={lines.find((line) => line.parameter === parameter) ?? null}
          action={action}
          onOff={() => onOff(parameter)}
        />
      ))}
    </ul>
  );
};

const ParameterLine = ({
  chair,
  parameter,
  line,
  action,
  onOff,
}: {
  readonly chair: ChairView;
  readonly parameter: AlarmParameter;
  readonly line: SignalLine | null;
  readonly action: Perform;
  readonly onOff: () => void;
}) => {
  const { label, kind } = PARAMETER_ROWS[parameter];
  const { perform, isBusy } = action;
  const isSensor = kind === 'sensor';
  const pause = () =>
    start(
      perform((call, by) =>
        call('alarm.pause', {
          chairId: chair.id,
          parameters: [parameter],
          durationMs: isSensor ? ALARM_PAUSE_MS.longest : ALARM_PAUSE_MS.usual,
          by,
        }),
      ),
    );
  const end = () =>
    start(
      perform<unknown>((call, by) =>
        line?.state === 'alarm-off'
          ? call('alarm.on', { chairId: chair.id, parameter, by })
          : call('alarm.resume', { chairId: chair.id, parameters: [parameter], by }),
      ),
    );
  const canBeOff = mayBeOff(parameter, chair.session?.phase ?? null);
  const word = line === null ? (isSensor ? TEXT.hold : TEXT.pause) : endWord(line);
  return (
    <li data-testid={`parameter-${parameter}`} data-state={line?.state ?? 'on'}>
      <span className="parameter-name">
        {label}
        <small>
          {line === null ? TEXT.on : <SignalIcon state={line.state} />}
          {line === null ? null : SIGNAL_WORDS[line.state]}{' '}
          {line === null || line.leftMs === null ? null : countdownText(line.leftMs)}
          {isSensor || canBeOff ? null : ` · ${TEXT.notOffNow}`}
        </small>
      </span>
      <button
        type="button"
        className="button"
        disabled={isBusy}
        onClick={line === null ? pause : end}
        aria-label={`${label}: ${word}`}
        data-testid={line === null ? `pause-${parameter}` : `resume-${parameter}`}
      >
        {word}
      </button>
      {isSensor || line?.state === 'alarm-off' ? null : (
        <button
          type="button"
          className="button button-danger"
          disabled={isBusy || !canBeOff}
          onClick={onOff}
          aria-label={`${label}: ${TEXT.off}`}
          data-testid={`off-${parameter}`}
        >
          {TEXT.off}
        </button>
      )}
    </li>
  );
};

const endWord = ({ state }: SignalLine): string => (state === 'alarm-paused' ? TEXT.endPause : TEXT.turnOn);

const AskReason = ({
  asked,
  action,
  onBack,
  onReason,
}: {
  readonly asked: Asked;
  readonly action: Perform;
  readonly onBack: () => void;
  readonly onReason: (reason: string) => void;
}) => {
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() !== '') onReason(reason.trim());
  };
  return (
    <form onSubmit={submit}>
      <p>{asked === 'audio' ? TEXT.audioOffHelp : TEXT.offHelp}</p>
      <label className="field">
        {TEXT.offReason}
        <textarea
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          maxLength={500}
          rows={3}
          data-testid="reason-input"
        />
      </label>
      <FailureLine message={action.failure?.message ?? null} />
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={onBack} data-testid="dialog-back">
          {TEXT.back}
        </button>
        <button
          type="submit"
          className="button button-danger"
          disabled={reason.trim() === '' || action.isBusy}
          data-testid="confirm"
        >
          {asked === 'audio' ? TEXT.audioOffConfirm : TEXT.offConfirm}
        </button>
      </div>
    </form>
  );
};
