import { button, paragraph, statusLine } from '../page/components.ts';
import { element } from '../page/element.ts';
import type { Page } from '../page/page.ts';
import { helpLibrary, type HelpLibrary } from '../help/helpLibrary.ts';

/** Content made from the help data, as soon as they are there. @param make Gives nothing if they lack what is needed. */
export function withHelp(page: Page, make: (help: HelpLibrary) => HTMLElement[] | undefined): HTMLElement {
  const content = element('div', { class: 'late' }, statusLine());
  const failed = (): void => {
    content.replaceChildren(
      paragraph(page.say('helpFailed')),
      button(page.say('tryAgain'), () => {
        void page.refresh();
      }),
    );
  };
  helpLibrary().then((help) => {
    const made = make(help);
    if (made === undefined) {
      failed();
    } else {
      content.replaceChildren(...made);
    }
  }, failed);
  return content;
}
