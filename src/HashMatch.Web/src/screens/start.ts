import { bullets, button, inset, linkButton, paragraph, steps, subheading, warningText } from '../page/components.ts';
import type { ScreenMaker } from '../page/page.ts';

/** What this does and does not do. Whoever comes back here starts anew. */
export const start: ScreenMaker = (page) => {
  const { say, session } = page;
  session.clear();
  return {
    heading: say('startHeading'),
    content: [
      paragraph(say('startLead')),
      warningText(say('warning'), say('startDanger')),
      subheading(say('startHow')),
      steps([say('startHow1'), say('startHow2'), say('startHow3'), say('startHow4')]),
      subheading(say('startLimits')),
      bullets([[say('startLimits1')], [say('startLimits2')], [say('startLimits3')], [say('startLimits4')]]),
      inset(say('startBackNote')),
      button(say('startButton'), () => void page.show('age')),
      subheading(say('startOther')),
      bullets([
        [linkButton(say('startCase'), () => void page.show('caseKey'))],
        [linkButton(say('startAdvice'), () => void page.show('advice'))],
        [linkButton(say('startContacts'), () => void page.show('country'))],
        [linkButton(say('startEvidence'), () => void page.show('evidence'))],
      ]),
    ],
  };
};
