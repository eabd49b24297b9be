/** Whether a verb shows pages, which have to be built first. */

/** Verbs with pages of their own, and what on their command line says that none is wanted this time. */
const PAGES = { serve: ['--help'], bench: ['--help'], lab: ['--help', '--no-page', '--schema'] };

/** @param {readonly string[]} args the verb and its options */
export const needsBuild = ([verb = '', ...options]) =>
  Object.hasOwn(PAGES, verb) && !PAGES[verb].some((word) => options.includes(word));
