/** The picture's three tables. A group that is not told has its row, and says why it is empty. */
import type { ClinicPictureView } from '../../../core/api/across-commands.ts';
import { useStation } from '../../app-context.tsx';
import { bandRows, burdenRows, wholeRows } from '../../view-model/clinic-picture.ts';
import { TEXT } from './text.ts';

export const ClinicTables = ({ view }: { readonly view: ClinicPictureView }) => {
  const chairs = useStation()?.chairs ?? [];
  const nameOf = (id: string): string | null => chairs.find((chair) => chair.id === id)?.name ?? null;
  const bands = bandRows(view);
  const months = burdenRows(view, nameOf);
  return (
    <>
      <p className="hint">{TEXT.help}</p>
      {view.pending === 0 ? null : (
        <p className="warning" data-testid="clinic-pending">
          {TEXT.pending} {view.pending}
        </p>
      )}
      {view.whole.kind === 'few' ? (
        <p className="empty" data-testid="clinic-few">
          {TEXT.few}
        </p>
      ) : (
        <table className="table log-figures" data-testid="clinic-whole">
          <tbody>
            {wholeRows(view.whole).map(([label, value]) => (
              <tr key={label}>
                <th>{label}</th>
                <td className="number">{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h2>{TEXT.bands}</h2>
      {bands.length === 0 ? <p className="empty">{TEXT.noBands}</p> : null}
      {bands.length === 0 ? null : (
        <div className="table-wide">
          <table className="table table-rows" data-testid="clinic-bands">
            <thead>
              <tr>
                <th>{TEXT.drug}</th>
                <th>{TEXT.dose}</th>
                <th className="number">{TEXT.sessions}</th>
                <th className="number">{TEXT.median}</th>
                <th className="number">{TEXT.quartiles}</th>
                <th className="number">{TEXT.greatest}</th>
              </tr>
            </thead>
            <tbody>
              {bands.map((row) => (
                <tr key={row.key}>
                  <td>{row.drug}</td>
                  <td>{row.dose}</td>
                  <td className="number">{row.sessions}</td>
                  <td className="number">{row.median ?? '–'}</td>
                  <td className="number">{row.quartiles ?? '–'}</td>
                  <td className="number">{row.greatest ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <h2>{TEXT.burden}</h2>
      {months.length === 0 ? <p className="empty">{TEXT.noBurden}</p> : null}
      {months.length === 0 ? null : (
        <div className="table-wide">
          <table className="table table-rows" data-testid="clinic-burden">
            <thead>
              <tr>
                <th>{TEXT.month}</th>
                <th>{TEXT.chair}</th>
                <th className="number">{TEXT.sessions}</th>
                <th className="number">{TEXT.high}</th>
                <th className="number">{TEXT.medium}</th>
                <th className="number">{TEXT.low}</th>
              </tr>
            </thead>
            <tbody>
              {months.map(({ key, month, chair, sessions, minutes }) => (
                <tr key={key}>
                  <td>{month}</td>
                  <td>{chair}</td>
                  <td className="number">{sessions}</td>
                  <td className="number">{minutes?.[0] ?? '–'}</td>
                  <td className="number">{minutes?.[1] ?? '–'}</td>
                  <td className="number">{minutes?.[2] ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
};
