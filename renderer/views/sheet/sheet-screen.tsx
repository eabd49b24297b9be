/** The sheet that the patient takes home: plain words, large type, made to be printed. */
import { useEffect, useState } from 'react';
import type { SessionId } from '../../../core/ids.ts';
import type { DischargeSheet } from '../../../core/visit/discharge-sheet.ts';
import { useAction } from '../../app-actions.ts';
import { useApp, useWindow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start } from '../../parts/perform.ts';
import { ORIGIN_WORDS } from '../../view-model/origin.ts';
import { dateTimeText } from '../../view-model/time-text.ts';
import './sheet.css';

const TEXT = {
  title: 'After your infusion',
  for: 'For',
  treated: 'treatment:',
  ended: 'The drug was stopped',
  notFinal: 'NOT FINAL: the drug is not stopped yet. Open and print this page again when it is.',
  noDriving: 'No driving before',
  afterSleep: 'and not before a night of sleep',
  print: 'Print',
  back: 'Back',
  loading: 'Reading the sheet…',
};

export const SheetScreen = ({ sessionId }: { readonly sessionId: SessionId }) => {
  const { link } = useApp();
  const connection = useWindow((state) => (state.link === 'live' ? state.connection : 0));
  const [sheet, setSheet] = useState<DischargeSheet | null>(null);
  const { failure, run } = useAction();
  useEffect(() => {
    if (connection === 0) return;
    start(
      run(() => link.call('visit.dischargeSheet', { sessionId })).then((read) =>
        read === null ? undefined : setSheet(read),
      ),
    );
  }, [connection, link, run, sessionId]);
  return (
    <div className="sheet-screen">
      <p className="sheet-actions">
        <button type="button" className="button" onClick={() => window.history.back()}>
          {TEXT.back}
        </button>
        <button
          type="button"
          className="button button-main"
          disabled={sheet === null}
          onClick={() => window.print()}
          data-testid="print-sheet"
        >
          {TEXT.print}
        </button>
      </p>
      <FailureLine message={failure?.message ?? null} />
      {sheet === null ? <p className="empty">{TEXT.loading}</p> : <Sheet sheet={sheet} />}
    </div>
  );
};

const Sheet = ({ sheet }: { readonly sheet: DischargeSheet }) => {
  const origin = ORIGIN_WORDS[sheet.origin];
  return (
    <article className="sheet" data-testid="sheet">
      {origin === null ? null : <p className="sheet-origin">{origin}</p>}
      {sheet.isDrugOver ? null : (
        <p className="sheet-not-final" role="alert" data-testid="sheet-not-final">
          {TEXT.notFinal}
        </p>
      )}
      <h1>{TEXT.title}</h1>
      <p>
        {TEXT.for} <strong>{sheet.patientInitials}</strong>, {TEXT.treated} {sheet.indication}.
        {sheet.drugEndedAt === null || !sheet.isDrugOver
          ? ''
          : ` ${TEXT.ended}: ${dateTimeText(sheet.drugEndedAt)}.`}
      </p>
      {sheet.noDrivingBefore === null || !sheet.isDrugOver ? null : (
        <p className="sheet-driving">
          {TEXT.noDriving} {dateTimeText(sheet.noDrivingBefore)}, {TEXT.afterSleep}.
        </p>
      )}
      {sheet.sections.map(({ heading, lines }) => (
        <section key={heading}>
          <h2>{heading}</h2>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      ))}
    </article>
  );
};
