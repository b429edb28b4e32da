import { Voice, type Texts } from './texts.ts';

interface Language {
  /** Its name in itself. */
  name: string;
  direction: 'ltr' | 'rtl';
  /** How its dates and numbers are written. */
  locale: string;
  load: () => Promise<Texts>;
}

/** The languages of the page. English is what is spoken when none of the browser's is among them. */
export const languages = {
  en: { name: 'English', direction: 'ltr', locale: 'en-GB', load: async () => (await import('./en.ts')).en },
  ms: { name: 'Bahasa Melayu', direction: 'ltr', locale: 'ms-MY', load: async () => (await import('./ms.ts')).ms },
  de: { name: 'Deutsch', direction: 'ltr', locale: 'de', load: async () => (await import('./de.ts')).de },
  ar: { name: 'العربية', direction: 'rtl', locale: 'ar', load: async () => (await import('./ar.ts')).ar },
} satisfies Record<string, Language>;

/** One of the page's languages. */
export type LanguageCode = keyof typeof languages;

/** Their codes, in the order in which they are offered. */
export const languageCodes = Object.keys(languages) as LanguageCode[];

/** Chooses the first of a browser's preferred languages that the page speaks. */
export function preferredLanguage(preferred: readonly string[]): LanguageCode {
  for (const tag of preferred) {
    const code = tag.toLowerCase().split('-')[0];
    const known = languageCodes.find((language) => language === code);
    if (known !== undefined) {
      return known;
    }
  }

  return 'en';
}

/** Learns to speak a language. */
export async function loadVoice(code: LanguageCode): Promise<Voice> {
  const { locale, load } = languages[code];
  return new Voice(locale, await load());
}
