/** One monitor: its line in words and numbers, what it says about itself, and its raw bytes on request. */
import { type ReactNode, useState } from 'react';
import type { MonitorView } from '../../../core/api/views.ts';
import { describeSettings } from '../../../core/line/line-settings.ts';
import { metricRow } from '../../../core/nomenclature/metrics.ts';
import { useNow } from '../../app-context.tsx';
import { draftOf } from '../../view-model/monitor-draft.ts';
import { ORIGIN_WORDS } from '../../view-model/origin.ts';
import type { MetricSource, SourceRank } from '../../view-model/source-order.ts';
import { ageText, sinceMs } from '../../view-model/time-text.ts';
import { LINK_WORDS } from '../room/text.ts';
import { CuffPermission } from './cuff-permission.tsx';
import { RawView } from './raw-view.tsx';
import { SourceOrder } from './source-order.tsx';
import { SureDialog } from './sure-dialog.tsx';
import { TEXT } from './text.ts';
import { Unmapped } from './unmapped.tsx';

export const MonitorCard = ({
  monitor,
  chairName,
  source,
  metrics,
  onChange,
}: {
  readonly monitor: MonitorView;
  readonly chairName: string;
  /** Null: it is the chair's only monitor. */
  readonly source: SourceRank | null;
  readonly metrics: readonly MetricSource[];
  readonly onChange: () => void;
}) => {
  const [isWatching, setWatching] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const origin = ORIGIN_WORDS[monitor.origin];
  return (
    <section
      className="panel monitor-card"
      data-testid={`monitor-${monitor.id}`}
      data-link-state={monitor.state}
      aria-label={monitor.name}
    >
      <header className="monitor-head">
        <h2>{monitor.name}</h2>
        <span className="monitor-family">{monitor.familyTitle}</span>
        {origin === null ? null : <span className="origin-word">{origin}</span>}
        <span className="monitor-state" data-link-state={monitor.state} data-testid="link-state">
          {LINK_WORDS[monitor.state]}
        </span>
        <button
          type="button"
          className="button"
          aria-expanded={isWatching}
          onClick={() => setWatching(!isWatching)}
          data-testid="watch"
        >
          {isWatching ? TEXT.hide : TEXT.watch}
        </button>
        {draftOf(monitor) === null ? null : (
          <button type="button" className="button" onClick={onChange} data-testid="change-monitor">
            {TEXT.change}…
          </button>
        )}
        <button
          type="button"
          className="button button-quiet"
          onClick={() => setRemoving(true)}
          data-testid="remove-monitor"
        >
          {TEXT.remove}…
        </button>
      </header>
      <p className="monitor-detail">{monitor.detail}</p>
      <Facts monitor={monitor} chairName={chairName} />
      {source === null ? null : <SourceOrder monitor={monitor} source={source} metrics={metrics} />}
      {monitor.hasCuffControl ? <CuffPermission monitor={monitor} /> : null}
      {monitor.unmapped.length === 0 ? null : <Unmapped items={monitor.unmapped} />}
      {isWatching ? <RawView monitorId={monitor.id} /> : null}
      {isRemoving ? (
        <SureDialog
          title={`${TEXT.removeTitle} ${monitor.name}`}
          help={TEXT.removeHelp}
          confirm={TEXT.remove}
          onClose={() => setRemoving(false)}
          onSure={(call, by) => call('monitor.remove', { monitorId: monitor.id, by })}
        />
      ) : null}
    </section>
  );
};

const Facts = ({ monitor, chairName }: { readonly monitor: MonitorView; readonly chairName: string }) => {
  const now = useNow();
  const { counters, identity } = monitor;
  const refusals = Object.entries(counters.rejected).filter(([, count]) => count > 0);
  const conditions = monitor.conditions.filter(({ present }) => present);
  return (
    <dl className="facts">
      <Fact name={TEXT.chair}>{chairName}</Fact>
      <Fact name={TEXT.line}>
        {monitor.addressLabel}
        {Object.keys(monitor.line).length === 0 ? null : (
          <strong data-testid="line-marked">
            {' '}
            ({TEXT.lineOther} {describeSettings(monitor.familyLine)})
          </strong>
        )}
      </Fact>
      <Fact name={TEXT.bytes}>{counters.bytes.toLocaleString('en')}</Fact>
      <Fact name={TEXT.frames}>{counters.frames.toLocaleString('en')}</Fact>
      <Fact name={TEXT.values}>{counters.observations.toLocaleString('en')}</Fact>
      <Fact name={TEXT.rejected}>{counters.rejectedBytes.toLocaleString('en')}</Fact>
      <Fact name={TEXT.reasons}>
        {refusals.length === 0
          ? TEXT.noRefusals
          : refusals.map(([reason, count]) => `${reason} ${count}`).join(', ')}
      </Fact>
      <Fact name={TEXT.reconnects}>{counters.reconnects}</Fact>
      <Fact name={TEXT.lastFrame}>{lastFrame(monitor, now)}</Fact>
      {identity === null ? null : (
        <Fact name={TEXT.identity}>
          {[identity.model, identity.serial, identity.software].filter((part) => part !== null).join(' · ')}
        </Fact>
      )}
      {conditions.length === 0 ? null : (
        <Fact name={TEXT.conditions}>
          {conditions
            .map(
              ({ metric, text, code }) =>
                `${metric === null ? '' : `${metricRow(metric).label} `}${text || code}`,
            )
            .join(', ')}
        </Fact>
      )}
      {monitor.limits.length === 0 ? null : (
        <Fact name={TEXT.ownLimits}>
          {monitor.limits
            .map(({ metric, low, high }) => `${metricRow(metric).label} ${low ?? 'OFF'}–${high ?? 'OFF'}`)
            .join(', ')}
        </Fact>
      )}
    </dl>
  );
};

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const lastFrame = (monitor: MonitorView, now: ReturnType<typeof useNow>): string => {
  if (monitor.lastFrameAt === null) return TEXT.never;
  if (now === null) return TEXT.unknown;
  return `${ageText(sinceMs(monitor.lastFrameAt, now))} ${TEXT.ago}`;
};
