import { readAdvice, readContacts, readIndex, type Advice, type Contacts, type HelpIndex } from './helpData.ts';

const folder = '/help/';

/** The list of contacts that are not of one country. */
export const worldwide = 'worldwide';

/** All help data, in memory: which of them are read, the service never learns. */
export class HelpLibrary {
  readonly index: HelpIndex;
  readonly #advice: readonly Advice[];
  readonly #contacts: readonly Contacts[];

  private constructor(index: HelpIndex, advice: readonly Advice[], contacts: readonly Contacts[]) {
    this.index = index;
    this.#advice = advice;
    this.#contacts = contacts;
  }

  /** Fetches them all. One that cannot be shown is left out, and the console says why. */
  static async load(): Promise<HelpLibrary> {
    const index = readIndex(await fetchJson('index'));
    const [advice, contacts] = await Promise.all([
      loadAll(
        index.languages.map((code) => `advice.${code}`),
        readAdvice,
      ),
      loadAll(
        [...index.countries, worldwide].map((code) => `contacts.${code.toLowerCase()}`),
        readContacts,
      ),
    ]);
    return new HelpLibrary(index, advice, contacts);
  }

  /** The advice in a language, or in English. */
  adviceIn(language: string): Advice | undefined {
    return (
      this.#advice.find((advice) => advice.language === language) ??
      this.#advice.find((advice) => advice.language === 'en')
    );
  }

  /** The countries that have a list. */
  get countries(): string[] {
    return this.#contacts.map(({ country }) => country).filter((country) => country !== worldwide);
  }

  /** The contacts of a country, or those worldwide. */
  contactsOf(country: string): Contacts | undefined {
    return this.#contacts.find((contacts) => contacts.country === country);
  }
}

let loading: Promise<HelpLibrary> | undefined;

/** The help data. They are fetched once; if that failed, once more. */
export function helpLibrary(): Promise<HelpLibrary> {
  loading ??= HelpLibrary.load().catch((failure: unknown) => {
    loading = undefined;
    throw failure;
  });
  return loading;
}

async function loadAll<Data>(names: readonly string[], read: (json: unknown) => Data): Promise<Data[]> {
  const all = await Promise.all(
    names.map(async (name) => {
      try {
        return [read(await fetchJson(name))];
      } catch (failure) {
        console.error(`Help data ${name}:`, failure instanceof Error ? failure.message : '');
        return [];
      }
    }),
  );
  return all.flat();
}

async function fetchJson(name: string): Promise<unknown> {
  const answer = await fetch(`${folder}${name}.json`, {
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
  });
  if (!answer.ok) {
    throw new Error(`status ${answer.status}`);
  }

  return await answer.json();
}
