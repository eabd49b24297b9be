import { describe, expect, it } from 'vitest';
import { DEFAULT_SECRET_COST, hashSecret, isSecret } from '../../../station/people/secrets.ts';

const CHEAP = { cost: 16, blockSize: 1, parallelization: 1 };

describe('a kept secret', () => {
  it('is known again with the costs it was made with, whatever they are today', async () => {
    const kept = await hashSecret('2580', DEFAULT_SECRET_COST);
    expect(kept).toMatchObject({ algorithm: 'scrypt', cost: 32_768, blockSize: 8, parallelization: 3 });
    expect(await isSecret('2580', kept)).toBe(true);
    expect(await isSecret('2581', kept)).toBe(false);
  });

  it('has a salt of its own: the same secret is kept twice in two ways', async () => {
    const [one, two] = await Promise.all([hashSecret('2580', CHEAP), hashSecret('2580', CHEAP)]);
    expect(one.salt).not.toBe(two.salt);
    expect(one.hash).not.toBe(two.hash);
  });

  it('is the hash of RFC 7914: the third test vector', async () => {
    // scrypt("pleaseletmein", "SodiumChloride", N=16384, r=8, p=1, 64); its first 32 bytes are what we keep.
    const kept = {
      algorithm: 'scrypt',
      cost: 16_384,
      blockSize: 8,
      parallelization: 1,
      salt: Buffer.from('SodiumChloride').toString('hex'),
      hash: '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2',
    } as const;
    expect(await isSecret('pleaseletmein', kept)).toBe(true);
  });

  it('is the same however the keyboard composes its letters', async () => {
    const kept = await hashSecret('pässwört', CHEAP);
    expect(await isSecret('pässwört'.normalize('NFD'), kept)).toBe(true);
  });

  it('of many at once are all checked', async () => {
    const kept = await hashSecret('2580', CHEAP);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => isSecret(String(2570 + n), kept)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });
});
