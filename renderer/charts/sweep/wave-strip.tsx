/** The live waves of a chair, where its monitors send any: a strip above the trend. */
import { useEffect, useRef, useState } from 'react';
import type { ChairView } from '../../../core/api/views.ts';
import { WAVES } from '../../../core/observation/waveform.ts';
import { useAction } from '../../app-actions.ts';
import { useApp, useWindow } from '../../app-context.tsx';
import { start } from '../../parts/perform.ts';
import { type LaneLabel, type Sweep, startSweep } from './sweep.ts';
import './wave-strip.css';

export const WaveStrip = ({ chair }: { readonly chair: ChairView }) => {
  const { link } = useApp();
  const connection = useWindow((state) => (state.link === 'live' ? state.connection : 0));
  const canvas = useRef<HTMLCanvasElement>(null);
  const sweep = useRef<Sweep | null>(null);
  const [labels, setLabels] = useState<readonly LaneLabel[]>([]);
  const { run } = useAction();
  const chairId = chair.id;

  useEffect(() => {
    if (canvas.current === null) return;
    const started = startSweep(canvas.current, setLabels);
    sweep.current = started;
    return () => {
      sweep.current = null;
      started.destroy();
    };
  }, []);

  useEffect(() => {
    sweep.current?.clear();
    if (connection === 0) return;
    const unsubscribe = link.onWaves((payload) => {
      if (payload.chairId === chairId) sweep.current?.push(payload.waves);
    });
    const begin = async () => {
      const { recent } = await link.call('wave.watch', { chairId, on: true });
      // Only what the picture may still show: older stretches would make it lag.
      sweep.current?.push(recent.slice(-1));
    };
    start(run(begin));
    return () => {
      unsubscribe();
      // Best effort: with a broken line the station has already forgotten this window.
      link.call('wave.watch', { chairId, on: false }).catch(() => undefined);
    };
  }, [connection, chairId, link, run]);

  return (
    <section className="waves" aria-label="Waveforms" data-testid="waves" data-lanes={labels.length}>
      <ul>
        {labels.map(({ wave, hasSignal }) => (
          <li key={wave} data-wave={wave} data-signal={hasSignal}>
            <strong>{WAVES[wave].label}</strong>
            {hasSignal ? null : <span>no signal</span>}
          </li>
        ))}
      </ul>
      <canvas ref={canvas} role="img" aria-label={labels.map(({ wave }) => WAVES[wave].name).join(', ')} />
    </section>
  );
};
