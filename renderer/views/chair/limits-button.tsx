/** Opens the limits; says at once when nobody approved them. */
import { useState } from 'react';
import type { ChairView } from '../../../core/api/views.ts';
import { LimitsDialog } from './limits-dialog.tsx';
import { TEXT } from './text.ts';

export const LimitsButton = ({ chair }: { readonly chair: ChairView }) => {
  const [isOpen, setOpen] = useState(false);
  const isApproved = chair.approval.state === 'approved';
  return (
    <>
      <button
        type="button"
        className={isApproved ? 'button' : 'button not-approved'}
        onClick={() => setOpen(true)}
        data-testid="limits-button"
      >
        {isApproved ? TEXT.limits : <span data-testid="not-approved">{TEXT.notApproved}</span>}
      </button>
      {isOpen ? <LimitsDialog chair={chair} onClose={() => setOpen(false)} /> : null}
    </>
  );
};
