/** One recorded session: the whole visit on one axis, its figures, and every entry of its record. */
import { useEffect, useState } from 'react';
import type { SessionId } from '../../../core/ids.ts';
import { foldSignOff } from '../../../core/record/sign-off.ts';
import { foldExclusions } from '../../../core/review/exclusions.ts';
import type { SessionEvent } from '../../../core/session/events.ts';
import { infusionStartedAt, type Session } from '../../../core/session/session.ts';
import type { VisitState } from '../../../core/visit/visit-state.ts';
import { useWindow } from '../../app-context.tsx';
import { minutesText } from '../../charts/model/time-axis.ts';
import { FailureLine } from '../../parts/dialog.tsx';
import { mayHere } from '../../store/identity.ts';
import { eventText, eventTone } from '../../view-model/event-text.ts';
import { ORIGIN_WORDS } from '../../view-model/origin.ts';
import { courseHash } from '../../view-model/route.ts';
import { clockSecondsText, dateTimeText } from '../../view-model/time-text.ts';
import { TEXT as ACROSS } from '../course-review/text.ts';
import { FiguresPanel } from '../review/figures-panel.tsx';
import { KeyFigures } from '../review/key-figures.tsx';
import { LeftOutPanel } from '../review/leave-out.tsx';
import { ReviewBoard } from '../review/review-board.tsx';
import { OUT_TEXT, TEXT as REVIEW_TEXT } from '../review/text.ts';
import { HandedOnPanel } from '../sending/handed-on-panel.tsx';
import { AlarmLogPanel } from './alarm-log-panel.tsx';
import { HandOnButton } from './export-dialog.tsx';
import { SignOffPanel } from './sign-off-panel.tsx';
import { TAB_TEXT, TEXT } from './text.ts';
import { type ReviewRead, useReview } from './use-review.ts';
import { WhatIfPanel } from './what-if-panel.tsx';
import '../review/readout.css';
import '../review/review-board.css';

const TABS = [
  { id: 'record', label: TAB_TEXT.record },
  { id: 'figures', label: TAB_TEXT.figures },
  { id: 'log', label: TAB_TEXT.log },
  { id: 'what-if', label: TAB_TEXT.whatIf },
] as const;
type Tab = (typeof TABS)[number]['id'];

export const SessionReview = ({ sessionId }: { readonly sessionId: SessionId }) => {
  const { read, view, failure, again } = useReview(sessionId);
  const [tab, setTab] = useState<Tab>('record');
  return (
    <section className="review" aria-label={TEXT.review}>
      <div className="page-head">
        <h1>{read === null ? TEXT.review : <Whose session={read.session} />}</h1>
        {read === null ? null : <CourseLink session={read.session} />}
        {read === null ? null : <HandOnButton sessionId={sessionId} />}
        <a className="button" href="#/sessions">
          {TEXT.back}
        </a>
      </div>
      <FailureLine message={failure} />
      {read === null && failure === null ? <p className="empty">{TEXT.loading}</p> : null}
      {read === null ? null : (
        <>
          <SignOffPanel sessionId={sessionId} events={read.events} onChanged={again} />
          <HandedOnPanel sessionId={sessionId} entries={read.events.length} />
          <Tabs tab={tab} onTab={setTab} />
          <div role="tabpanel" id={`panel-${tab}`} aria-labelledby={`tab-${tab}`}>
            {tab === 'record' ? (
              <>
                <KeyFigures figures={view?.figures ?? null} onAll={() => setTab('figures')} />
                <RecordTab read={read} onChanged={again} />
              </>
            ) : null}
            {tab === 'figures' && view === null && failure === null ? (
              <p className="empty">{TEXT.loading}</p>
            ) : null}
            {tab === 'figures' && view !== null ? (
              <FiguresPanel figures={view.figures} limits={view.session.limits} missing={view.missing} />
            ) : null}
            {tab === 'log' ? <AlarmLogPanel sessionId={sessionId} /> : null}
            {tab === 'what-if' ? <WhatIfPanel sessionId={sessionId} events={read.events} /> : null}
          </div>
        </>
      )}
    </section>
  );
};

