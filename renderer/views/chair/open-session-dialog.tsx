/** Opens a session: who the patient is (initials), what for, how long, and the question about the bedside alarms. */
import { type FormEvent, useState } from 'react';
import type { CourseView } from '../../../core/api/people-views.ts';
import type { ChairView } from '../../../core/api/views.ts';
import type { VisitProtocol } from '../../../core/visit/protocol.ts';
import { Dialog, DialogButtons, FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { useProtocols } from '../../parts/use-protocols.ts';
import { isPicked, PatientPicker, type Picked } from '../patients/patient-picker.tsx';
import { DIALOG, INDICATIONS, TEXT } from './text.ts';

/** Typical planned times (min): an hour of infusion, half an hour of watching afterwards. Each visit may differ. */
const DEFAULT_INFUSION_MIN = 60;
const DEFAULT_RECOVERY_MIN = 30;
const MINUTE_MS = 60_000;

export const OpenSessionDialog = ({
  chair,
  onClose,
}: {
  readonly chair: ChairView;
  readonly onClose: () => void;
}) => {
  const [picked, setPicked] = useState<Picked>({ kind: 'initials', initials: '' });
  const [protocolId, setProtocolId] = useState<string | 'none' | null>(null);
  const [indication, setIndication] = useState<string>(INDICATIONS[0]);
  const [infusionMin, setInfusionMin] = useState(DEFAULT_INFUSION_MIN);
  const [recoveryMin, setRecoveryMin] = useState(DEFAULT_RECOVERY_MIN);
  const [alarmsOn, setAlarmsOn] = useState<boolean | null>(null);
  const { perform, failure, isBusy } = usePerform();
  const { protocols, failure: unread } = useProtocols();

  const open = async () => {
    const opened = await perform(async (call, by) => {
      const session = await call('session.open', {
        chairId: chair.id,
        ...(picked.kind === 'initials'
          ? { patientInitials: picked.initials.trim() }
          : { patientId: picked.patientId, courseId: picked.courseId }),
        indication,
        plannedInfusionMs: infusionMin * MINUTE_MS,
        plannedRecoveryMs: recoveryMin * MINUTE_MS,
        protocolId: protocolId === 'none' ? null : protocolId,
        by,
      });
      await call('session.note', {
        sessionId: session.id,
        kind: 'note',
        text: alarmsOn === true ? DIALOG.alarmsNoteYes : DIALOG.alarmsNoteNo,
        corrects: null,
        by,
      });
      return session;
    });
    if (opened !== null) onClose();
  };
  /** The plan of a course; each visit may still differ. */
  const takeCourse = (view: CourseView | null) => {
    if (view === null) return;
    const { template } = view.course;
    const usual = protocols.find(({ protocol }) => protocol.indication === template.indication);
    if (usual !== undefined) setProtocolId(usual.protocol.id);
    setIndication(template.indication);
    setInfusionMin(template.infusionMin);
    setRecoveryMin(template.recoveryMin);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(open());
  };
  /** The protocol brings its indication and its usual times; both can still be changed. */
  const choose = (protocol: VisitProtocol | null) => {
    setProtocolId(protocol?.id ?? 'none');
    if (protocol === null) return;
    setIndication(protocol.indication);
    setInfusionMin(protocol.plannedInfusionMs / MINUTE_MS);
    setRecoveryMin(protocol.recovery.plannedMs / MINUTE_MS);
  };
  const missing = [
    isPicked(picked) ? null : DIALOG.missingPatient,
    protocolId === null ? DIALOG.protocol : null,
    alarmsOn === null ? DIALOG.missingAlarms : null,
  ].filter((each) => each !== null);
  return (
    <Dialog
      title={`${DIALOG.openTitle}: ${chair.name}`}
      onClose={onClose}
      testId="open-session-dialog"
      isWide
    >
      <form onSubmit={submit} className="form">
        <PatientPicker
          register={chair.origin === 'live' ? 'live' : 'simulated'}
          picked={picked}
          onPick={setPicked}
          onCourse={takeCourse}
        />
        <fieldset className="taps field-wide" aria-label={DIALOG.protocol}>
          <legend>{DIALOG.protocol}</legend>
          {protocols.map(({ protocol, approval }) => (
            <button
              key={protocol.id}
              type="button"
              className={protocolId === protocol.id ? 'button button-main' : 'button'}
              aria-pressed={protocolId === protocol.id}
              onClick={() => choose(protocol)}
              data-testid={`open-protocol-${protocol.id}`}
            >
              {protocol.name}
              {approval.state === 'approved' ? null : <small>{DIALOG.notApproved}</small>}
            </button>
          ))}
          <button
            type="button"
            className={protocolId === 'none' ? 'button button-main' : 'button'}
            aria-pressed={protocolId === 'none'}
            onClick={() => choose(null)}
            data-testid="open-protocol-none"
          >
            {DIALOG.noProtocol}
          </button>
        </fieldset>
        <label className="field">
          {DIALOG.indication}
          <select
            value={indication}
            onChange={(event) => setIndication(event.target.value)}
            data-testid="open-indication"
          >
            {[...new Set([indication, ...INDICATIONS])].map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <MinutesField
          label={DIALOG.infusionMinutes}
          value={infusionMin}
          low={1}
          high={24 * 60}
          onChange={setInfusionMin}
        />
        <MinutesField
          label={DIALOG.recoveryMinutes}
          value={recoveryMin}
          low={15}
          high={6 * 60}
          onChange={setRecoveryMin}
        />
        <fieldset className="choice field-wide">
          <legend>{DIALOG.alarmsQuestion}</legend>
          <label>
            <input
              type="radio"
              name="alarms"
              checked={alarmsOn === true}
              onChange={() => setAlarmsOn(true)}
              data-testid="open-alarms-yes"
            />
            {DIALOG.alarmsYes}
          </label>
          <label>
            <input
              type="radio"
              name="alarms"
              checked={alarmsOn === false}
              onChange={() => setAlarmsOn(false)}
              data-testid="open-alarms-no"
            />
            {DIALOG.alarmsNo}
          </label>
          {alarmsOn === false ? <p className="warning">{DIALOG.alarmsWarning}</p> : null}
        </fieldset>
        <FailureLine message={(failure ?? unread)?.message ?? null} />
        <div className="dialog-foot field-wide">
          {missing.length === 0 ? null : (
            <p className="dialog-missing" data-testid="open-missing">
              {DIALOG.missing}: {missing.join(', ')}
            </p>
          )}
          <DialogButtons
            confirm={TEXT.openSession}
            onCancel={onClose}
            isDisabled={missing.length > 0 || isBusy}
          />
        </div>
      </form>
    </Dialog>
  );
};

/** A whole number of minutes within its bounds. */
export const MinutesField = ({
  label,
  value,
  low,
  high,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly onChange: (minutes: number) => void;
}) => (
  <label className="field">
    {label}
    <input
      type="number"
      value={Number.isNaN(value) ? '' : value}
      min={low}
      max={high}
      step={1}
      required
      onChange={(event) => onChange(event.target.valueAsNumber)}
    />
  </label>
);
