/** Above the chart: what is shown, what dragging does, zoom, and the way to the table. */
import type { ReactElement } from 'react';
import { PART_LABELS, type Part } from '../../view-model/review-lanes.ts';
import { TEXT } from './text.ts';

export type Tool = 'zoom' | 'leave-out';

export const ReviewToolbar = ({
  parts,
  hidden,
  onToggle,
  tool,
  onTool,
  mayLeaveOut,
  isTable,
  onTable,
  isWhole,
  onZoom,
  onWhole,
}: {
  readonly parts: readonly Part[];
  readonly hidden: ReadonlySet<Part>;
  readonly onToggle: (part: Part) => void;
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
  readonly mayLeaveOut: boolean;
  readonly isTable: boolean;
  readonly onTable: () => void;
  readonly isWhole: boolean;
  /** Below 1: closer. */
  readonly onZoom: (factor: number) => void;
  readonly onWhole: () => void;
}): ReactElement => (
  <div className="board-bar">
    <fieldset className="board-parts" aria-label={TEXT.parts}>
      {parts.map((part) => (
        <button
          key={part}
          type="button"
          className="button board-toggle"
          aria-pressed={!hidden.has(part)}
          onClick={() => onToggle(part)}
          disabled={isTable}
          data-testid={`toggle-${part}`}
        >
          <span aria-hidden="true">{hidden.has(part) ? '☐' : '☑'}</span> {PART_LABELS[part]}
        </button>
      ))}
    </fieldset>
    <fieldset className="board-tools" aria-label={TEXT.tools}>
      {mayLeaveOut ? (
        <>
          <ToolButton tool="zoom" now={tool} onTool={onTool} label={TEXT.zoom} isDisabled={isTable} />
          <ToolButton
            tool="leave-out"
            now={tool}
            onTool={onTool}
            label={TEXT.leaveOut}
            isDisabled={isTable}
          />
        </>
      ) : null}
      <button
        type="button"
        className="button"
        aria-label={TEXT.closer}
        disabled={isTable}
        onClick={() => onZoom(0.5)}
        data-testid="zoom-in"
      >
        +
      </button>
      <button
        type="button"
        className="button"
        aria-label={TEXT.wider}
        disabled={isTable || isWhole}
        onClick={() => onZoom(2)}
        data-testid="zoom-out"
      >
        −
      </button>
      <button
        type="button"
        className="button"
        disabled={isTable || isWhole}
        onClick={onWhole}
        data-testid="zoom-whole"
      >
        {TEXT.whole}
      </button>
      <button type="button" className="button" onClick={onTable} data-testid="review-as-table">
        {isTable ? TEXT.asChart : TEXT.asTable}
      </button>
    </fieldset>
  </div>
);

const ToolButton = ({
  tool,
  now,
  onTool,
  label,
  isDisabled,
}: {
  readonly tool: Tool;
  readonly now: Tool;
  readonly onTool: (tool: Tool) => void;
  readonly label: string;
  readonly isDisabled: boolean;
}) => (
  <button
    type="button"
    className="button board-tool"
    aria-pressed={now === tool}
    disabled={isDisabled}
    onClick={() => onTool(tool)}
    data-testid={`tool-${tool}`}
  >
    {label}
  </button>
);
