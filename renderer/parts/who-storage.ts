/** Who is at this window, kept for this window only: closing it forgets the person. */

const KEY = 'chairside-who';

/** The name or initials typed at this window before a reload; null when there is none. */
export const readWho = (): string | null => sessionStorage.getItem(KEY);

/** Keeps (or with null forgets) who is at this window. */
export const writeWho = (who: string | null): void => {
  if (who === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, who);
};
