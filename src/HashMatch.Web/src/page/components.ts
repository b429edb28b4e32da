import { element, present, type Child } from './element.ts';

/** A row of a summary list: what, its value, and what can be done about it. */
export interface SummaryRow {
  key: string;
  value: Child[];
  actions?: HTMLElement[];
}

/** The button that goes on; a screen has one. */
export function button(text: string, onPress?: () => void): HTMLButtonElement {
  return element('button', { type: onPress ? 'button' : 'submit', class: 'button', click: onPress }, text);
}

/** A button for what is not the main thing. */
export function secondaryButton(text: string, onPress: () => void): HTMLButtonElement {
  return element('button', { type: 'button', class: 'button secondary', click: onPress }, text);
}

/** A button for what cannot be taken back. */
export function warningButton(text: string, onPress: () => void): HTMLButtonElement {
  return element('button', { type: 'button', class: 'button danger', click: onPress }, text);
}

/**
 * A button that looks like a link: it leads to another screen, and the browser's history must not know.
 * @param name Its whole name, where the text alone does not say what it is about. It begins with the text.
 */
export function linkButton(text: string, onPress: () => void, name?: string): HTMLButtonElement {
  return element('button', { type: 'button', class: 'link', 'aria-label': name, click: onPress }, text);
}

/** A paragraph. */
export function paragraph(...content: Child[]): HTMLParagraphElement {
  return element('p', {}, ...content);
}

/** A hint, small and paler. */
export function hint(text: string, id?: string): HTMLParagraphElement {
  return element('p', { class: 'hint', id }, text);
}

/** A heading within a screen. */
export function subheading(text: string): HTMLHeadingElement {
  return element('h2', {}, text);
}

/** A list with bullets. */
export function bullets(items: readonly Child[][]): HTMLUListElement {
  return element('ul', {}, ...items.map((item) => element('li', {}, ...item)));
}

/** A list with numbers. */
export function steps(items: readonly string[]): HTMLOListElement {
  return element('ol', {}, ...items.map((item) => element('li', {}, item)));
}

/** What must not be overlooked. @param word "Warning", for those who do not see the sign. */
export function warningText(word: string, text: string): HTMLElement {
  return element(
    'p',
    { class: 'warning' },
    element('span', { class: 'warning-sign', 'aria-hidden': 'true' }, '!'),
    element('strong', {}, element('span', { class: 'hidden' }, `${word}: `), text),
  );
}

/** What is set apart from the text around it. */
export function inset(...content: Child[]): HTMLElement {
  return element('div', { class: 'inset' }, ...content);
}

/** What opens when it is asked for. */
export function details(summary: string, ...content: Child[]): HTMLDetailsElement {
  return element('details', {}, element('summary', {}, summary), element('div', {}, ...content));
}

/** What was entered, row by row. */
export function summaryList(rows: readonly SummaryRow[]): HTMLElement {
  return element(
    'dl',
    { class: 'summary' },
    ...rows.map(({ key, value, actions }) =>
      element(
        'div',
        {},
        element('dt', {}, key),
        element('dd', {}, ...value),
        actions && actions.length > 0 ? element('dd', { class: 'actions' }, ...actions) : undefined,
      ),
    ),
  );
}

/** One question with a few answers, each with a sentence about it if need be. @param chosen The answer that is chosen already. */
export function radios(
  name: string,
  legendFrom: string,
  hintId: string | undefined,
  answers: readonly { value: string; text: string; hint?: string }[],
  chosen: string | undefined,
): HTMLElement {
  return element(
    'fieldset',
    { 'aria-labelledby': legendFrom, 'aria-describedby': hintId },
    ...answers.map(({ value, text, hint: explanation }, i) => {
      const id = `${name}-${i + 1}`;
      const explanationId = explanation === undefined ? undefined : `${id}-hint`;
      return element(
        'div',
        { class: 'choice' },
        element('input', {
          type: 'radio',
          name,
          id,
          value,
          checked: value === chosen,
          'aria-describedby': explanationId,
        }),
        element(
          'div',
          {},
          element('label', { for: id }, text),
          explanation === undefined ? undefined : hint(explanation, explanationId),
        ),
      );
    }),
  );
}

/** The value of the chosen answer. */
export function chosenRadio(fieldset: HTMLElement): string | undefined {
  return fieldset.querySelector<HTMLInputElement>('input:checked')?.value;
}

// Chrome asks its maker what to fill into a form, and tells by that who sees it, whatever `autocomplete` says; but never
// of forms for searching, which it knows by their address. Nothing is ever sent there.
const noQuestions = '/search';

/** A form that is never sent by the browser: what it asks stays here. */
export function form(onSubmit: () => void, ...content: Child[]): HTMLFormElement {
  const attributes = { novalidate: true, autocomplete: 'off', action: noQuestions };
  const made = element('form', attributes, ...present(content));
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    onSubmit();
  });
  return made;
}

/** What a screen reader says when its text changes. */
export function statusLine(): HTMLElement {
  return element('p', { role: 'status', class: 'status' });
}

/** Text that runs from left to right in every language: a key, a digest. */
export function code(text: string): HTMLElement {
  return element('bdi', { dir: 'ltr', class: 'code' }, text);
}

/** A link that leads away from the page, in a tab of its own so that nothing here is lost. */
export function awayLink(address: string, text: string): HTMLAnchorElement {
  return element('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, text);
}
