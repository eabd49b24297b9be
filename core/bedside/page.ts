/**
 * The page for the bedside of a device family: what a person does at the monitor so that numbers arrive. One source: the
 * screen, the command line and the family's README all show what the family's `bedside.ts` says.
 */

/** A fact with a source, or said to be unknown: what is missing and where it stands instead. Never a guess. */
export type BedsideFact = { readonly known: string } | { readonly unknown: string };

/** What a person needs to know beside the monitor. Sentences for people. */
export interface BedsidePage {
  /** What has to be switched on at the monitor, and in which menu. */
  readonly switchOn: BedsideFact;
  /** The plug at the monitor and its pins. */
  readonly plug: BedsideFact;
  /** Which cable, and how it is wired. */
  readonly cable: BedsideFact;
  /** Remarks on the line settings; the settings themselves are the profile's. */
  readonly line: readonly string[];
  /** What is unsure and shows itself at the bedside. */
  readonly unsure: readonly string[];
  /** What the family was tried on, in one sentence. */
  readonly triedOn: string;
}

/** The rows of the page in their order. `isKnown` false: the text says what nobody here knows. */
export interface BedsideRow {
  readonly label: string;
  readonly isKnown: boolean;
  readonly texts: readonly string[];
}

/** What the page is made of besides itself: facts of the profile. */
export interface BedsideProfile {
  /** "19200 8E1 RTS/CTS"; null: there is no serial line. */
  readonly settings: string | null;
  /** Other settings that its menus offer, in the same words. */
  readonly otherSettings: readonly string[];
  /** What Chairside may send, by name; empty: it only listens. */
  readonly sends: readonly string[];
}

/** What stands before the words of an unknown fact. */
export const NOT_KNOWN = 'Not known';

/** The page in rows, the same on the screen and in the README. */
export const bedsideRows = (page: BedsidePage, profile: BedsideProfile): readonly BedsideRow[] => {
  const { settings, otherSettings, sends } = profile;
  const others = otherSettings.length === 0 ? [] : [`Also met: ${otherSettings.join(', ')}.`];
  const line = [settings === null ? 'No serial line: the network.' : `${settings}.`, ...others, ...page.line];
  return [
    factRow('Switch on at the monitor', page.switchOn),
    factRow('Plug at the monitor', page.plug),
    factRow('Cable', page.cable),
    { label: 'Line settings', isKnown: true, texts: line },
    {
      label: 'Chairside sends',
      isKnown: true,
      texts: sends.length === 0 ? ['Nothing: it only listens.'] : sends.map(capital),
    },
    {
      label: 'Unsure',
      isKnown: true,
      texts: page.unsure.length === 0 ? ['Nothing that shows here.'] : page.unsure,
    },
    { label: 'Tried on', isKnown: true, texts: [page.triedOn] },
  ];
};

/** The page as a section of a README (Markdown). */
export const bedsideMarkdown = (page: BedsidePage, profile: BedsideProfile): string =>
  [
    '## At the bedside',
    '',
    '| | |',
    '| --- | --- |',
    ...bedsideRows(page, profile).map(
      ({ label, isKnown, texts }) =>
        `| ${label} | ${isKnown ? '' : `**${NOT_KNOWN}:** `}${texts.join(' ')} |`,
    ),
    '',
  ].join('\n');

const factRow = (label: string, fact: BedsideFact): BedsideRow =>
  'known' in fact
    ? { label, isKnown: true, texts: [fact.known] }
    : { label, isKnown: false, texts: [fact.unknown] };

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
