/** Labels at the ends of lines, moved apart so that none covers another, each as near to its own line as that allows. */

export interface LabelEnd {
  /** Where the line ends (CSS pixels). */
  readonly x: number;
  readonly y: number;
}

export interface LabelPlace {
  /** Where the label stands. Labels of ends that are near to one another across stand in one column. */
  readonly x: number;
  readonly y: number;
}

/** Labels that stand together around the middle of where they would like to stand. */
interface Block {
  readonly members: readonly number[];
  readonly middle: number;
}

/**
 * One place for each end, in the order of `ends`. Labels of one column are at least `gap` apart, in the order of their ends
 * from top to bottom, between `top` and `bottom` as far as there is room for all.
 * @param width ends nearer across than this share a column (CSS pixels).
 */
export const spreadLabels = (
  ends: readonly LabelEnd[],
  {
    gap,
    width,
    top,
    bottom,
  }: { readonly gap: number; readonly width: number; readonly top: number; readonly bottom: number },
): readonly LabelPlace[] => {
  const places: LabelPlace[] = ends.map(({ x, y }) => ({ x, y }));
  for (const column of columnsOf(ends, width)) {
    const x = Math.max(...column.map((index) => ends[index]?.x ?? 0));
    const wishes = column
      .map((index) => ({ index, y: ends[index]?.y ?? 0 }))
      .sort((a, b) => a.y - b.y || a.index - b.index);
    const blocks: Block[] = [];
    for (const { index, y } of wishes) {
      let block: Block = { members: [index], middle: y };
      for (let above = blocks.at(-1); above !== undefined; above = blocks.at(-1)) {
        if (lower(block, gap) - upper(above, gap) >= gap) break;
        blocks.pop();
        block = joined(above, block);
      }
      blocks.push(block);
    }
    const settled = blocks.flatMap((block) =>
      block.members.map((index, place) => ({ index, y: lower(block, gap) + place * gap })),
    );
    // Up from the bottom first, then down from the top: with too many of them the first ones keep their place.
    let limit = bottom;
    for (const one of settled.toReversed()) {
      one.y = Math.min(one.y, limit);
      limit = one.y - gap;
    }
    limit = top;
    for (const one of settled) {
      one.y = Math.max(one.y, limit);
      limit = one.y + gap;
      places[one.index] = { x, y: one.y };
    }
  }
  return places;
};

/** Top and bottom label of a block. */
const lower = ({ members, middle }: Block, gap: number): number => middle - ((members.length - 1) * gap) / 2;
const upper = ({ members, middle }: Block, gap: number): number => middle + ((members.length - 1) * gap) / 2;

const joined = (above: Block, below: Block): Block => {
  const count = above.members.length + below.members.length;
  return {
    members: [...above.members, ...below.members],
    middle: (above.middle * above.members.length + below.middle * below.members.length) / count,
  };
};

const columnsOf = (ends: readonly LabelEnd[], width: number): readonly (readonly number[])[] => {
  const columns: number[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const index of ends.map((_, place) => place).sort((a, b) => (ends[a]?.x ?? 0) - (ends[b]?.x ?? 0))) {
    const x = ends[index]?.x ?? 0;
    const column = columns.at(-1);
    if (column === undefined || x - last >= width) columns.push([index]);
    else column.push(index);
    last = x;
  }
  return columns;
};
