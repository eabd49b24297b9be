/** A sign beside the word of each flag. None of them is a sign of an alarm. */
import type { SessionFlag } from '../../../core/finding/session-facts.ts';

const PATHS: Readonly<Record<SessionFlag, string>> = {
  'bp-spike': 'M2 17h5l4-13 4 13h7',
  'dose-reduced': 'M12 4v15M6 13l6 6 6-6',
  override: 'M3 12h12M11 6l6 6-6 6M20 4v16',
  'severe-effect': 'M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19zM8 17c1-2 2.500-3 4-3s3 1 4 3M9 9v1M15 9v1',
  'ended-early': 'M6 6h12v12H6z',
  'data-gap': 'M2 12h6M16 12h6M11 9v6M13 9v6',
  unsigned: 'M4 20h16M6 15l9-11 4 3-9 10-5 2z',
};

/** The word always stands beside it. */
export const FlagIcon = ({ flag }: { readonly flag: SessionFlag }) => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path className="stroke" d={PATHS[flag]} />
  </svg>
);
