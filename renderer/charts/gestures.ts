/** Dragging and the wheel, as a number of pixels to pan by (negative: into the past). */

/** One wheel notch of a mouse that counts in lines, in pixels. */
const LINE_PX = 24;

/** @returns the function that stops it. */
export const watchGestures = (surface: HTMLElement, onPan: (byPx: number) => void): (() => void) => {
  let draggedFrom: number | null = null;

  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    draggedFrom = event.clientX;
    surface.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent): void => {
    if (draggedFrom === null || event.clientX === draggedFrom) return;
    // The paper is dragged: moving right brings earlier times into view.
    onPan(draggedFrom - event.clientX);
    draggedFrom = event.clientX;
  };
  const up = (): void => {
    draggedFrom = null;
  };
  const wheel = (event: WheelEvent): void => {
    if (event.ctrlKey) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
    const turned = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY;
    onPan(turned * unit);
  };

  surface.addEventListener('pointerdown', down);
  surface.addEventListener('pointermove', move);
  surface.addEventListener('pointerup', up);
  surface.addEventListener('pointercancel', up);
  surface.addEventListener('wheel', wheel, { passive: false });
  return () => {
    surface.removeEventListener('pointerdown', down);
    surface.removeEventListener('pointermove', move);
    surface.removeEventListener('pointerup', up);
    surface.removeEventListener('pointercancel', up);
    surface.removeEventListener('wheel', wheel);
  };
};
