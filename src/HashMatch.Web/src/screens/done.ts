import { bullets, linkButton, paragraph, steps, subheading } from '../page/components.ts';
import type { ScreenMaker } from '../page/page.ts';
import { receiptSummary, takenCount } from './receipts.ts';

/** What happens next, and who else can help. */
export const done: ScreenMaker = (page) => {
  const { say, session } = page;
  const { adding } = session;
  const heading = takenCount(page) === 0 ? 'receiptNothing' : adding ? 'addedHeading' : 'doneHeading';
  return {
    heading: say(heading),
    content: [
      ...(adding ? receiptSummary(page) : []),
      subheading(say('doneNext')),
      steps([say('done1'), say('done2'), say('done3')]),
      subheading(say('doneHelp')),
      bullets([
        [linkButton(say('startAdvice'), () => void page.show('advice'))],
        [linkButton(say('startContacts'), () => void page.show('country'))],
        [linkButton(say('startEvidence'), () => void page.show('evidence'))],
        [linkButton(say('seeCase'), () => void page.show('case'))],
      ]),
      paragraph(say('doneDelete')),
    ],
  };
};
