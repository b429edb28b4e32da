import { describe, expect, it, test } from 'vitest';
import { ar } from '../../src/text/ar';
import { de } from '../../src/text/de';
import { en } from '../../src/text/en';
import { languageCodes, loadVoice, preferredLanguage } from '../../src/text/languages';
import { ms } from '../../src/text/ms';
import { isolated, type PluralForms, type TextKey, type Texts } from '../../src/text/texts';

const all: [string, Texts][] = [
  ['en', en],
  ['ms', ms],
  ['de', de],
  ['ar', ar],
];
const keys = Object.keys(en) as TextKey[];

// The only texts that may be the same in another language.
const sameInEnglish = new Set(['summaryDigest', 'whatsapp', 'name']);

describe.each(all)('the texts in %s', (code, texts) => {
  it('are as many as the English ones', () => {
    expect(Object.keys(texts).sort()).toEqual([...keys].sort());
  });

  test.each(keys)('%s has the placeholders of the English text and is not left in English', (key) => {
    const expected = placeholdersOf(formsOf(en[key]).other);

    for (const [category, form] of Object.entries(formsOf(texts[key]))) {
      expect(form.trim()).toBe(form);
      expect(form).not.toBe('');
      // "one picture" needs no number.
      const optional = category === 'other' ? [] : ['count'];
      const found = placeholdersOf(form);
      expect([...found, ...optional.filter((name) => expected.includes(name) && !found.includes(name))].sort()).toEqual(
        expected,
      );
    }

    if (code !== 'en' && !sameInEnglish.has(key)) {
      expect(formsOf(texts[key]).other).not.toBe(formsOf(en[key]).other);
    }
  });

  it('have a form for every number that the language distinguishes and that can occur', () => {
    const needed = new Set(Array.from({ length: 1001 }, (_, i) => new Intl.PluralRules(code).select(i + 1)));
    for (const key of keys.filter((each) => typeof texts[each] !== 'string')) {
      // Three presses at most are left.
      if (key !== 'exitPresses') {
        expect(Object.keys(texts[key])).toEqual(expect.arrayContaining([...needed]));
      }
    }
  });
});

describe('a voice', () => {
  it('chooses the plural by the number', async () => {
    const voice = await loadVoice('ar');

    expect([1, 2, 3, 11, 100].map((count) => voice.say('casePictures', { count }))).toEqual([
      'يضم بلاغك صورة واحدة.',
      'يضم بلاغك صورتين.',
      'يضم بلاغك 3 صور.',
      'يضم بلاغك 11 صورة.',
      'يضم بلاغك 100 صورة.',
    ]);
  });

  it('sets a text apart that is filled in, and writes numbers as the language does', async () => {
    const voice = await loadVoice('de');

    expect(voice.say('saveFileHint', { name: 'a.txt' })).toContain(isolated('a.txt'));
    expect(voice.number(16_384)).toBe('16.384');
    expect(voice.day('2026-11-22')).toBe('22. November 2026');
    expect(voice.day('someday')).toBe('someday');
    expect(voice.country('MY')).toBe('Malaysia');
  });

  test.each(languageCodes)('writes Western digits in %s', async (code) => {
    const voice = await loadVoice(code);

    expect(voice.number(18)).toBe('18');
    expect(voice.day('2026-11-22')).toMatch(/22.*2026/);
    expect(voice.time(new Date(2026, 10, 22))).toMatch(/2026/);
  });
});

describe('the language', () => {
  test.each([
    [['de-AT', 'en'], 'de'],
    [['fr-FR', 'ms-MY', 'en'], 'ms'],
    [['AR-eg'], 'ar'],
    [['fr', 'tr'], 'en'],
    [[], 'en'],
  ])('of a browser that prefers %j is %s', (preferred, expected) => {
    expect(preferredLanguage(preferred)).toBe(expected);
  });
});

function formsOf(text: string | PluralForms): PluralForms {
  return typeof text === 'string' ? { other: text } : text;
}

function placeholdersOf(text: string): string[] {
  return Array.from(text.matchAll(/\{(\w+)\}/g), ([, name]) => name).sort();
}
