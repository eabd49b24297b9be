/**
 * Who a resource is. Every identity is a UUID worked out (RFC 4122, version 5) from what the record itself calls the
 * thing, so that the same record gives the same identities on every computer and every day: what is sent twice meets
 * itself, and what was corrected meets what it corrects.
 */
import { createHash } from 'node:crypto';
import type { Identifier } from '@medplum/fhirtypes';

/** Our own name space; drawn once, at random. Changing it would make every record a stranger to what was sent before. */
const NAMESPACE = Buffer.from('6d1f0a5e3b7c4c0e9a52c8f7d2b41e90', 'hex');

/** A UUID of version 5 for these words; the same words give the same one. */
export const uuidOf = (...words: readonly string[]): string => {
  // Each word with its length, so that no two lists of words read alike.
  const name = words.map((word) => `${word.length}:${word}`).join('');
  const hash = createHash('sha1').update(NAMESPACE).update(name, 'utf8').digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
};

/** System of identifiers that are themselves URIs (hl7.org/fhir/R4/identifier-registry). */
export const URI_SYSTEM = 'urn:ietf:rfc:3986';

export const urnOf = (uuid: string): string => `urn:uuid:${uuid}`;

/** The identity as an identifier that needs nobody's registry. */
export const uuidIdentifier = (uuid: string): Identifier => ({ system: URI_SYSTEM, value: urnOf(uuid) });

/**
 * Tells things apart that the record calls the same: two readings of one monitor in one millisecond, or times that came
 * twice because the computer's clock was set back. The first one keeps its name, the next ones are numbered.
 */
export const numbered = (): ((name: string) => string) => {
  const seen = new Map<string, number>();
  return (name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} ${count}`;
  };
};
