import type { LanguageCode } from '../text/languages.ts';

/** A text in several languages; English is always there. */
export type LocalText = { en: string } & Partial<Record<LanguageCode, string>>;

/** What the help data begin with. A deployment may replace all of them. */
export interface HelpIndex {
  /** Where Quick exit leaves for. */
  exit: string;
  /** The languages of the advice; English is among them. */
  languages: string[];
  /** Countries with a list of contacts, as two capital letters. */
  countries: string[];
}

/** Advice in one language. */
export interface Advice {
  language: string;
  /** Where the advice was published. */
  sources: string[];
  items: AdviceItem[];
}

/** One piece of advice. */
export interface AdviceItem {
  text: string;
  /** How many of the sources say so. */
  agree: number;
  /** The day on which it was last compared with the sources: YYYY-MM-DD. */
  checked: string;
}

/** One way to reach a contact. */
export interface ContactWay {
  kind: 'phone' | 'text' | 'whatsapp' | 'mail' | 'web';
  value: string;
  /** When or for what, if that needs to be said. */
  note?: LocalText;
}

/** Someone who can help. */
export interface Contact {
  name: LocalText;
  text?: LocalText;
  /** Whom they help, by their age in the picture. */
  age: 'all' | 'under-18' | 'adult';
  /** Whether something is reported there, or somebody listens. */
  purpose: 'report' | 'distress';
  ways: ContactWay[];
  source: string;
  /** The day on which it was last compared with its source: YYYY-MM-DD. */
  checked: string;
  /** Whether nobody has confirmed it with the service itself. */
  recheck: boolean;
}

/** The contacts of a country. */
export interface Contacts {
  /** Two capital letters, or `worldwide`. */
  country: string;
  contacts: Contact[];
}

/** Help data that cannot be shown: it says where, and what is expected there. */
export class HelpDataError extends Error {}

/** Reads the index; throws {@link HelpDataError} if something is missing or wrong. */
export function readIndex(json: unknown): HelpIndex {
  const index = record(json, 'index');
  const languages = list(index.languages, 'languages').map((code) => matching(code, /^[a-z]{2}$/, 'languages'));
  if (!languages.includes('en')) {
    throw new HelpDataError('languages: English must be among them');
  }

  return {
    exit: webAddress(index.exit, 'exit'),
    languages,
    countries: list(index.countries, 'countries').map((code) => matching(code, /^[A-Z]{2}$/, 'countries')),
  };
}

/** Reads the advice in one language; throws {@link HelpDataError} if something is missing or wrong. */
export function readAdvice(json: unknown): Advice {
  const advice = record(json, 'advice');
  return {
    language: matching(advice.language, /^[a-z]{2}$/, 'language'),
    sources: filled(list(advice.sources, 'sources'), 'sources').map((source) => text(source, 'sources')),
    items: filled(list(advice.items, 'items'), 'items').map((each, i) => {
      const at = `items[${i}]`;
      const item = record(each, at);
      return {
        text: text(item.text, `${at}.text`),
        agree: count(item.agree, `${at}.agree`),
        checked: day(item.checked, `${at}.checked`),
      };
    }),
  };
}

/** Reads a country's contacts; throws {@link HelpDataError} if something is missing or wrong. */
export function readContacts(json: unknown): Contacts {
  const contacts = record(json, 'contacts');
  return {
    country: matching(contacts.country, /^([A-Z]{2}|worldwide)$/, 'country'),
    contacts: list(contacts.contacts, 'contacts').map((each, i) => readContact(each, `contacts[${i}]`)),
  };
}

function readContact(json: unknown, at: string): Contact {
  const contact = record(json, at);
  return {
    name: localText(contact.name, `${at}.name`),
    ...(contact.text === undefined ? {} : { text: localText(contact.text, `${at}.text`) }),
    age: oneOf(contact.age, ['all', 'under-18', 'adult'], `${at}.age`),
    purpose: oneOf(contact.purpose, ['report', 'distress'], `${at}.purpose`),
    ways: list(contact.ways, `${at}.ways`).map((way, i) => readWay(way, `${at}.ways[${i}]`)),
    source: text(contact.source, `${at}.source`),
    checked: day(contact.checked, `${at}.checked`),
    recheck: contact.recheck === true,
  };
}

const wayPatterns = {
  phone: /^\+?[0-9][0-9 -]+$/,
  text: /^\+?[0-9][0-9 -]+$/,
  whatsapp: /^\+?[0-9][0-9 -]+$/,
  mail: /^[^\s@?&]+@[^\s@?&]+$/,
};

function readWay(json: unknown, at: string): ContactWay {
  const way = record(json, at);
  const kind = oneOf(way.kind, ['phone', 'text', 'whatsapp', 'mail', 'web'], `${at}.kind`);
  const value =
    kind === 'web' ? webAddress(way.value, `${at}.value`) : matching(way.value, wayPatterns[kind], `${at}.value`);
  return { kind, value, ...(way.note === undefined ? {} : { note: localText(way.note, `${at}.note`) }) };
}

function record(json: unknown, at: string): Record<string, unknown> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new HelpDataError(`${at}: an object is expected`);
  }

  return json as Record<string, unknown>;
}

function list(json: unknown, at: string): unknown[] {
  if (!Array.isArray(json)) {
    throw new HelpDataError(`${at}: a list is expected`);
  }

  return json;
}

function filled(items: unknown[], at: string): unknown[] {
  if (items.length === 0) {
    throw new HelpDataError(`${at}: at least one is expected`);
  }

  return items;
}

function text(json: unknown, at: string): string {
  if (typeof json !== 'string' || json.trim() === '') {
    throw new HelpDataError(`${at}: a text is expected`);
  }

  return json;
}

function matching(json: unknown, pattern: RegExp, at: string): string {
  if (!pattern.test(text(json, at))) {
    throw new HelpDataError(`${at}: it does not look as expected (${pattern.source})`);
  }

  return json as string;
}

function oneOf<Value extends string>(json: unknown, values: readonly Value[], at: string): Value {
  const value = values.find((each) => each === json);
  if (value === undefined) {
    throw new HelpDataError(`${at}: one of ${values.join(', ')} is expected`);
  }

  return value;
}

function count(json: unknown, at: string): number {
  if (typeof json !== 'number' || !Number.isInteger(json) || json < 1) {
    throw new HelpDataError(`${at}: a number from 1 is expected`);
  }

  return json;
}

function day(json: unknown, at: string): string {
  const value = matching(json, /^\d{4}-\d{2}-\d{2}$/, at);
  const date = new Date(`${value}T00:00:00Z`);
  // Some would take 30 February for a day of March.
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== value) {
    throw new HelpDataError(`${at}: there is no such day`);
  }

  return value;
}

function webAddress(json: unknown, at: string): string {
  const value = text(json, at);
  if (!URL.canParse(value) || new URL(value).protocol !== 'https:') {
    throw new HelpDataError(`${at}: an address that begins with https:// is expected`);
  }

  return value;
}

function localText(json: unknown, at: string): LocalText {
  const texts = record(json, at);
  return Object.fromEntries(
    Object.entries({ en: undefined, ...texts }).map(([language, value]) => [
      language,
      text(value, `${at}.${language}`),
    ]),
  ) as LocalText;
}
