import { button, linkButton, paragraph } from '../page/components.ts';
import { element } from '../page/element.ts';
import type { ScreenMaker } from '../page/page.ts';

/** Confirms what was withdrawn. */
export const withdrawn: ScreenMaker = (page) => {
  const { say, session } = page;
  const count = session.withdrawn;
  return {
    heading: say('withdrawnHeading'),
    content: [
      element(
        'div',
        { class: 'late' },
        paragraph(count === 0 ? say('withdrawnBefore') : say('withdrawnCount', { count })),
        paragraph(say('withdrawnCopies')),
        button(say('seeCase'), () => void page.show('case')),
        paragraph(linkButton(say('startAgain'), () => void page.show('start'))),
      ),
    ],
  };
};
