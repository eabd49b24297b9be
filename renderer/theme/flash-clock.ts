/**
 * One clock for everything that flashes: each flashing animation is set back to the document's own time zero
 * when it starts, so that all tiles blink together whenever their alarms began (alarm rules V-5).
 */

const FLASHES = ['flash-high', 'flash-medium'];

/** Starts; see the module. */
export const startFlashClock = (page: Document): void => {
  page.addEventListener('animationstart', (event) => {
    if (!FLASHES.includes(event.animationName)) return;
    if (!(event.target instanceof Element)) return;
    // Of this element and what stands before it: asking the whole page would style all of it first.
    for (const animation of event.target.getAnimations({ subtree: true })) {
      if (animation instanceof CSSAnimation && FLASHES.includes(animation.animationName)) {
        animation.startTime = 0;
      }
    }
  });
};
