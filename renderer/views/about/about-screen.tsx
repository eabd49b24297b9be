/** Help: what this is and is not, how late an alert can be, what nobody approved yet, and the sound. */
import type { ChairView } from '../../../core/api/views.ts';
import { useStation } from '../../app-context.tsx';
import { ProtocolPanel } from './protocol-panel.tsx';
import { SoundPanel } from './sound-panel.tsx';
import { DELAYS, SIGNS, TEXT } from './text.ts';

export const AboutScreen = () => {
  const station = useStation();
  return (
    <div className="page about">
      <h1>{TEXT.title}</h1>
      <p className="about-always">{TEXT.always}</p>
      {TEXT.what.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <SoundPanel />
      <h2>{TEXT.lateTitle}</h2>
      <p>{TEXT.lateIntro}</p>
      <Delays />
      <h2>{TEXT.notApprovedTitle}</h2>
      <NotApproved chairs={station?.chairs ?? []} />
      <ProtocolPanel />
      <h2>{TEXT.signsTitle}</h2>
      <table className="table">
        <tbody>
          {SIGNS.map(([sign, meaning]) => (
            <tr key={sign}>
              <th scope="row">{sign}</th>
              <td>{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {station === null ? null : (
        <p>
          {station.product.name} {TEXT.productVersion} {station.product.version}
        </p>
      )}
    </div>
  );
};

const Delays = () => (
  <table className="table">
    <thead>
      <tr>
        {TEXT.lateHead.map((word) => (
          <th key={word}>{word}</th>
        ))}
      </tr>
    </thead>
    <tbody>
      {DELAYS.map(([parameter, waits, averages, total]) => (
        <tr key={parameter}>
          <th scope="row">{parameter}</th>
          <td>{waits}</td>
          <td>{averages}</td>
          <td>{total}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

const NotApproved = ({ chairs }: { readonly chairs: readonly ChairView[] }) => {
  const open = chairs.filter(({ approval }) => approval.state === 'not-approved');
  const presets = [
    ...new Set(open.map(({ limits }) => `${limits.presetName}, ${TEXT.version} ${limits.presetVersion}`)),
  ];
  if (presets.length === 0) return <p>{TEXT.allApproved}</p>;
  return (
    <div data-testid="not-approved-list">
      <p>{TEXT.notApprovedHelp}</p>
      <ul>
        {presets.map((preset) => (
          <li key={preset}>{preset}</li>
        ))}
      </ul>
    </div>
  );
};
