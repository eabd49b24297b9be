/** The link by which a pseudo-terminal is found: made for it, and taken away only while it is still its own. */
import { readlinkSync, unlinkSync } from 'node:fs';
import { systemErrorCode } from './outlet.ts';

/** Takes `link` away if it still points to `terminal`: what somebody else removed or put in its place is not ours. */
export const removeOwnLink = (link: string, terminal: string): void => {
  try {
    if (readlinkSync(link) === terminal) unlinkSync(link);
  } catch (error) {
    // Gone, or no link any more.
    const code = systemErrorCode(error);
    if (code !== 'ENOENT' && code !== 'EINVAL') throw error;
  }
};
