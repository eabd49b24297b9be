/** One patient: who they are, their courses with each visit's figures, what is due next, and who looked. */
import { useCallback, useEffect, useState } from 'react';
import type { AuditLine, PatientRecordView, RegisterName } from '../../../core/api/people-views.ts';
import type { PatientId } from '../../../core/ids.ts';
import { fullName, type Patient } from '../../../core/patient/patient.ts';
import { useAction } from '../../app-actions.ts';
import { useApp, useNow, useWindow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start } from '../../parts/perform.ts';
import { mayHere } from '../../store/identity.ts';
import { ageYears } from '../../view-model/patients.ts';
import { dateTimeText } from '../../view-model/time-text.ts';
import { OpenCourseDialog } from './course-dialogs.tsx';
import { CoursePanel, VisitTable } from './course-panel.tsx';
import { PatientForm } from './patient-form.tsx';
import { TEXT } from './text.ts';

export const PatientPage = ({
  register,
  patientId,
}: {
  readonly register: RegisterName;
  readonly patientId: PatientId;
}) => {
  const { link } = useApp();
  const identity = useWindow((state) => state.identity);
  const connection = useWindow((state) => (state.link === 'live' ? state.connection : 0));
  const [record, setRecord] = useState<PatientRecordView | null>(null);
  const [asked, setAsked] = useState<'edit' | 'course' | null>(null);
  const { run, failure } = useAction();
  const read = useCallback(() => {
    start(
      run(() => link.call('patient.get', { register, patientId })).then((view) =>
        view === null ? null : setRecord(view),
      ),
    );
  }, [link, run, register, patientId]);
  useEffect(() => {
    if (connection > 0) read();
  }, [connection, read]);
  const done = () => {
    setAsked(null);
    read();
  };
  return (
    <div className="page" data-testid="patient-page">
      <div className="page-head">
        <h1>{record === null ? TEXT.title : fullName(record.patient)}</h1>
        {register === 'simulated' ? <span className="origin-word">SIMULATED</span> : null}
        {record !== null && mayHere(identity, 'edit-patients') ? (
          <>
            <button
              type="button"
              className="button"
              onClick={() => setAsked('edit')}
              data-testid="edit-patient"
            >
              {TEXT.edit}
            </button>
            <button
              type="button"
              className="button button-main"
              onClick={() => setAsked('course')}
              data-testid="open-course"
            >
              {TEXT.openCourse}
            </button>
          </>
        ) : null}
        <a className="button" href="#/patients">
          {TEXT.back}
        </a>
      </div>
      <FailureLine message={failure?.message ?? null} />
      {record === null ? <p className="empty">{failure === null ? TEXT.loading : ''}</p> : null}
      {record === null ? null : (
        <>
          <Facts patient={record.patient} />
          {record.unreadable.length === 0 ? null : (
            <p className="warning" role="alert" data-testid="unreadable-visits">
              {TEXT.unreadableVisits(record.unreadable.length)}
            </p>
          )}
          {record.courses.map((view) => (
            <CoursePanel key={view.course.id} register={register} view={view} onChanged={read} />
          ))}
          {record.otherVisits.length === 0 ? null : (
            <section className="panel course">
              <h2>{TEXT.otherVisits}</h2>
              <VisitTable visits={record.otherVisits} onResponse={null} />
            </section>
          )}
          {mayHere(identity, 'audit') ? <Audit register={register} patientId={patientId} /> : null}
        </>
      )}
      {asked === 'edit' && record !== null ? (
        <PatientForm
          register={register}
          patient={record.patient}
          onClose={() => setAsked(null)}
          onSaved={done}
        />
      ) : null}
      {asked === 'course' ? (
        <OpenCourseDialog
          register={register}
          patientId={patientId}
          onClose={() => setAsked(null)}
          onDone={done}
        />
      ) : null}
    </div>
  );
};

const Facts = ({ patient }: { readonly patient: Patient }) => {
  const now = useNow();
  const age = now === null ? '' : ` (${ageYears(patient.birthDate, now.wall)} ${TEXT.years})`;
  const contact = (who: Patient['driver']) => (who === null ? '–' : `${who.name}, ${who.phone}`);
  const facts: readonly (readonly [string, string])[] = [
    [TEXT.birthDate, `${patient.birthDate}${age}`],
    [TEXT.mrn, patient.mrn ?? '–'],
    [TEXT.weight, patient.weightKg === null ? '–' : String(patient.weightKg)],
    ['Allergies', patient.allergies.join(', ') || TEXT.noneEntered],
    ['Medications', patient.medications.join(', ') || TEXT.noneEntered],
    [TEXT.driver, contact(patient.driver)],
    [TEXT.provider, contact(patient.treatingProvider)],
  ];
  return (
    <dl className="facts panel" data-testid="patient-facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const Audit = ({
  register,
  patientId,
}: {
  readonly register: RegisterName;
  readonly patientId: PatientId;
}) => {
  const { link } = useApp();
  const [lines, setLines] = useState<readonly AuditLine[] | null>(null);
  const { run, failure } = useAction();
  const show = () =>
    start(
      run(() => link.call('patient.audit', { register, patientId })).then((list) =>
        list === null ? null : setLines(list),
      ),
    );
  return (
    <section className="panel course">
      <h2>{TEXT.audit}</h2>
      <FailureLine message={failure?.message ?? null} />
      {lines === null ? (
        <button type="button" className="button" onClick={show} data-testid="show-audit">
          {TEXT.showAudit}
        </button>
      ) : (
        <table className="table" data-testid="audit-table">
          <thead>
            <tr>
              <th>{TEXT.when}</th>
              <th>{TEXT.by}</th>
              <th>{TEXT.what}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.number}>
                <td>{dateTimeText(line.at)}</td>
                <td>{line.by}</td>
                <td>{line.what}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};
