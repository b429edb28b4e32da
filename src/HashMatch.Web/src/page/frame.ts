import { languageCodes, languages } from '../text/languages.ts';
import { element } from './element.ts';
import type { Page } from './page.ts';

/** What stands around every screen: the way out first of all, the languages, and the way past both. */
export function frame(page: Page, main: HTMLElement): HTMLElement[] {
  const presses = element('p', { class: 'presses', role: 'status' });
  page.exit.onPress = (left) => {
    presses.textContent = left === undefined ? '' : page.say('exitPresses', { count: left });
  };
  const skip = (event: Event): void => {
    // A jump to "#main" would be an entry in the browser's history.
    event.preventDefault();
    main.focus();
  };

  return [
    element('a', { class: 'skip', href: '#main', click: skip }, page.say('skip')),
    element(
      'div',
      { class: 'exit', role: 'region', 'aria-label': page.say('exit') },
      element('span', { class: 'name' }, 'HashMatch'),
      element('button', { type: 'button', class: 'button danger', click: page.exit.leave }, page.say('exit')),
      presses,
    ),
    element('header', {}, languageChoice(page)),
    main,
    element('footer', {}, element('p', { class: 'hint' }, page.say('exitHint'))),
  ];
}

function languageChoice(page: Page): HTMLElement {
  return element(
    'nav',
    { 'aria-label': page.say('language') },
    ...languageCodes.map((code) =>
      element(
        'button',
        {
          type: 'button',
          class: 'link',
          lang: code,
          'aria-current': code === page.language ? 'true' : undefined,
          click: () => void page.speak(code),
        },
        languages[code].name,
      ),
    ),
  );
}
