/**
 * The titles of the tests in a file, read from its source without running it: `it('…')`, `test('…')`, with
 * `.each(…)`, `.skipIf(…)`, `.runIf(…)` in between. A title with placeholders (`%s`, `$name`, `${…}`) is given
 * as it is written. What never runs (`.skip`, `.todo`, `.fails`, a commented-out line) is no test.
 */

/** A call at the beginning of a line; what is commented out begins with something else. */
const CALL = /^[ \t]*(?:it|test)\b/gm;
const NEVER_PROVES = new Set(['skip', 'todo', 'fails']);
/** After one of these a slash begins a regular expression, not a division. */
const BEFORE_REGEX = /[(,=:[!&|?{};\n]\s*$/;

/** Every title in `source`. */
export const testTitles = (source: string): ReadonlySet<string> =>
  new Set(
    [...source.matchAll(CALL)].flatMap((match) => {
      const title = titleAfter(source, match.index + match[0].length);
      return title === null ? [] : [title];
    }),
  );

/** Walks `.name`, `<types>` and `(arguments)` until the parentheses that begin with text. */
const titleAfter = (source: string, start: number): string | null => {
  let at = start;
  for (;;) {
    at = skipSpace(source, at);
    const char = source[at];
    if (char === '.') {
      const name = /^\.\s*(\w+)/.exec(source.slice(at, at + 40));
      if (name?.[1] === undefined || NEVER_PROVES.has(name[1])) return null;
      at += name[0].length;
    } else if (char === '<') {
      at = source.indexOf('>(', at) + 1;
      if (at === 0) return null;
    } else if (char === '(') {
      const inside = skipSpace(source, at + 1);
      if (isQuote(source[inside])) return withoutEscapes(source.slice(inside + 1, endOfText(source, inside)));
      at = endOfParentheses(source, at) + 1;
    } else return null;
  }
};

const isQuote = (char: string | undefined): boolean => char === "'" || char === '"' || char === '`';

const skipSpace = (source: string, from: number): number => {
  let at = from;
  while (/\s/.test(source[at] ?? '')) at += 1;
  return at;
};

/** Index of the closing quote of the text that opens at `from`. */
const endOfText = (source: string, from: number): number => {
  let at = from + 1;
  while (at < source.length && source[at] !== source[from]) at += source[at] === '\\' ? 2 : 1;
  return at;
};

/** Index of the parenthesis that closes the one at `from`; text, comments and regular expressions are passed over. */
const endOfParentheses = (source: string, from: number): number => {
  let depth = 0;
  for (let at = from; at < source.length; at += 1) {
    const char = source[at];
    if (isQuote(char)) at = endOfText(source, at);
    else if (source.startsWith('//', at)) at = endOrRest(source, source.indexOf('\n', at));
    else if (source.startsWith('/*', at)) at = endOrRest(source, source.indexOf('*/', at) + 1);
    else if (char === '/' && BEFORE_REGEX.test(source.slice(Math.max(0, at - 20), at)))
      at = endOfRegex(source, at);
    else if (char === '(') depth += 1;
    else if (char === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return source.length;
};

const endOrRest = (source: string, at: number): number => (at <= 0 ? source.length : at);

const endOfRegex = (source: string, from: number): number => {
  let isInClass = false;
  for (let at = from + 1; at < source.length; at += 1) {
    const char = source[at];
    if (char === '\\') at += 1;
    else if (char === '[') isInClass = true;
    else if (char === ']') isInClass = false;
    else if (char === '/' && !isInClass) return at;
  }
  return source.length;
};

const withoutEscapes = (text: string): string => text.replaceAll(/\\(.)/g, '$1');
