/** What is written down about a patient; asks before one person is registered twice. */
import { type FormEvent, useState } from 'react';
import type { RegisterName, RegisterResult } from '../../../core/api/people-views.ts';
import type { Contact, Patient, PatientDraft } from '../../../core/patient/patient.ts';
import { Dialog, DialogButtons, FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { patientLine } from '../../view-model/patients.ts';
import { TEXT } from './text.ts';

type Fields = Readonly<
  Record<
    | 'familyName'
    | 'givenName'
    | 'birthDate'
    | 'mrn'
    | 'weight'
    | 'allergies'
    | 'medications'
    | 'driverName'
    | 'driverPhone'
    | 'providerName'
    | 'providerPhone',
    string
  >
>;

const fieldsOf = (patient: Patient | null): Fields => ({
  familyName: patient?.familyName ?? '',
  givenName: patient?.givenName ?? '',
  birthDate: patient?.birthDate ?? '',
  mrn: patient?.mrn ?? '',
  weight: patient?.weightKg?.toString() ?? '',
  allergies: patient?.allergies.join('\n') ?? '',
  medications: patient?.medications.join('\n') ?? '',
  driverName: patient?.driver?.name ?? '',
  driverPhone: patient?.driver?.phone ?? '',
  providerName: patient?.treatingProvider?.name ?? '',
  providerPhone: patient?.treatingProvider?.phone ?? '',
});

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
const contact = (name: string, phone: string): Contact | null =>
  name.trim() === '' ? null : { name: name.trim(), phone: phone.trim() || '–' };

const draftOf = (fields: Fields) =>
  ({
    familyName: fields.familyName.trim(),
    givenName: fields.givenName.trim(),
    birthDate: fields.birthDate.trim(),
    mrn: fields.mrn.trim() || null,
    weightKg: fields.weight.trim() === '' ? null : Number(fields.weight.replace(',', '.')),
    allergies: lines(fields.allergies),
    medications: lines(fields.medications),
    driver: contact(fields.driverName, fields.driverPhone),
    treatingProvider: contact(fields.providerName, fields.providerPhone),
  }) satisfies PatientDraft;

type Warnings = Extract<RegisterResult, { kind: 'duplicates' }>['warnings'];

export const PatientForm = ({
  register,
  patient,
  onClose,
  onSaved,
}: {
  readonly register: RegisterName;
  /** Null: a new one. */
  readonly patient: Patient | null;
  readonly onClose: () => void;
  /** The patient, or the one that it turned out to be. */
  readonly onSaved: (patient: Patient) => void;
}) => {
  const [fields, setFields] = useState(() => fieldsOf(patient));
  const [reason, setReason] = useState('');
  const [warnings, setWarnings] = useState<Warnings>([]);
  const { perform, failure, isBusy } = usePerform();
  const save = async (confirmDuplicates: boolean) => {
    const draft = draftOf(fields);
    const result = await perform((call, by) =>
      patient === null
        ? call('patient.register', { register, draft, confirmDuplicates, by })
        : call('patient.change', {
            register,
            patientId: patient.id,
            draft,
            confirmDuplicates,
            reason: reason.trim(),
            by,
          }),
    );
    if (result === null) return;
    if (result.kind === 'registered') onSaved(result.patient);
    else setWarnings(result.warnings);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(save(false));
  };
  const input = (
    key: keyof Fields,
    label: string,
    more: { type?: string; isRequired?: boolean; max?: number } = {},
  ) => (
    <label className="field">
      {label}
      <input
        type={more.type ?? 'text'}
        value={fields[key]}
        required={more.isRequired}
        maxLength={more.max ?? 80}
        onChange={(event) => setFields({ ...fields, [key]: event.target.value })}
        autoComplete="off"
        data-testid={`patient-${key}`}
      />
    </label>
  );
  const area = (key: 'allergies' | 'medications', label: string) => (
    <label className="field">
      {label}
      <textarea
        rows={3}
        value={fields[key]}
        onChange={(event) => setFields({ ...fields, [key]: event.target.value })}
        data-testid={`patient-${key}`}
      />
    </label>
  );
  if (warnings.length > 0) {
    return (
      <Duplicates
        warnings={warnings}
        isBusy={isBusy}
        failure={failure?.message ?? null}
        onBack={() => setWarnings([])}
        onTake={onSaved}
        onSave={() => start(save(true))}
      />
    );
  }
  return (
    <Dialog
      title={patient === null ? TEXT.add : `${TEXT.edit}: ${patientLine(patient)}`}
      onClose={onClose}
      testId="patient-form"
      isWide
    >
      <form onSubmit={submit} className="form">
        {input('familyName', TEXT.familyName, { isRequired: true })}
        {input('givenName', TEXT.givenName, { isRequired: true })}
        {input('birthDate', TEXT.birthDate, { type: 'date', isRequired: true })}
        {input('mrn', TEXT.mrn, { max: 40 })}
        {input('weight', TEXT.weight, { max: 6 })}
        <span />
        {area('allergies', TEXT.allergies)}
        {area('medications', TEXT.medications)}
        {input('driverName', TEXT.driver)}
        {input('driverPhone', `${TEXT.driver}: ${TEXT.phone}`, { max: 40 })}
        {input('providerName', TEXT.provider)}
        {input('providerPhone', `${TEXT.provider}: ${TEXT.phone}`, { max: 40 })}
        {patient === null ? null : (
          <label className="field field-wide">
            {TEXT.reason}
            <input
              value={reason}
              required
              maxLength={500}
              onChange={(event) => setReason(event.target.value)}
              data-testid="patient-reason"
            />
          </label>
        )}
        <FailureLine message={failure?.message ?? null} />
        <div className="dialog-foot field-wide">
          <DialogButtons
            confirm={patient === null ? TEXT.registerThem : TEXT.save}
            onCancel={onClose}
            isDisabled={isBusy}
          />
        </div>
      </form>
    </Dialog>
  );
};

const Duplicates = ({
  warnings,
  isBusy,
  failure,
  onBack,
  onTake,
  onSave,
}: {
  readonly warnings: Warnings;
  readonly isBusy: boolean;
  readonly failure: string | null;
  readonly onBack: () => void;
  readonly onTake: (patient: Patient) => void;
  readonly onSave: () => void;
}) => (
  <Dialog title={TEXT.duplicateTitle} onClose={onBack} testId="duplicates-dialog" isWide>
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <ul className="patient-list">
        {warnings.map(({ patient, reason }) => (
          <li key={patient.id} className="patient-row">
            <span>
              <strong>{patientLine(patient)}</strong> {reason === 'same-mrn' ? TEXT.sameMrn : TEXT.similar}
            </span>
            <button
              type="button"
              className="button"
              onClick={() => onTake(patient)}
              data-testid="take-duplicate"
            >
              {TEXT.takeThis}
            </button>
          </li>
        ))}
      </ul>
      <FailureLine message={failure} />
      <DialogButtons confirm={TEXT.notSame} onCancel={onBack} isDisabled={isBusy} isDanger />
    </form>
  </Dialog>
);
