/** A word that is the same for the same text and says nothing of it: FNV-1a (RFC draft-eastlake-fnv) twice, from two beginnings. */

const PRIME = 0x0100_0193;
const BEGINNINGS = [0x811c_9dc5, 0x050c_5d1f] as const;

/** Sixteen digits for comparing in memory. Not secret: whoever knows a text can make its word. */
export const opaqueWord = (text: string): string =>
  BEGINNINGS.map((beginning) => {
    let hash: number = beginning;
    for (let index = 0; index < text.length; index += 1)
      hash = Math.imul(hash ^ text.charCodeAt(index), PRIME);
    return (hash >>> 0).toString(16).padStart(8, '0');
  }).join('');
