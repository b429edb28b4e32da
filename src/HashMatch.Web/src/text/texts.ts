import type { en } from './en.ts';

/** A text that depends on a number: one form for each of the language's plural categories. */
export type PluralForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** What there is to be said. */
export type TextKey = keyof typeof en;

/** All texts of one language: the compiler finds one that is missing, left over, or lacks its plural. */
export type Texts = { readonly [Key in TextKey]: (typeof en)[Key] extends string ? string : PluralForms };

/** What is filled into a text's `{placeholders}`. A `count` also chooses the plural form. */
export type Values = Record<string, string | number>;

// They keep a file name or an address from upsetting the order of a line that runs the other way.
const isolate = '\u2068';
const endIsolate = '\u2069';

/** Speaks one language: texts, numbers, dates, the names of countries. */
export class Voice {
  readonly #tag: string;
  readonly #texts: Texts;
  readonly #plurals: Intl.PluralRules;
  readonly #numbers: Intl.NumberFormat;

  /** @param locale The language, and where its dates and numbers are written so, as BCP 47 names it. */
  constructor(locale: string, texts: Texts) {
    // Western digits everywhere: a case key, a digest and a telephone number have them in any language.
    this.#tag = `${locale}-u-nu-latn`;
    this.#texts = texts;
    this.#plurals = new Intl.PluralRules(locale);
    this.#numbers = new Intl.NumberFormat(this.#tag);
  }

  /** Says it. */
  say(key: TextKey, values: Values = {}): string {
    const text: string | PluralForms = this.#texts[key];
    const pattern = typeof text === 'string' ? text : (text[this.#plurals.select(Number(values.count))] ?? text.other);
    return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name] as string | number | undefined;
      return typeof value === 'number' ? this.number(value) : value === undefined ? whole : isolated(value);
    });
  }

  /** Writes a number. */
  number(value: number): string {
    return this.#numbers.format(value);
  }

  /** Writes a day (UTC) that is given as YYYY-MM-DD; anything else stays as it is. */
  day(day: string): string {
    const date = new Date(`${day}T00:00:00Z`);
    return Number.isNaN(date.getTime())
      ? day
      : new Intl.DateTimeFormat(this.#tag, { dateStyle: 'long', timeZone: 'UTC' }).format(date);
  }

  /** Writes a time as it is on this device, with its zone. */
  time(time: Date): string {
    return new Intl.DateTimeFormat(this.#tag, { dateStyle: 'medium', timeStyle: 'long' }).format(time);
  }

  /** Names a country that is given by its two letters. */
  country(code: string): string {
    return new Intl.DisplayNames(this.#tag, { type: 'region' }).of(code) ?? code;
  }
}

/** Sets a text apart that may run the other way. */
export function isolated(text: string): string {
  return isolate + text + endIsolate;
}
