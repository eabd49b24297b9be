/** The register: search, register, and one patient's page. */
import { useState } from 'react';
import { REGISTERS, type RegisterName } from '../../../core/api/people-views.ts';
import type { PatientId } from '../../../core/ids.ts';
import { useStation } from '../../app-context.tsx';
import { patientHash } from '../../view-model/route.ts';
import { PatientForm } from './patient-form.tsx';
import { PatientPage } from './patient-page.tsx';
import { PatientSearch } from './patient-search.tsx';
import { TEXT } from './text.ts';

export const PatientsScreen = ({
  register: asked,
  patientId,
}: {
  readonly register: RegisterName | null;
  readonly patientId: PatientId | null;
}) => {
  const demo = useStation()?.demo ?? false;
  const [chosen, setChosen] = useState<RegisterName | null>(null);
  const [isAdding, setAdding] = useState(false);
  const register = asked ?? chosen ?? (demo ? 'simulated' : 'live');
  const go = (id: PatientId) => {
    location.hash = patientHash(register, id);
  };
  if (patientId !== null) return <PatientPage key={patientId} register={register} patientId={patientId} />;
  return (
    <div className="page" data-testid="patients-screen">
      <div className="page-head">
        <h1>{TEXT.title}</h1>
        {register === 'simulated' ? <span className="origin-word">SIMULATED</span> : null}
        <label className="field-inline">
          {TEXT.registerLabel}
          <select
            value={register}
            onChange={(event) => setChosen(REGISTERS.find((name) => name === event.target.value) ?? null)}
            data-testid="register-select"
          >
            {REGISTERS.map((name) => (
              <option key={name} value={name}>
                {TEXT.registers[name]}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="button button-main"
          onClick={() => setAdding(true)}
          data-testid="add-patient"
        >
          {TEXT.add}
        </button>
      </div>
      <PatientSearch key={register} register={register} onPick={({ id }) => go(id)} />
      {isAdding ? (
        <PatientForm
          register={register}
          patient={null}
          onClose={() => setAdding(false)}
          onSaved={({ id }) => {
            setAdding(false);
            go(id);
          }}
        />
      ) : null}
    </div>
  );
};
