/** Patterns for a profile's list of what its driver may send. */

/** Matches exactly these bytes. */
export const exactly =
  (...wanted: readonly number[]): ((bytes: Uint8Array) => boolean) =>
  (bytes) =>
    bytes.length === wanted.length && wanted.every((byte, index) => bytes[index] === byte);

/** Matches exactly the latin1 bytes of this text. */
export const exactText = (text: string): ((bytes: Uint8Array) => boolean) =>
  exactly(...Array.from(text, (character) => character.charCodeAt(0)));
