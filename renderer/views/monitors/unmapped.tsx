/** What a monitor sends that no metric is mapped to: raw identifiers and values, so that nothing is hidden. */
import type { UnmappedItem } from '../../../core/api/views.ts';
import { TEXT } from './text.ts';

export const Unmapped = ({ items }: { readonly items: readonly UnmappedItem[] }) => (
  <details className="unmapped" data-testid="unmapped">
    <summary>
      {TEXT.unmapped}: {items.length}
    </summary>
    <ul>
      {items.map(({ id, value }) => (
        <li key={id}>
          <code>{id}</code> <span>{value}</span>
        </li>
      ))}
    </ul>
  </details>
);
