/** "At the bedside": what a person does at a monitor of this family, to be read beside it or printed. */
import type { FamilyView } from '../../../core/api/views.ts';
import { NOT_KNOWN } from '../../../core/bedside/page.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { FORM } from './text.ts';

export const BedsidePage = ({
  family: { manufacturer, title, models, bedside },
  onClose,
}: {
  readonly family: FamilyView;
  readonly onClose: () => void;
}) => (
  <Dialog title={`${FORM.bedside}: ${title}`} onClose={onClose} testId="bedside-page" isWide>
    <div className="bedside-page">
      <p className="bedside-models">
        {manufacturer}: {models.join(', ')}
      </p>
      <dl>
        {bedside.map(({ label, isKnown, texts }) => (
          <div key={label} data-known={isKnown}>
            <dt>{label}</dt>
            <dd>
              {isKnown ? null : <strong>{NOT_KNOWN}: </strong>}
              {texts.length === 1 ? texts[0] : <List texts={texts} />}
            </dd>
          </div>
        ))}
      </dl>
    </div>
    <div className="dialog-buttons dialog-foot">
      <button type="button" className="button" onClick={onClose} data-testid="bedside-close">
        {FORM.bedsideClose}
      </button>
      <button type="button" className="button" onClick={() => window.print()} data-testid="bedside-print">
        {FORM.bedsidePrint}
      </button>
    </div>
  </Dialog>
);

const List = ({ texts }: { readonly texts: readonly string[] }) => (
  <ul>
    {texts.map((text) => (
      <li key={text}>{text}</li>
    ))}
  </ul>
);
