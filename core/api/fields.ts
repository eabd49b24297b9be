/** Fields that many commands share. */
import { z } from 'zod';
import { isStationsName } from '../people/person.ts';

/** A text of one to `max` characters, without blanks at its ends. */
export const text = (max: number) => z.string().trim().min(1).max(max);
/** A person's name. */
export const personName = text(60).refine((name) => !isStationsName(name), {
  message: 'the station signs with itself under this name: enter a person’s',
});
/** An identifier as the station gave it. */
export const id = <T extends string>() => text(80).transform((value) => value as T);
/**
 * Who does it. Without accounts the name or initials that were typed at this window; with them the station puts the
 * name of the person who is signed in there, whatever the window says.
 */
export const by = personName;
