/** How wide the chart may be and how high its lanes: measured before the first paint, and when the window changes. */
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** Height of all that is not a lane: bar, tools, strips and axis of the chart at its usual (CSS pixels). */
const BESIDES_LANES = 340;
/** Where the readout has no room beside the chart it lies above it, and the tools take a second row (as in the style: 1116 px with
 * padding and border). */
export const NARROW = 1099;
const BESIDES_NARROW = 130;
const LEAST_LANES = 300;
const MOST_LANES = 900;

export interface BoardSize {
  readonly ref: RefObject<HTMLDivElement | null>;
  /** 0 before it was measured. */
  readonly width: number;
  /** For all lanes together. */
  readonly lanesHeight: number;
}

export const useBoardSize = (): BoardSize => {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, lanesHeight: LEAST_LANES });
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => {
      // Within border and padding: what is wider lies under the readout.
      const { paddingLeft, paddingRight } = getComputedStyle(element);
      const width = element.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      const besides = BESIDES_LANES + (width < NARROW ? BESIDES_NARROW : 0);
      const lanesHeight = Math.min(MOST_LANES, Math.max(LEAST_LANES, window.innerHeight - besides));
      setSize((before) =>
        before.width === width && before.lanesHeight === lanesHeight ? before : { width, lanesHeight },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, []);
  return { ref, ...size };
};
