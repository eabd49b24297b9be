/**
 * What a chair's tile needs to know of its monitors: everything but what changes with every frame (counters, time
 * of the last one). The same array for as long as it looks the same, so that a tile is not drawn for nothing.
 */
import type { MonitorView } from '../../core/api/views.ts';
import type { ChairId } from '../../core/ids.ts';

/** A monitor without what only the Monitors screen shows of its line. */
export type MonitorFace = Pick<MonitorView, 'id' | 'chairId' | 'name' | 'state' | 'conditions'>;

/** Remembers what it gave last: one for each screen. */
export type MonitorFaces = (monitors: readonly MonitorView[]) => (chairId: ChairId) => readonly MonitorFace[];

interface Known {
  readonly key: string;
  readonly faces: readonly MonitorFace[];
}

const NONE: readonly never[] = [];

const faceOf = ({ id, chairId, name, state, conditions }: MonitorView): MonitorFace => ({
  id,
  chairId,
  name,
  state,
  conditions,
});

/** A memory with nothing in it. */
export const createMonitorFaces = (): MonitorFaces => {
  let known = new Map<ChairId, Known>();
  let last: readonly MonitorView[] | null = null;
  return (monitors) => {
    if (monitors !== last) {
      last = monitors;
      const before = known;
      const byChair = new Map<ChairId, MonitorFace[]>();
      for (const monitor of monitors) {
        const faces = byChair.get(monitor.chairId) ?? [];
        faces.push(faceOf(monitor));
        byChair.set(monitor.chairId, faces);
      }
      known = new Map(
        [...byChair].map(([chairId, faces]) => {
          const key = JSON.stringify(faces);
          const same = before.get(chairId);
          return [chairId, same?.key === key ? same : { key, faces }];
        }),
      );
    }
    return (chairId) => known.get(chairId)?.faces ?? NONE;
  };
};
