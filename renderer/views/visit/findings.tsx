/** What speaks against a number that somebody entered: first what a slip would explain. */
import type { DoseFinding } from '../../../core/dose/findings.ts';
import { TEXT } from './text.ts';

const LEVEL_WORDS: Readonly<Record<DoseFinding['level'], string>> = {
  'second-look': 'Look twice',
  hard: 'Beyond the bounds',
  soft: 'Unusual',
};

export const Findings = ({ findings }: { readonly findings: readonly DoseFinding[] }) =>
  findings.length === 0 ? null : (
    <section className="findings" role="alert" data-testid="findings">
      <h3>{TEXT.findings}</h3>
      <ul>
        {findings.map(({ code, level, text }) => (
          <li key={code} data-level={level} data-code={code}>
            <strong>{LEVEL_WORDS[level]}:</strong> {text}
          </li>
        ))}
      </ul>
    </section>
  );
