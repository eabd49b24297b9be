/** Adds a monitor or changes one: which family, on which line, at which chair. The line can be tested before. */
import { type FormEvent, useState } from 'react';
import type { ChairView, FamilyView, MonitorView, PortView } from '../../../core/api/views.ts';
import { chairId } from '../../../core/ids.ts';
import { describeSettings } from '../../../core/line/line-settings.ts';
import { Dialog, DialogButtons, FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { draftLine } from '../../view-model/line-draft.ts';
import {
  draftAddress,
  draftOf,
  draftOptions,
  type MonitorDraft,
  withFamily,
  withFound,
} from '../../view-model/monitor-draft.ts';
import { AddressFields } from './address-fields.tsx';
import { DetectPanel } from './detect-panel.tsx';
import { FamilyFacts } from './family-facts.tsx';
import { LineFields } from './line-fields.tsx';
import { LineTest } from './line-test.tsx';
import { OptionFields } from './option-fields.tsx';
import { FORM } from './text.ts';
import { useChoices } from './use-choices.ts';

/** @param editing the monitor to change; null: a new one is added. */
export const MonitorDialog = ({
  chairs,
  editing,
  onClose,
}: {
  readonly chairs: readonly ChairView[];
  readonly editing: MonitorView | null;
  readonly onClose: () => void;
}) => {
  const { families, ports, message, refresh } = useChoices();
  const [draft, setDraft] = useState<MonitorDraft>(
    () => (editing === null ? null : draftOf(editing)) ?? emptyDraft(chairs),
  );
  const { perform, failure, isBusy } = usePerform();
  const family = families.find(({ id }) => id === draft.family) ?? families[0];
  const setup = setupOf(draft, family, ports, editing);
  const change = (part: Partial<MonitorDraft>) => setDraft((before) => ({ ...before, ...part }));
  const isSerial = draft.kind === 'serial';

  const save = async () => {
    if (setup === null) return;
    const { family: id, address, options, line, title } = setup;
    const name = draft.name.trim() || title;
    const done = await perform((call, by) =>
      editing === null
        ? call('monitor.add', {
            ...{ chairId: chairId(draft.chairId), name, family: id, address, options, line },
            simulated: draft.simulated,
            by,
          })
        : call('monitor.change', { monitorId: editing.id, name, address, options, line, by }),
    );
    if (done !== null) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(save());
  };
  return (
    <Dialog
      title={editing === null ? FORM.title : `${FORM.changeTitle} ${editing.name}`}
      onClose={onClose}
      testId={editing === null ? 'add-monitor-dialog' : 'change-monitor-dialog'}
      isWide
    >
      <FailureLine message={message} />
      {family === undefined ? (
        <p>{FORM.loading}</p>
      ) : (
        <FamilyFacts
          family={family}
          families={editing === null ? families : [family]}
          onChange={(chosen) => setDraft((before) => withFamily(before, chosen))}
        />
      )}
      <form onSubmit={submit} className="form">
        <AddressFields draft={draft} ports={ports} onChange={change} onRefresh={refresh} />
        {editing === null ? (
          <DetectPanel
            address={setup?.address ?? draftAddress(draft, ports)}
            onUse={({ family: id, line }) => {
              const chosen = families.find((each) => each.id === id);
              if (chosen !== undefined) setDraft((before) => withFound(before, chosen, line));
            }}
          />
        ) : null}
        {family !== undefined && isSerial ? (
          <LineFields family={family.serial} line={draft.line} onChange={(line) => change({ line })} />
        ) : null}
        {family !== undefined && draft.kind === 'tcp' ? (
          <p className="field-wide">
            {FORM.serverSettings} <strong>{describeSettings(family.serial)}</strong>
          </p>
        ) : null}
        <label className="field">
          {FORM.name}
          <input
            value={draft.name}
            placeholder={family?.title}
            maxLength={60}
            onChange={(event) => change({ name: event.target.value })}
            data-testid="monitor-name"
          />
        </label>
        {editing === null ? (
          <ChairField chairs={chairs} value={draft.chairId} onChange={(id) => change({ chairId: id })} />
        ) : null}
        <OptionFields
          specs={family?.options ?? []}
          values={draft.options}
          onChange={(key, value) => change({ options: { ...draft.options, [key]: value } })}
        />
        {editing === null ? (
          <label className="check field-wide">
            <input
              type="checkbox"
              checked={draft.simulated}
              onChange={(event) => change({ simulated: event.target.checked })}
              data-testid="monitor-simulated"
            />
            {FORM.simulated}
          </label>
        ) : null}
        <LineTest what={setup} />
        <FailureLine message={failure?.message ?? null} />
        <DialogButtons
          confirm={editing === null ? FORM.save : FORM.saveChange}
          onCancel={onClose}
          isDisabled={isBusy || setup === null}
        />
      </form>
    </Dialog>
  );
};

/** What the form means; null while it is not complete. */
const setupOf = (
  draft: MonitorDraft,
  family: FamilyView | undefined,
  ports: readonly PortView[],
  editing: MonitorView | null,
) => {
  const address = draftAddress(draft, ports);
  const options = draftOptions(draft, family?.options ?? []);
  if (family === undefined || address === null || options === null) return null;
  const line = draftLine(draft.line, family.serial);
  if (line === null) return null;
  return { family: family.id, title: family.title, address, options, line, monitorId: editing?.id ?? null };
};

const ChairField = ({
  chairs,
  value,
  onChange,
}: {
  readonly chairs: readonly ChairView[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}) => (
  <label className="field">
    {FORM.chair}
    <select value={value} onChange={(event) => onChange(event.target.value)} data-testid="monitor-chair">
      {chairs.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  </label>
);

const emptyDraft = (chairs: readonly ChairView[]): MonitorDraft => ({
  family: '',
  kind: 'serial',
  path: '',
  host: '',
  port: '',
  name: '',
  chairId: chairs[0]?.id ?? '',
  simulated: false,
  options: {},
  line: {},
});
