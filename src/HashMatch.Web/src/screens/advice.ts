import { bullets, hint, inset, linkButton, paragraph, subheading } from '../page/components.ts';
import { element } from '../page/element.ts';
import type { Page, ScreenMaker } from '../page/page.ts';
import type { HelpLibrary } from '../help/helpLibrary.ts';
import { withHelp } from './helpContent.ts';
import { home } from './home.ts';

/** What to do now, as published sources advise it. */
export const advice: ScreenMaker = (page) => ({
  heading: page.say('adviceHeading'),
  back: home(page.session),
  content: [withHelp(page, (help) => adviceContent(page, help))],
});

function adviceContent(page: Page, help: HelpLibrary): HTMLElement[] | undefined {
  const { say, voice } = page;
  const found = help.adviceIn(page.language);
  if (found === undefined) {
    return undefined;
  }

  return [
    inset(say('adviceLead')),
    element(
      'ol',
      { class: 'advice', lang: found.language },
      ...found.items.map(({ text, agree, checked }) =>
        element(
          'li',
          {},
          paragraph(text),
          hint(`${say('adviceSources', { count: agree })} ${say('checked', { date: voice.day(checked) })}.`),
        ),
      ),
    ),
    subheading(say('adviceFrom')),
    bullets(found.sources.map((source) => [element('bdi', {}, source)])),
    subheading(say('startOther')),
    bullets([
      [linkButton(say('startContacts'), () => void page.show('country'))],
      [linkButton(say('startEvidence'), () => void page.show('evidence'))],
    ]),
  ];
}
