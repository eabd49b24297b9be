/** A modal dialog with a heading: focus goes in and comes back, Escape closes. */
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useStation, useWindow } from '../app-context.tsx';
import { alarmLine } from '../view-model/alarm.ts';
import { foremostOfChair } from '../view-model/room-alarms.ts';
import { PriorityIcon } from './icons.tsx';

const TEXT = { back: 'Go back', notMonitoring: 'NOT MONITORING: look at the bedside monitors' };
const NO_CHAIRS: readonly never[] = [];

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly testId: string;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

export const Dialog = ({ title, onClose, testId, isWide = false, children }: DialogProps) => {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before the browser takes the element away, so that the focus goes back to where it was.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={isWide ? 'dialog dialog-wide' : 'dialog'}
      aria-labelledby={titleId}
      data-testid={testId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <DialogAlarm />
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  );
};

/** A dialog lies over everything: what must not be missed behind it is said in it. */
const DialogAlarm = () => {
  const chairs = useStation()?.chairs ?? NO_CHAIRS;
  const link = useWindow((state) => state.link);
  if (link === 'silent') {
    return <p className="dialog-alarm not-monitoring">{TEXT.notMonitoring}</p>;
  }
  const open = chairs.flatMap((chair) => {
    const alarm = foremostOfChair(chair.alarms.alarms.filter(({ acknowledged }) => acknowledged === null));
    return alarm === null ? [] : [{ chair, alarm }];
  });
  const first = foremostOfChair(open.map(({ alarm }) => alarm));
  const found = open.find(({ alarm }) => alarm === first);
  if (found === undefined) return null;
  const line = alarmLine(found.alarm, null);
  return (
    <p
      className="dialog-alarm"
      role="alert"
      data-priority={line.priority}
      data-flash={line.flash ? 'on' : 'off'}
    >
      <PriorityIcon priority={line.priority} />
      <strong>
        {found.chair.name}: {line.mark} {line.message || line.title}
      </strong>{' '}
      {line.stateText}
    </p>
  );
};

/** The two buttons at the foot of every dialog. */
export const DialogButtons = ({
  confirm,
  onCancel,
  isDisabled = false,
  isDanger = false,
}: {
  readonly confirm: string;
  readonly onCancel: () => void;
  readonly isDisabled?: boolean;
  readonly isDanger?: boolean;
}) => (
  <div className="dialog-buttons">
    <button type="button" className="button" onClick={onCancel} data-testid="dialog-cancel">
      {TEXT.back}
    </button>
    <button
      type="submit"
      className={isDanger ? 'button button-danger' : 'button button-main'}
      disabled={isDisabled}
      data-testid="confirm"
    >
      {confirm}
    </button>
  </div>
);

/** Why the last action did not work, in one line. */
export const FailureLine = ({ message }: { readonly message: string | null }) =>
  message === null ? null : (
    <p className="failure" role="alert" data-testid="failure">
      {message}
    </p>
  );
