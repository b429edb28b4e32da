import { button, chosenRadio, form, radios } from '../page/components.ts';
import { headingId, type ScreenMaker } from '../page/page.ts';
import type { ViewSet } from '../session/photos.ts';

/** Asks how much is sent of each picture. One of the answers is given already, so nobody has to come here. */
export const views: ScreenMaker = (page) => {
  const { say, session } = page;
  const answers = radios(
    'views',
    headingId,
    undefined,
    [
      { value: 'wide' satisfies ViewSet, text: say('viewsWide'), hint: say('viewsWideText') },
      { value: 'plain' satisfies ViewSet, text: say('viewsPlain'), hint: say('viewsPlainText') },
    ],
    session.views,
  );
  const submit = (): void => {
    session.views = chosenRadio(answers) === 'plain' ? 'plain' : 'wide';
    void page.show('review');
  };
  return {
    heading: say('viewsHeading'),
    back: 'review',
    content: [form(submit, answers, button(say('continue')))],
  };
};
