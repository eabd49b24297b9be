/** Which tiles of the room are wholly on the screen: what alarms on the others must be said elsewhere. */
import { type RefObject, useEffect, useState } from 'react';
import type { ChairId } from '../../../core/ids.ts';

/** Less of a tile than this is not in view: its alarm or a number may be what is cut off. */
const WHOLE = 0.97;

/**
 * Asks the browser which tiles (`data-chair`) lie wholly inside of `room`, again whenever that changes.
 * Before the first answer all of them count as seen.
 */
export const useInView = (
  room: RefObject<HTMLElement | null>,
  ids: readonly ChairId[],
): ((id: ChairId) => boolean) => {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const all = ids.join(' ');
  useEffect(() => {
    const { current } = room;
    if (current === null || all === '') return;
    const observer = new IntersectionObserver(
      (changes) =>
        setHidden((before) => {
          const after = new Set(before);
          for (const { target, intersectionRatio } of changes) {
            const id = target.getAttribute('data-chair') ?? '';
            if (intersectionRatio < WHOLE) after.add(id);
            else after.delete(id);
          }
          return after;
        }),
      { root: current, threshold: [0, WHOLE] },
    );
    for (const tile of current.querySelectorAll('[data-chair]')) observer.observe(tile);
    return () => {
      observer.disconnect();
      setHidden(new Set());
    };
  }, [room, all]);
  return (id) => !hidden.has(id);
};