/** Who it is, what for, when, and where the data come from: above everything that is read and signed. */
const Whose = ({ session }: { readonly session: Session }) => {
  const { patient, course, patientInitials, indication, openedAt, closedAt, origin } = session;
  const word = ORIGIN_WORDS[origin];
  return (
    <span className="whose" data-testid="whose">
      {word === null ? null : <span className="origin-word">{word}</span>}{' '}
      {patient === null ? (
        <strong>{patientInitials}</strong>
      ) : (
        <>
          <strong>{patient.name}</strong> {patient.birthDate}, MRN {patient.mrn ?? '–'}
        </>
      )}
      , {indication}
      {course === null ? null : `, ${course.position.number}/${course.position.planned}: ${course.title}`}
      {`, ${dateTimeText(openedAt)}`}
      {closedAt === null ? ` (${TEXT.stillOpen})` : null}
    </span>
  );
};

/** To all visits of the course that this one belongs to. */
const CourseLink = ({ session: { course, origin } }: { readonly session: Session }) =>
  course === null ? null : (
    <a
      className="button"
      href={courseHash(origin === 'live' ? 'live' : 'simulated', course.courseId)}
      data-testid="review-course"
    >
      {ACROSS.open}
    </a>
  );

const RecordTab = ({ read, onChanged }: { readonly read: ReviewRead; readonly onChanged: () => void }) => {
  const { session, events, whole, trend } = read;
  const exclusions = foldExclusions(events);
  const isSigned = foldSignOff(events).state === 'signed';
  const mayCorrect = useWindow(({ identity }) => mayHere(identity, 'correct'));
  const mayLeaveOut = mayCorrect && !isSigned;
  return (
    <>
      <ReviewBoard
        session={session}
        events={events}
        trend={trend}
        whole={whole}
        exclusions={exclusions}
        mayLeaveOut={mayLeaveOut}
        onChanged={onChanged}
      />
      <AfterPaint>
        <section className="left-out" aria-label={OUT_TEXT.list}>
          <h2 className="left-out-head">{OUT_TEXT.list}</h2>
          {isSigned ? <p data-testid="signed-help">{REVIEW_TEXT.signedHelp}</p> : null}
          <LeftOutPanel
            sessionId={session.id}
            exclusions={exclusions}
            readings={trend.nibp}
            mayChange={mayLeaveOut}
            onDone={onChanged}
          />
        </section>
        <EventTable events={events} visit={session.visit} zero={infusionStartedAt(session)} />
      </AfterPaint>
    </>
  );
};

/** What lies below the chart comes once the chart is on the screen: long records have long tables. */
const AfterPaint = ({ children }: { readonly children: React.ReactNode }) => {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => {
    let second = 0;
    const first = requestAnimationFrame(() => {
      second = requestAnimationFrame(() => setPainted(true));
    });
    return () => {
      cancelAnimationFrame(first);
      cancelAnimationFrame(second);
    };
  }, []);
  return isPainted ? children : null;
};

const Tabs = ({ tab, onTab }: { readonly tab: Tab; readonly onTab: (tab: Tab) => void }) => (
  <div className="tabs" role="tablist" aria-label={TAB_TEXT.label}>
    {TABS.map(({ id, label }) => (
      <button
        key={id}
        type="button"
        role="tab"
        id={`tab-${id}`}
        className="button tab"
        aria-selected={tab === id}
        aria-controls={`panel-${id}`}
        onClick={() => onTab(id)}
        data-testid={`tab-${id}`}
      >
        {label}
      </button>
    ))}
  </div>
);

const EventTable = ({
  events,
  visit,
  zero,
}: {
  readonly visit: VisitState;
  readonly events: readonly SessionEvent[];
  readonly zero: number | null;
}) => (
  <>
    <h2>{TEXT.entries}</h2>
    <table className="table" data-testid="review-events">
      <thead>
        <tr>
          <th className="number">{TEXT.number}</th>
          {zero === null ? null : <th className="number">{TEXT.minutes}</th>}
          <th>{TEXT.time}</th>
          <th>{TEXT.what}</th>
          <th>{TEXT.by}</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.sequence} data-tone={eventTone(event)}>
            <td className="number">{event.sequence}</td>
            {zero === null ? null : <td className="number">{minutesText(event.at.wall, zero)}</td>}
            <td>{clockSecondsText(event.at.wall)}</td>
            <td>{eventText(event, visit)}</td>
            <td>{event.by}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </>
);
