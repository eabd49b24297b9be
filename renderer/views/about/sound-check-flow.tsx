/**
 * The sound check, step by step: one burst of each priority through the loudspeaker of the alarms, each time the
 * question whether it was heard. The result is kept on this computer and noted in every open session.
 */
import { useState } from 'react';
import type { AlarmPriority } from '../../../core/alarm/types.ts';
import { epochMs } from '../../../core/time.ts';
import { useApp } from '../../app-context.tsx';
import { volumeInForce } from '../../audio/demand.ts';
import { looksWireless, outputName } from '../../audio/outputs.ts';
import { CHECKED, checkText, type SoundCheck } from '../../audio/sound-check.ts';
import { stepGain } from '../../audio/volume.ts';
import { PriorityIcon } from '../../parts/icons.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { useWho } from '../../parts/who.tsx';
import { SOUND_TEXT } from './sound-text.ts';

interface Props {
  readonly isPossible: boolean;
  readonly onDone: (check: SoundCheck) => void;
}

/** Who listens, and the answers so far, in the order of `CHECKED`. */
interface Running {
  readonly by: string;
  readonly answers: readonly boolean[];
}

export const SoundCheckFlow = ({ isPossible, onDone }: Props) => {
  const { player, store, link } = useApp();
  const { ask } = useWho();
  const { failure, perform } = usePerform();
  const [running, setRunning] = useState<Running | null>(null);
  const [done, setDone] = useState<SoundCheck | null>(null);

  const play = (priority: AlarmPriority | undefined) => {
    if (priority !== undefined) player.play(priority, stepGain(volumeInForce(store.getState())));
  };
  const begin = async () => {
    setDone(null);
    const by = await ask();
    if (by === null) return;
    setRunning({ by, answers: [] });
    play(CHECKED[0]);
  };
  const finish = async ({ by, answers }: Running) => {
    setRunning(null);
    const [high = false, medium = false, low = false] = answers;
    const check: SoundCheck = {
      at: epochMs(Date.now()),
      by,
      heard: { high, medium, low },
      volume: volumeInForce(store.getState()),
      device: await outputName(),
      isOverturned: false,
    };
    setDone(check);
    onDone(check);
    const open = (store.getState().station?.chairs ?? []).flatMap(({ session }) =>
      session === null ? [] : [session.id],
    );
    for (const sessionId of open) {
      await perform(() =>
        link.call('session.note', { sessionId, kind: 'note', text: checkText(check), corrects: null, by }),
      );
    }
  };
  const answer = (isHeard: boolean) => {
    if (running === null) return;
    const next = { ...running, answers: [...running.answers, isHeard] };
    setRunning(next);
    if (next.answers.length === CHECKED.length) start(finish(next));
    else play(CHECKED[next.answers.length]);
  };

  const asked = running === null ? undefined : CHECKED[running.answers.length];
  if (asked !== undefined && !isPossible) {
    return <Interrupted onBack={() => setRunning(null)} />;
  }
  if (asked !== undefined) {
    return (
      <div data-testid="sound-check" data-asked={asked}>
        <p>
          <PriorityIcon priority={asked} /> {asked} priority. {SOUND_TEXT.asking}
        </p>
        <p className="button-row">
          <button
            type="button"
            className="button button-main"
            onClick={() => answer(true)}
            data-testid="heard"
          >
            {SOUND_TEXT.heard}
          </button>
          <button type="button" className="button" onClick={() => answer(false)} data-testid="not-heard">
            {SOUND_TEXT.notHeard}
          </button>
          <button type="button" className="button" onClick={() => play(asked)}>
            {SOUND_TEXT.again}
          </button>
          <button type="button" className="button button-quiet" onClick={() => setRunning(null)}>
            {SOUND_TEXT.stop}
          </button>
        </p>
      </div>
    );
  }
  const isFailed = done !== null && !CHECKED.every((priority) => done.heard[priority]);
  return (
    <div>
      {isFailed ? <p className="failure">{SOUND_TEXT.failed}</p> : null}
      {done !== null && done.device !== null && looksWireless(done.device) ? (
        <p className="warning">{SOUND_TEXT.wireless(done.device)}</p>
      ) : null}
      {failure === null ? null : (
        <p className="failure">
          {SOUND_TEXT.notRecorded} {failure.message}
        </p>
      )}
      <button
        type="button"
        className="button"
        onClick={() => start(begin())}
        disabled={!isPossible}
        data-testid="sound-check-start"
      >
        {SOUND_TEXT.start}
      </button>
    </div>
  );
};

const Interrupted = ({ onBack }: { readonly onBack: () => void }) => (
  <div data-testid="sound-check-interrupted">
    <p className="warning">{SOUND_TEXT.interrupted}</p>
    <button type="button" className="button" onClick={onBack}>
      {SOUND_TEXT.stop}
    </button>
  </div>
);
