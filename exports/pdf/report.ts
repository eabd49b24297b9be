/** The report as data, before anything is drawn: what it says can be read and tested without a page. */

export interface TableColumn {
  readonly title: string;
  /** Share of the table's width; any unit. */
  readonly width: number;
  readonly isNumber?: boolean;
}

export type Block =
  | { readonly kind: 'text'; readonly text: string; readonly isStrong?: boolean }
  /** Label and value pairs, in this many columns side by side. */
  | {
      readonly kind: 'fields';
      readonly columns: 1 | 2 | 3;
      /** True: its labels are short; their values stand under those of the other blocks like it. */
      readonly hasShortLabels?: boolean;
      readonly rows: readonly (readonly [label: string, value: string])[];
    }
  | {
      readonly kind: 'table';
      readonly columns: readonly TableColumn[];
      readonly rows: readonly (readonly string[])[];
      /** True: in two columns, where its rows are short. */
      readonly flows?: boolean;
    }
  /** Two short lists next to each other. */
  | { readonly kind: 'beside'; readonly left: readonly Plain[]; readonly right: readonly Plain[] }
  | { readonly kind: 'charts' };

/** What can stand in half of a page's width. */
export type Plain = Extract<Block, { readonly kind: 'table' | 'text' }>;

export interface Section {
  /** Empty: the section has none. */
  readonly heading: string;
  readonly blocks: readonly Block[];
}

export interface Report {
  /** Black across every page: SIMULATED and the like; null: live. */
  readonly banner: string | null;
  /** On top of every page: whose record it is, and how it stands. */
  readonly running: { readonly left: string; readonly right: string };
  /** At the foot of every page, above the hash and the page's number. */
  readonly foot: string;
  readonly headHash: string;
  readonly sections: readonly Section[];
}

/** The report with every text put through `change`. */
export const mapTexts = (report: Report, change: (text: string) => string): Report => ({
  banner: report.banner === null ? null : change(report.banner),
  running: { left: change(report.running.left), right: change(report.running.right) },
  foot: change(report.foot),
  headHash: change(report.headHash),
  sections: report.sections.map(({ heading, blocks }) => ({
    heading: change(heading),
    blocks: blocks.map((block) => mapBlock(block, change)),
  })),
});

const mapBlock = (block: Block, change: (text: string) => string): Block => {
  switch (block.kind) {
    case 'text':
    case 'table':
      return mapPlain(block, change);
    case 'fields':
      return { ...block, rows: block.rows.map(([label, value]) => [change(label), change(value)] as const) };
    case 'beside': {
      const all = (blocks: readonly Plain[]) => blocks.map((one) => mapPlain(one, change));
      return { ...block, left: all(block.left), right: all(block.right) };
    }
    case 'charts':
      return block;
    default:
      return block satisfies never;
  }
};

const mapPlain = (block: Plain, change: (text: string) => string): Plain =>
  block.kind === 'text'
    ? { ...block, text: change(block.text) }
    : {
        ...block,
        columns: block.columns.map((column) => ({ ...column, title: change(column.title) })),
        rows: block.rows.map((row) => row.map(change)),
      };
