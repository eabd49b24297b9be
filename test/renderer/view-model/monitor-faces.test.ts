import { describe, expect, it } from 'vitest';
import { monitorId } from '../../../core/ids.ts';
import { createMonitorFaces } from '../../../renderer/view-model/monitor-faces.ts';
import { at, chair, monitor } from '../support.ts';

const { id: chairId } = chair();
const other = monitor({ id: monitorId('m2'), name: 'Other' });

describe('the monitors of a tile', () => {
  it('are the same array while only their counters and the time of the last frame change', () => {
    const faces = createMonitorFaces();
    const before = faces([monitor(), other])(chairId);
    const counted = { ...monitor().counters, frames: 9_999 };
    expect(faces([monitor({ counters: counted, lastFrameAt: at(5) }), other])(chairId)).toBe(before);
  });
  it.each([
    ['name', { name: 'B850' }],
    ['state', { state: 'failed' }],
    ['conditions', { conditions: [{ code: 'sensor-off', metric: null, present: true, text: '' }] }],
  ] as const)('are another one when the %s changes', (_field, change) => {
    const faces = createMonitorFaces();
    const before = faces([monitor(), other])(chairId);
    const after = faces([monitor(change), other])(chairId);
    expect(after).not.toBe(before);
    expect(after[0]).toMatchObject(change);
  });
  it('are none at a chair without any, and go when they are removed', () => {
    const faces = createMonitorFaces();
    expect(faces([monitor(), other])(chairId)).toHaveLength(2);
    expect(faces([other])(chairId)).toHaveLength(1);
    expect(faces([])(chairId)).toEqual([]);
  });
});
