import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { HelpDataError, readAdvice, readContacts, readIndex } from '../../src/help/helpData';
import { languageCodes } from '../../src/text/languages';

const folder = join(import.meta.dirname, '../../public/help');
const load = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
const index = readIndex(load('index'));
const advice = { language: 'en', sources: ['a paper'], items: [{ text: 'Stop.', agree: 2, checked: '2026-11-22' }] };
const contact = {
  name: { en: 'Someone' },
  age: 'all',
  purpose: 'report',
  ways: [{ kind: 'phone', value: '+60 3-2935 9935' }],
  source: 'a paper',
  checked: '2026-11-22',
};

describe('the help data that come with the page', () => {
  it('have a file for each language and country, and none besides', () => {
    expect(index.languages).toEqual(languageCodes);
    expect(readdirSync(folder).sort()).toEqual(
      [
        'index.json',
        'contacts.worldwide.json',
        ...index.languages.map((code) => `advice.${code}.json`),
        ...index.countries.map((code) => `contacts.${code.toLowerCase()}.json`),
      ].sort(),
    );
  });

  test.each(index.languages)('advise in %s what they advise in English', (code) => {
    const english = readAdvice(load('advice.en'));
    const read = readAdvice(load(`advice.${code}`));

    expect(read.language).toBe(code);
    expect(read.sources).toHaveLength(english.sources.length);
    expect(read.items.map(({ agree, checked }) => [agree, checked])).toEqual(
      english.items.map(({ agree, checked }) => [agree, checked]),
    );
    expect(read.items.every(({ agree, checked }) => agree > 0 && checked <= today())).toBe(true);
  });

  test.each([...index.countries, 'worldwide'])('name contacts for %s, each with its source and its day', (country) => {
    const read = readContacts(load(`contacts.${country.toLowerCase()}`));

    expect(read.country).toBe(country);
    expect(read.contacts.length).toBeGreaterThan(0);
    for (const { name, text, source, checked, ways } of read.contacts) {
      expect(source).not.toBe('');
      expect(checked <= today()).toBe(true);
      const texts = [...(text ? [text] : []), ...ways.flatMap(({ note }) => (note ? [note] : []))];
      expect(texts.every((each) => languageCodes.every((code) => each[code] !== undefined))).toBe(true);
      expect(name.en).not.toBe('');
    }
  });
});

describe('help data', () => {
  it('are read when nothing is wrong with them', () => {
    expect(readAdvice(advice).items[0]?.text).toBe('Stop.');
    expect(readContacts({ country: 'MY', contacts: [contact] }).contacts[0]?.recheck).toBe(false);
  });

  test.each([
    ['no source', { ...advice, sources: [] }],
    ['no items', { ...advice, items: [] }],
    ['no day', { ...advice, items: [{ text: 'Stop.', agree: 2 }] }],
    ['a day that is none', { ...advice, items: [{ text: 'Stop.', agree: 2, checked: '2026-02-30' }] }],
    ['nobody who agrees', { ...advice, items: [{ text: 'Stop.', agree: 0, checked: '2026-11-22' }] }],
    ['an empty text', { ...advice, items: [{ text: ' ', agree: 2, checked: '2026-11-22' }] }],
    ['a list in its place', []],
  ])('are refused for advice with %s', (_, json) => {
    expect(() => readAdvice(json)).toThrow(HelpDataError);
  });

  test.each([
    ['no source', { ...contact, source: undefined }],
    ['no day', { ...contact, checked: undefined }],
    ['no English name', { ...contact, name: { de: 'Jemand' } }],
    ['an unknown age', { ...contact, age: 'old' }],
    ['a script for an address', { ...contact, ways: [{ kind: 'web', value: 'javascript:alert(1)' }] }],
    ['an address without TLS', { ...contact, ways: [{ kind: 'web', value: 'http://example.org' }] }],
    ['a number with letters', { ...contact, ways: [{ kind: 'phone', value: '0800 CALL' }] }],
    ['a mail with more than an address', { ...contact, ways: [{ kind: 'mail', value: 'a@b.org?subject=x' }] }],
  ])('are refused for a contact with %s', (_, json) => {
    expect(() => readContacts({ country: 'MY', contacts: [json] })).toThrow(HelpDataError);
  });

  test.each([
    { exit: 'javascript:alert(1)', languages: ['en'], countries: [] },
    { exit: 'https://example.org/', languages: ['de'], countries: [] },
    { exit: 'https://example.org/', languages: ['en'], countries: ['../x'] },
  ])('are refused for the index %j', (json) => {
    expect(() => readIndex(json)).toThrow(HelpDataError);
  });
});

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
