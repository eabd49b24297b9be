/** Hands a session on: asks as what, has the station make the file, and saves it. */
import { type FormEvent, useState } from 'react';
import type { SessionId } from '../../../core/ids.ts';
import { seesNames } from '../../../core/people/permissions.ts';
import {
  EXPORT_FORMATS,
  type ExportFormat,
  PAPERS,
  type Paper,
} from '../../../core/review/export-formats.ts';
import { useWindow } from '../../app-context.tsx';
import { Dialog, DialogButtons, FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { mayHere } from '../../store/identity.ts';
import { fetchExport, saveFile } from '../../view-model/download.ts';

const TEXT = {
  button: 'Hand on…',
  title: 'Hand on this session',
  format: 'As what',
  lines: 'Lines of the table',
  paper: 'Paper',
  confirm: 'Make the file',
  names: 'The file names the patient. That you hand it on is written into the record of access.',
  noNames: 'Names and typed words are left out. That you hand it on is written into the record of access.',
  making: 'The station makes the file…',
  coming: 'Fetching the file:',
  done: 'Handed over for saving:',
};

const FORMATS: Readonly<Record<ExportFormat, string>> = {
  csv: 'CSV: a table for spreadsheets and statistics',
  json: 'JSON: everything, for programs',
  fhir: 'FHIR R4: for a health record',
  hl7: 'HL7 v2: for an interface engine',
  pdf: 'PDF: the report, on paper',
};
const STEPS: readonly { readonly ms: number | null; readonly label: string }[] = [
  { ms: 60_000, label: 'One a minute' },
  { ms: 300_000, label: 'One every 5 min' },
  { ms: 900_000, label: 'One every 15 min' },
  { ms: null, label: 'Every value as it was received' },
];
const PAPER_LABELS: Readonly<Record<Paper, string>> = { a4: 'A4', letter: 'Letter' };

/** The button in the review; nobody who may not hand on sees it. */
export const HandOnButton = ({ sessionId }: { readonly sessionId: SessionId }) => {
  const [isOpen, setOpen] = useState(false);
  const isAllowed = useWindow(({ identity }) => mayHere(identity, 'export'));
  if (!isAllowed) return null;
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)} data-testid="hand-on">
        {TEXT.button}
      </button>
      {isOpen ? <ExportDialog sessionId={sessionId} onClose={() => setOpen(false)} /> : null}
    </>
  );
};

type Progress =
  | { readonly kind: 'asking' }
  | { readonly kind: 'making' }
  | { readonly kind: 'coming'; readonly share: number }
  | { readonly kind: 'done'; readonly fileName: string };

const ExportDialog = ({
  sessionId,
  onClose,
}: {
  readonly sessionId: SessionId;
  readonly onClose: () => void;
}) => {
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [flowsheetMs, setFlowsheetMs] = useState<number | null>(60_000);
  const [paper, setPaper] = useState<Paper>('a4');
  const [progress, setProgress] = useState<Progress>({ kind: 'asking' });
  const role = useWindow(({ identity }) => identity?.person?.role ?? null);
  const { perform, failure, isBusy } = usePerform();
  const hand = async () => {
    const saved = await perform(async (call, by) => {
      setProgress({ kind: 'making' });
      const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
      const file = await call('session.export', { sessionId, format, flowsheetMs, timeZone, paper, by });
      saveFile(await fetchExport(call, file, (share) => setProgress({ kind: 'coming', share })), file);
      return file;
    });
    setProgress(saved === null ? { kind: 'asking' } : { kind: 'done', fileName: saved.fileName });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(hand());
  };
  return (
    <Dialog title={TEXT.title} onClose={onClose} testId="export-dialog">
      <form onSubmit={submit}>
        <Choice
          name="format"
          legend={TEXT.format}
          value={format}
          options={EXPORT_FORMATS.map((each) => ({ value: each, label: FORMATS[each] }))}
          onChange={setFormat}
        />
        {format === 'csv' ? (
          <Choice
            name="lines"
            legend={TEXT.lines}
            value={flowsheetMs}
            options={STEPS.map(({ ms, label }) => ({ value: ms, label }))}
            onChange={setFlowsheetMs}
          />
        ) : null}
        {format === 'pdf' ? (
          <Choice
            name="paper"
            legend={TEXT.paper}
            value={paper}
            options={PAPERS.map((each) => ({ value: each, label: PAPER_LABELS[each] }))}
            onChange={setPaper}
          />
        ) : null}
        <p>{role === null || seesNames(role) ? TEXT.names : TEXT.noNames}</p>
        <p role="status" data-testid="export-progress">
          {progressText(progress)}
        </p>
        <FailureLine message={failure?.message ?? null} />
        <DialogButtons confirm={TEXT.confirm} onCancel={onClose} isDisabled={isBusy} />
      </form>
    </Dialog>
  );
};

const progressText = (progress: Progress): string => {
  switch (progress.kind) {
    case 'asking':
      return '';
    case 'making':
      return TEXT.making;
    case 'coming':
      return `${TEXT.coming} ${Math.round(progress.share * 100)} %`;
    case 'done':
      return `${TEXT.done} ${progress.fileName}`;
    default:
      return progress satisfies never;
  }
};

interface ChoiceProps<T> {
  readonly name: string;
  readonly legend: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

const Choice = <T extends string | number | null>({
  name,
  legend,
  value,
  options,
  onChange,
}: ChoiceProps<T>) => (
  <fieldset className="choice">
    <legend>{legend}</legend>
    {options.map((option) => (
      <label key={String(option.value)}>
        <input
          type="radio"
          name={name}
          checked={option.value === value}
          onChange={() => onChange(option.value)}
          data-testid={`${name}-${option.value}`}
        />
        {option.label}
      </label>
    ))}
  </fieldset>
);
