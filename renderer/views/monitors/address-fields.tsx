/** The part of the form that says where a monitor's bytes come from. */
import type { PortView } from '../../../core/api/views.ts';
import { type MonitorDraft, OWN_HOST, portLabel } from '../../view-model/monitor-draft.ts';
import { FORM } from './text.ts';

interface AddressFieldsProps {
  readonly draft: MonitorDraft;
  readonly ports: readonly PortView[];
  readonly onChange: (part: Partial<MonitorDraft>) => void;
  readonly onRefresh: () => void;
}

export const AddressFields = ({ draft, ports, onChange, onRefresh }: AddressFieldsProps) => (
  <>
    <fieldset className="choice field-wide">
      <legend>{FORM.via}</legend>
      {(['serial', 'tcp', 'tcp-listen'] as const).map((kind) => (
        <label key={kind}>
          <input
            type="radio"
            name="kind"
            checked={draft.kind === kind}
            onChange={() => onChange({ kind })}
            data-testid={`via-${kind}`}
          />
          {FORM.kinds[kind]}
        </label>
      ))}
    </fieldset>
    {draft.kind === 'serial' ? (
      <SerialFields draft={draft} ports={ports} onChange={onChange} onRefresh={onRefresh} />
    ) : (
      <>
        <label className="field">
          {draft.kind === 'tcp' ? FORM.host : FORM.listenHost}
          <input
            value={draft.host}
            placeholder={draft.kind === 'tcp' ? undefined : OWN_HOST}
            onChange={(event) => onChange({ host: event.target.value })}
            data-testid="tcp-host"
          />
        </label>
        <label className="field">
          {FORM.tcpPort}
          <input
            value={draft.port}
            inputMode="numeric"
            onChange={(event) => onChange({ port: event.target.value })}
            data-testid="tcp-port"
          />
        </label>
        {draft.kind === 'tcp-listen' ? <p className="field-wide">{FORM.listenHelp}</p> : null}
      </>
    )}
  </>
);

const SerialFields = ({ draft, ports, onChange, onRefresh }: AddressFieldsProps) => {
  const isListed = ports.some(({ path }) => path === draft.path);
  return (
    <>
      <label className="field">
        {FORM.port}
        <select
          value={isListed ? draft.path : ''}
          onChange={(event) => onChange({ path: event.target.value })}
          data-testid="serial-port"
        >
          <option value="">{ports.length === 0 ? FORM.noPorts : FORM.otherPort}</option>
          {ports.map((port) => (
            <option key={port.path} value={port.path}>
              {portLabel(port)}
            </option>
          ))}
        </select>
        <button type="button" className="link-button" onClick={onRefresh}>
          {FORM.refresh}
        </button>
      </label>
      <label className="field">
        {FORM.path}
        <input
          value={draft.path}
          onChange={(event) => onChange({ path: event.target.value })}
          data-testid="serial-path"
        />
      </label>
    </>
  );
};
