/**
 * JSON with one spelling for each value (RFC 8785): keys sorted by UTF-16 code units, no blanks, numbers as
 * ECMAScript writes them. What is hashed must not depend on the order in which an object was built.
 */

/**
 * The canonical text of a JSON value. Properties that are `undefined` are left out, as in JSON.
 * @throws TypeError for anything that JSON cannot hold (NaN, infinities, functions, bigints …).
 */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no place in a record`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`a ${typeof value} has no place in a record`);
};

/** The text as SQLite will give it back: lone surrogates, which UTF-8 cannot hold, become U+FFFD. */
export const storableText = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
