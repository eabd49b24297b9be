/**
 * Reads the hazard tables of `docs/hazards.md` and says what is wrong with them. A row has nine cells: id, hazard,
 * sequence of events, harm, severity, probability before → after the control, control, proof, what is left. The
 * proof names tests as `` `file` "title" "title" ``, entries parted by `<br>`.
 */

export interface Hazard {
  readonly id: string;
  readonly cells: readonly string[];
  readonly severity: string;
  readonly probability: string;
  readonly control: string;
  readonly tests: readonly { readonly file: string; readonly title: string }[];
  /** Where the proof is not written as it must be. */
  readonly unread: readonly string[];
}

/** What the check needs to know about the repository. */
export interface Repository {
  /** Titles of the tests in a file; null when there is no such file. */
  titles(file: string): ReadonlySet<string> | null;
  isFile(path: string): boolean;
}

const CELLS = 9;
export const NOT_CONTROLLED = 'not yet controlled';
/** From this severity and remaining probability on, a row must say what is missing. */
const GRAVE = { severity: 4, probability: 3 } as const;

/** The rows of all tables whose first cell begins with "HZ". */
export const parseHazards = (markdown: string): readonly Hazard[] =>
  markdown
    .split('\n')
    .filter((line) => /^\|\s*HZ/.test(line))
    .map((line) => {
      const cells = line
        .trim()
        .replace(/^\||\|$/g, '')
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll('\\|', '|'));
      const entries = (cells[7] ?? '').split('<br>').map((entry) => entry.trim());
      return {
        id: cells[0] ?? '',
        cells,
        severity: cells[4] ?? '',
        probability: cells[5] ?? '',
        control: cells[6] ?? '',
        tests: entries.flatMap(testsOf),
        unread: entries.filter((entry) => entry !== '' && entry !== '–' && testsOf(entry).length === 0),
      };
    });

const testsOf = (entry: string): Hazard['tests'] => {
  const match = /^`([^`]+)`((?:\s+"[^"]+")+)$/.exec(entry);
  if (match?.[1] === undefined || match[2] === undefined) return [];
  const file = match[1];
  return [...match[2].matchAll(/"([^"]+)"/g)].flatMap(([, title]) =>
    title === undefined ? [] : [{ file, title }],
  );
};

/** Everything that is wrong with the rows, one line each; empty when nothing is. */
export const hazardProblems = (hazards: readonly Hazard[], repository: Repository): readonly string[] => {
  const known = new Set<string>();
  return hazards.flatMap((hazard) => {
    const isDoubled = known.has(hazard.id);
    known.add(hazard.id);
    return [...(isDoubled ? ['the id is doubled'] : []), ...rowProblems(hazard, repository)].map(
      (problem) => `${hazard.id}: ${problem}`,
    );
  });
};

const rowProblems = (hazard: Hazard, { titles, isFile }: Repository): readonly string[] => {
  const problems: string[] = [];
  if (!/^HZ-\d{2,3}$/.test(hazard.id)) problems.push('the id is not HZ- and two or three digits');
  if (hazard.cells.length !== CELLS) return [...problems, `has ${hazard.cells.length} cells, not ${CELLS}`];
  if (hazard.cells.slice(1, 4).includes('')) problems.push('lacks its hazard, its sequence or its harm');
  const severity = /^S([1-5])$/.exec(hazard.severity);
  if (severity === null) problems.push('lacks a severity S1 to S5');
  const probability = /^P([1-5]) → P([1-5])$/.exec(hazard.probability);
  if (probability === null) problems.push('lacks a probability "Pn → Pn"');
  else if (Number(probability[2]) > Number(probability[1]))
    problems.push('its control makes it more probable');
  if (hazard.control === '' || hazard.control === '–') problems.push('lacks a control');
  for (const [, path] of hazard.control.matchAll(/`([^`]+\/[^`]*\.\w+)`/g)) {
    if (path !== undefined && !isFile(path)) problems.push(`its control names ${path}, which is not there`);
  }
  const isOpen = hazard.cells.some((cell) => cell.toLowerCase().includes(NOT_CONTROLLED));
  if (hazard.tests.length === 0 && !isOpen)
    problems.push(`names no test and does not say "${NOT_CONTROLLED}"`);
  const isGrave = Number(severity?.[1]) >= GRAVE.severity && Number(probability?.[2]) >= GRAVE.probability;
  if (isGrave && !isOpen) problems.push(`is grave after its control and does not say "${NOT_CONTROLLED}"`);
  for (const entry of hazard.unread) problems.push(`its proof cannot be read: ${entry}`);
  for (const { file, title } of hazard.tests) {
    const found = titles(file);
    if (found === null) problems.push(`names ${file}, which is not there`);
    else if (!found.has(title)) problems.push(`names "${title}", which is no test of ${file}`);
  }
  return problems;
};
