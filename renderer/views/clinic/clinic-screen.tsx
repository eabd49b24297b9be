/** The clinic's own picture: what its sessions come to together. No names, nothing about fewer than five sessions. */
import { useEffect, useState } from 'react';
import type { ClinicPictureView } from '../../../core/api/across-commands.ts';
import type { DataOrigin } from '../../../core/session/events.ts';
import { epochMs } from '../../../core/time.ts';
import { useAction } from '../../app-actions.ts';
import { useApp, useStation, useWindow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start } from '../../parts/perform.ts';
import { ORIGIN_WORDS } from '../../view-model/origin.ts';
import { ClinicTables } from './clinic-tables.tsx';
import { TEXT } from './text.ts';

/** How soon a picture that is not whole is asked for again (ms). */
const AGAIN_MS = 3000;
const DAY_MS = 86_400_000;
const PERIODS = [
  { id: '3-months', days: 92 },
  { id: '12-months', days: 366 },
  { id: 'all', days: null },
] as const;
type PeriodId = (typeof PERIODS)[number]['id'];
const ORIGINS: readonly DataOrigin[] = ['live', 'imported', 'replayed', 'simulated'];

export const ClinicScreen = () => {
  const { link } = useApp();
  const demo = useStation()?.demo ?? false;
  const connection = useWindow((state) => (state.link === 'live' ? state.connection : 0));
  const [chosen, setChosen] = useState<DataOrigin | null>(null);
  const [period, setPeriod] = useState<PeriodId>('12-months');
  const [turn, setTurn] = useState(0);
  const [view, setView] = useState<ClinicPictureView | null>(null);
  const { run, failure } = useAction();
  const origin = chosen ?? (demo ? 'simulated' : 'live');
  // The station looks sessions through in the background: asked again until it is done.
  const isBehind = view !== null && view.pending > 0;
  useEffect(() => {
    if (!isBehind) return;
    const timer = setInterval(() => setTurn((before) => before + 1), AGAIN_MS);
    return () => clearInterval(timer);
  }, [isBehind]);
  const days = PERIODS.find(({ id }) => id === period)?.days ?? null;
  useEffect(() => {
    const now = link.stationNow()?.wall;
    if (turn < 0 || connection === 0 || now === undefined) return;
    const from = epochMs(days === null ? 0 : now - days * DAY_MS);
    start(
      run(() => link.call('clinic.picture', { from, to: epochMs(now + 1), origin })).then((answer) =>
        answer === null ? null : setView(answer),
      ),
    );
  }, [connection, link, run, origin, days, turn]);
  const word = ORIGIN_WORDS[origin];
  return (
    <div className="page" data-testid="clinic-screen">
      <div className="page-head">
        <h1>{TEXT.title}</h1>
        {word === null ? null : <span className="origin-word">{word}</span>}
        <label className="field-inline">
          {TEXT.period}
          <select
            value={period}
            onChange={(event) => setPeriod(PERIODS.find(({ id }) => id === event.target.value)?.id ?? 'all')}
            data-testid="clinic-period"
          >
            {PERIODS.map(({ id }) => (
              <option key={id} value={id}>
                {TEXT.periods[id]}
              </option>
            ))}
          </select>
        </label>
        <label className="field-inline">
          {TEXT.origin}
          <select
            value={origin}
            onChange={(event) => setChosen(ORIGINS.find((each) => each === event.target.value) ?? null)}
            data-testid="clinic-origin"
          >
            {ORIGINS.map((each) => (
              <option key={each} value={each}>
                {ORIGIN_WORDS[each] ?? TEXT.live}
              </option>
            ))}
          </select>
        </label>
        <a className="button" href="#/sessions">
          {TEXT.back}
        </a>
      </div>
      <FailureLine message={failure?.message ?? null} />
      {view === null || view.origin !== origin ? (
        <p className="empty">{failure === null ? TEXT.loading : ''}</p>
      ) : (
        <ClinicTables view={view} />
      )}
    </div>
  );
};
