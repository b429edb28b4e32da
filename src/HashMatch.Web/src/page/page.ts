import type { Session } from '../session/session.ts';
import { languages, loadVoice, type LanguageCode } from '../text/languages.ts';
import type { TextKey, Values, Voice } from '../text/texts.ts';
import { element, present, type Child } from './element.ts';
import type { QuickExit } from './exit.ts';
import { frame } from './frame.ts';
import type { ScreenName } from './screenNames.ts';

/** What a screen shows. */
export interface Screen {
  /** Its question or statement; the focus moves there. */
  heading: string;
  content: Child[];
  /** Where its Back link leads. */
  back?: ScreenName | undefined;
  /** Called when another screen takes its place. */
  leave?: () => void;
}

/** Makes a screen from the session as it is. */
export type ScreenMaker = (page: Page) => Screen;

/** The heading's id, for what it labels. */
export const headingId = 'heading';

const errorId = 'error';

/** The one document: shows a screen at a time, in the language chosen. It never touches the browser's history. */
export class Page {
  readonly session: Session;
  readonly exit: QuickExit;
  readonly #loadScreen: (name: ScreenName) => Promise<ScreenMaker>;
  #language: LanguageCode;
  #voice: Voice;
  #name: ScreenName = 'start';
  #screen: Screen | undefined;
  #main = element('main', { id: 'main', tabindex: '-1' });
  // Whichever screen was asked for last wins, however long one before it takes to load.
  #asked = 0;

  constructor(
    session: Session,
    exit: QuickExit,
    language: LanguageCode,
    voice: Voice,
    loadScreen: (name: ScreenName) => Promise<ScreenMaker>,
  ) {
    this.session = session;
    this.exit = exit;
    this.#language = language;
    this.#voice = voice;
    this.#loadScreen = loadScreen;
  }

  get language(): LanguageCode {
    return this.#language;
  }

  get voice(): Voice {
    return this.#voice;
  }

  /** Says it in the language chosen. */
  readonly say = (key: TextKey, values?: Values): string => this.#voice.say(key, values);

  /** Puts the page together for the first time, without moving the focus. */
  start(maker: ScreenMaker): void {
    this.#dress();
    this.#put(maker);
  }

  /** Shows a screen. */
  readonly show = async (name: ScreenName): Promise<void> => {
    const asked = ++this.#asked;
    this.#main.setAttribute('aria-busy', 'true');
    try {
      const maker = await this.#loadScreen(name);
      if (asked === this.#asked) {
        this.#name = name;
        this.#put(maker);
        scrollTo(0, 0);
        this.#focusHeading();
      }
    } catch {
      if (asked === this.#asked) {
        this.showError(this.say('loadFailed'));
      }
    } finally {
      this.#main.removeAttribute('aria-busy');
    }
  };

  /** Shows the same screen again, as the session is now. */
  async refresh(): Promise<void> {
    const maker = await this.#loadScreen(this.#name);
    this.#put(maker);
  }

  /** Goes on in another language, on the same screen. */
  async speak(language: LanguageCode): Promise<void> {
    try {
      const voice = await loadVoice(language);
      const maker = await this.#loadScreen(this.#name);
      this.#language = language;
      this.#voice = voice;
      this.#dress();
      this.#put(maker);
      document.querySelector<HTMLElement>('[aria-current]')?.focus();
    } catch {
      this.showError(this.say('loadFailed'));
    }
  }

  /** Says something else in the heading: what the screen was waiting for has come, or has failed. */
  setHeading(text: string): void {
    const heading = document.getElementById(headingId);
    if (heading) {
      heading.textContent = text;
      heading.focus();
    }
  }

  /**
   * Says what is wrong, at the top of the screen and beside the field, if it is about one.
   * @param field What to mend; its id is needed for the link.
   */
  showError(text: string, field?: HTMLElement): void {
    this.clearError();
    const link = field
      ? element(
          'a',
          {
            href: `#${field.id}`,
            click: (event) => {
              event.preventDefault();
              field.focus();
            },
          },
          text,
        )
      : text;
    const summary = element(
      'div',
      { class: 'error-summary', role: 'alert', tabindex: '-1' },
      element('h2', {}, this.say('problem')),
      element('p', {}, link),
    );
    this.#main.prepend(summary);
    if (field) {
      const group = field.closest('fieldset') ?? field;
      const described = [group.getAttribute('aria-describedby'), errorId].filter((id) => id !== null).join(' ');
      (group.closest('.choice') ?? group).before(element('p', { class: 'error-message', id: errorId }, text));
      group.setAttribute('aria-describedby', described);
      field.setAttribute('aria-invalid', 'true');
    }

    summary.focus();
    summary.scrollIntoView({ block: 'nearest' });
  }

  /** Takes back what was said to be wrong. */
  clearError(): void {
    for (const old of this.#main.querySelectorAll('.error-summary, .error-message')) {
      old.remove();
    }

    for (const field of this.#main.querySelectorAll('[aria-invalid]')) {
      field.removeAttribute('aria-invalid');
    }

    for (const group of this.#main.querySelectorAll(`[aria-describedby~=${errorId}]`)) {
      const ids = (group.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id !== errorId);
      if (ids.length > 0) {
        group.setAttribute('aria-describedby', ids.join(' '));
      } else {
        group.removeAttribute('aria-describedby');
      }
    }
  }

  #dress(): void {
    document.documentElement.lang = this.#language;
    document.documentElement.dir = languages[this.#language].direction;
    document.body.replaceChildren(...frame(this, this.#main));
  }

  // The old screen lets go before the new one takes hold: they may be the same, in another language.
  #put(maker: ScreenMaker): void {
    this.#screen?.leave?.();
    const screen = maker(this);
    this.#screen = screen;
    const { back } = screen;
    const backLink = back
      ? element('button', { type: 'button', class: 'link back', click: () => void this.show(back) }, this.say('back'))
      : undefined;
    const heading = element('h1', { id: headingId, tabindex: '-1' }, screen.heading);
    this.#main.replaceChildren(...present([backLink, heading, ...screen.content]));
  }

  #focusHeading(): void {
    document.getElementById(headingId)?.focus();
  }
}
