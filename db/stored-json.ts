/** JSON as it was stored, read back without quoting it when it is damaged: an entry may hold a patient's name. */
import { StorageError } from './storage-error.ts';

/**
 * The value, whose shape the chain vouches for.
 * @param what names the entry in the error, without its content.
 * @throws StorageError `corrupt` when this is no JSON.
 */
export const storedJson = <T>(text: string, what: string): T => {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    // The engine's own words quote the text; they go no further, not as a cause either.
    if (error instanceof SyntaxError) {
      throw new StorageError('corrupt', `${what} is damaged: "chairside verify" says where`);
    }
    throw error;
  }
};
