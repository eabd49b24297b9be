/** The sessions that were found, one line each. */
import type { SessionFacts } from '../../../core/finding/session-facts.ts';
import { type FoundLine, foundLine } from '../../view-model/finding.ts';
import { ORIGIN_WORDS } from '../../view-model/origin.ts';
import { sessionHash } from '../../view-model/route.ts';
import { FIND_TEXT as TEXT } from './find-text.ts';
import { FlagIcon } from './flag-icon.tsx';

export const FoundTable = ({ found }: { readonly found: readonly SessionFacts[] }) => (
  <div className="table-wide">
    <table className="table table-rows found-table" data-testid="found-table">
      <thead>
        <tr>
          <th>{TEXT.opened}</th>
          <th>{TEXT.patient}</th>
          <th>{TEXT.indication}</th>
          <th className="number">{TEXT.course}</th>
          <th>{TEXT.phase}</th>
          <th className="number">
            {TEXT.peak} <small>{TEXT.mmHg}</small>
          </th>
          <th className="number">
            {TEXT.rise} <small>{TEXT.mmHg}</small>
          </th>
          <th className="number">{TEXT.dose}</th>
          <th className="number">
            {TEXT.alarms} <small>{TEXT.alarmsUnit}</small>
          </th>
          <th>{TEXT.what}</th>
        </tr>
      </thead>
      <tbody>
        {found.map((facts) => (
          <Line key={facts.id} line={foundLine(facts)} />
        ))}
      </tbody>
    </table>
  </div>
);

const Line = ({ line }: { readonly line: FoundLine }) => (
  <tr data-testid={`session-${line.id}`}>
    <td>
      <a className="found-link" href={sessionHash(line.id)}>
        {line.opened}
      </a>
      {/* In the first column, which no narrow window pushes out of sight. */}
      <small>
        {ORIGIN_WORDS[line.origin] === null ? (
          TEXT.live
        ) : (
          <span className="origin-word">{ORIGIN_WORDS[line.origin]}</span>
        )}
      </small>
    </td>
    <td>
      {line.patient}
      {line.identifiers === '' ? null : <small>{line.identifiers}</small>}
    </td>
    <td>{line.indication}</td>
    <td className="number">{line.course}</td>
    <td>{line.phase}</td>
    <td className="number">{line.peak}</td>
    <td className="number">{line.rise}</td>
    <td className="number">{line.dose}</td>
    <td className="number">{line.alarms}</td>
    <td>
      {line.isPending ? <small>{TEXT.numbersPending}</small> : null}
      <ul className="found-flags">
        {line.flags.map(({ flag, word }) => (
          <li key={flag} data-flag={flag}>
            <FlagIcon flag={flag} /> {word}
          </li>
        ))}
      </ul>
    </td>
  </tr>
);
