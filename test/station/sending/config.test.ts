import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../station/config.ts';
import { formatsOf, placeOf } from '../../../station/sending/config.ts';
import { fhir, folder, mllp } from './make.ts';

const verdict = (...destinations: readonly object[]): string => {
  try {
    const named = destinations.map((each) => ({ id: 'a', name: 'A', ...each }));
    parseConfig(JSON.stringify({ chairs: [], destinations: named }), 'clinic.json');
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.message : 'bug';
  }
};
const server = (baseUrl: string, part: object = {}) => ({ kind: 'fhir', baseUrl, ...part });

describe('the destinations of a configuration', () => {
  it.each([
    ['https://fhir.example.org/r4', {}],
    ['http://127.0.0.1:8080/r4', {}],
    ['http://localhost/r4', {}],
    ['http://[::1]/r4', {}],
    ['http://fhir.example.org/r4', { allowHttp: true }],
  ])('may be a FHIR server at %s', (url, part) => {
    expect(verdict(server(url, part))).toBe('accepted');
  });

  it('sends nothing in the open to another computer unless somebody wrote that they want it', () => {
    for (const url of [
      'http://fhir.example.org/r4',
      'http://192.0.2.1/r4',
      'http://127.0.0.1.example.org/r4',
      'http://localhost.example.org',
      'http://127.0.0.1@example.org/',
      'ftp://127.0.0.1/',
      'https://user:secret@fhir.example.org/r4',
      'https://fhir.example.org/r4?token=secret',
    ]) {
      const words = verdict(server(url));
      expect(words, url).toMatch(/^clinic\.json: destinations\.0\.baseUrl: /);
      expect(words).not.toContain('secret');
    }
  });

  it('names a token’s place and never holds one', () => {
    expect(verdict(server('https://a.example', { token: 'abc' }))).toMatch(/destinations\.0\.token/);
    expect(verdict(server('https://a.example', { token: { env: 'FHIR_TOKEN' } }))).toBe('accepted');
    expect(verdict(server('https://a.example', { token: { file: '/etc/token' } }))).toBe('accepted');
  });

  it.each([
    ['two of one id', [server('https://a.example'), server('https://b.example')], /two destinations "a"/],
    ['a folder without a format', [{ kind: 'folder', path: '/x', formats: [] }], /formats/],
    ['a format twice', [{ kind: 'folder', path: '/x', formats: ['csv', 'csv'] }], /each format once/],
    [
      'a field separator in an address',
      [{ kind: 'mllp', host: 'h', port: 1, receivingFacility: 'A|B' }],
      /receivingFacility/,
    ],
    ['an unknown kind', [{ kind: 'ftp', path: '/x' }], /destinations\.0\.kind/],
  ])('are refused with one line for %s', (_name, destinations, words) => {
    expect(verdict(...destinations)).toMatch(words);
  });

  it('go only by hand unless somebody says otherwise, and say what they get and where they are', () => {
    const all = [
      folder('/x', { formats: ['pdf', 'csv'] }),
      fhir('https://a.example', { withPdf: true }),
      mllp(2575),
    ];
    expect(all.map(({ send }) => send)).toEqual(['by-hand', 'by-hand', 'by-hand']);
    expect(all.map(formatsOf)).toEqual([['pdf', 'csv'], ['fhir', 'pdf'], ['hl7']]);
    expect(all.map(placeOf)).toEqual(['/x', 'https://a.example', '127.0.0.1:2575']);
  });
});
