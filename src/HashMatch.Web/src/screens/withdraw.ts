import { linkButton, paragraph, statusLine, warningButton, warningText } from '../page/components.ts';
import { element } from '../page/element.ts';
import type { Page, ScreenMaker } from '../page/page.ts';
import { CaseClient } from '../service/index.ts';
import { failureReason, showFailure } from './failure.ts';

/** Asks once more before a picture or the whole case is withdrawn. */
export const withdraw: ScreenMaker = (page) => {
  const { say, session } = page;
  const number = session.withdrawing;
  const content = element('div', { class: 'late' });
  const status = statusLine();
  const confirm = warningButton(say(number === undefined ? 'withdrawAllYes' : 'withdrawYes'), () => {
    confirm.disabled = true;
    status.textContent = say('loading');
    void send(page, content);
  });
  content.append(
    paragraph(say(number === undefined ? 'withdrawAllText' : 'withdrawOneText')),
    ...(number === undefined ? [warningText(say('warning'), say('withdrawAllWarning'))] : []),
    confirm,
    status,
    paragraph(linkButton(say('withdrawNo'), () => void page.show('case'))),
  );
  return {
    heading: number === undefined ? say('withdrawAllHeading') : say('withdrawOneHeading', { number }),
    back: 'case',
    content: [content],
  };
};

async function send(page: Page, content: HTMLElement): Promise<void> {
  const { say, session } = page;
  const { signal, key, withdrawing } = session;
  if (key === undefined) {
    return;
  }

  try {
    session.withdrawn = await new CaseClient(location.origin, signal).withdraw(key, withdrawing);
    if (content.isConnected) {
      await page.show('withdrawn');
    }
  } catch (failure) {
    if (!signal.aborted && content.isConnected) {
      const retry = (): void => void send(page, content);
      showFailure(page, content, failureReason(failure), retry, say('lostWithdraw'));
    }
  }
}
