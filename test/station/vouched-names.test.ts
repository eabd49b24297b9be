/** With accounts, whoever agrees to a step proves it with their own secret; a typed name counts only without any. */
import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../core/ids.ts';
import { vouchedNames } from '../../station/authoriser.ts';

const physician = {
  personId: 'p' as PersonId,
  name: 'Dr. Osei',
  role: 'physician',
  meaning: 'start',
} as const;
const claim = (voucher: string | null) => ({ name: 'Dr. Osei', role: 'physician', voucher }) as const;

/** Vouchers that are good once. */
const vouchers = (isRequired: boolean) => {
  const open = new Map([['good', physician]]);
  return {
    isRequired: () => isRequired,
    redeem: (voucher: string) => {
      const found = open.get(voucher) ?? null;
      open.delete(voucher);
      return found;
    },
  };
};

describe('who agrees', () => {
  it('is a typed name where nobody has an account, and the record says that it was typed', () => {
    expect(vouchedNames(vouchers(false)).confirm([claim(null)])).toEqual([
      { name: 'Dr. Osei', role: 'physician', verified: false },
    ]);
  });

  it('is not a typed name from the first account on', () => {
    expect(() => vouchedNames(vouchers(true)).confirm([claim(null)])).toThrow(/enter the PIN too/);
  });

  it('is the person whose secret made the voucher, whatever name the window claims, and once', () => {
    const names = vouchedNames(vouchers(true));
    expect(names.confirm([{ ...claim('good'), name: 'Somebody' }])).toEqual([
      { name: 'Dr. Osei', role: 'physician', verified: true },
    ]);
    expect(() => names.confirm([claim('good')])).toThrow(/too long ago/);
    expect(() => names.confirm([claim('made up')])).toThrow(/too long ago/);
  });

  it('counts an engineer as nobody of the clinic', () => {
    const engineers = {
      isRequired: () => true,
      redeem: () => ({ ...physician, role: 'engineer' as const }),
    };
    expect(vouchedNames(engineers).confirm([claim('x')])[0]?.role).toBe('other');
  });
});
