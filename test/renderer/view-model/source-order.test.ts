/** The place of a monitor among those of its chair. */
import { expect, it } from 'vitest';
import { sourceRank } from '../../../renderer/view-model/source-order.ts';
import { chairId, monitor, monitorId } from '../support.ts';

const at = (chair: string, id: string) => monitor({ id: monitorId(id), chairId: chairId(chair) });
const A = at('c1', 'a');
const B = at('c1', 'b');
const C = at('c1', 'c');
const ALONE = at('c2', 'd');

it('a monitor that is alone at its chair has none', () => {
  expect(sourceRank(ALONE, [A, B, ALONE])).toBeNull();
});

it('counts the monitors of the same chair only, and puts one first without changing the rest', () => {
  expect(sourceRank(C, [A, ALONE, B, C])).toEqual({ rank: 3, of: 3, withItFirst: [C.id, A.id, B.id] });
});
