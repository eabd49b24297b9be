/** Texts and times as HL7 v2 writes them (HL7 v2.6 chapter 2, 2.7 escape sequences, 2.A DTM). */
import type { EpochMs } from '../../core/time.ts';
import { plainText } from '../plain-text.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\E\\',
  '|': '\\F\\',
  '^': '\\S\\',
  '&': '\\T\\',
  '~': '\\R\\',
};

const escaped = (text: string): string => text.replace(/[\\|^&~]/g, (sign) => ESCAPES[sign] ?? sign);

/** A text within a component: one line. */
export const line = (text: string): string => escaped(plainText(text).replace(/[\t\r\n]+/g, ' '));

/** A formatted text (FT): its line breaks stay, as `\.br\`. */
export const formatted = (text: string): string =>
  plainText(text)
    .replace(/\t/g, ' ')
    .split(/\r\n|\r|\n/)
    .map(escaped)
    .join('\\.br\\');

/** An instant with milliseconds, in UTC, with its offset: a time without one is a time of nowhere. */
export const stamp = (at: EpochMs): string => `${new Date(at).toISOString().replace(/[-:TZ]/g, '')}+0000`;

/** A day, from YYYY-MM-DD. */
export const day = (date: string): string => date.replaceAll('-', '');

/** A field of components that are encoded already; empty ones at its end are left off. */
export const components = (...parts: readonly string[]): string => parts.join('^').replace(/\^+$/, '');

/** A segment of fields that are encoded already; empty ones at its end are left off. */
export const segment = (...fields: readonly string[]): string => fields.join('|').replace(/\|+$/, '');
