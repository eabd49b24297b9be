/** Finds a patient while one types. */
import { useEffect, useState } from 'react';
import type { RegisterName } from '../../../core/api/people-views.ts';
import { fullName, type Patient } from '../../../core/patient/patient.ts';
import { useAction } from '../../app-actions.ts';
import { useApp } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start } from '../../parts/perform.ts';
import { TEXT } from './text.ts';

/** After the last letter (ms): the station answers in a few, but not for each letter. */
const PAUSE_MS = 150;

export const PatientSearch = ({
  register,
  onPick,
  limit = 30,
}: {
  readonly register: RegisterName;
  readonly onPick: (patient: Patient) => void;
  readonly limit?: number;
}) => {
  const { link } = useApp();
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<{
    readonly query: string;
    readonly patients: readonly Patient[];
  } | null>(null);
  const { run, failure } = useAction();
  useEffect(() => {
    const asked = query.trim();
    let isCurrent = true;
    const timer = setTimeout(() => {
      if (asked === '') {
        setFound(null);
        return;
      }
      const work = run(() => link.call('patient.search', { register, query: asked, limit }));
      // An answer that comes after the next letter is no answer to it.
      start(
        work.then((patients) =>
          patients === null || !isCurrent ? null : setFound({ query: asked, patients }),
        ),
      );
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [query, register, limit, link, run]);
  return (
    <div className="patient-search">
      <label className="field">
        {TEXT.search}
        <input
          type="search"
          value={query}
          maxLength={120}
          onChange={(event) => setQuery(event.target.value)}
          autoComplete="off"
          data-testid="patient-query"
        />
      </label>
      <FailureLine message={failure?.message ?? null} />
      {found === null ? (
        <p className="hint">{TEXT.searchHint}</p>
      ) : found.patients.length === 0 ? (
        <p data-testid="nobody-found">{TEXT.none}</p>
      ) : (
        <ul className="patient-list" data-testid="patients-found">
          {found.patients.map((patient) => (
            <li key={patient.id}>
              <button
                type="button"
                className="button patient-row"
                onClick={() => onPick(patient)}
                data-testid={`patient-${patient.mrn ?? patient.id}`}
              >
                <strong>{fullName(patient)}</strong>
                <span>
                  {TEXT.birthDate} {patient.birthDate}
                </span>
                <span>
                  {TEXT.mrn} {patient.mrn ?? '–'}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
