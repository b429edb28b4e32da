import {
  button,
  code,
  details,
  form,
  hint,
  paragraph,
  secondaryButton,
  statusLine,
  subheading,
  warningText,
} from '../page/components.ts';
import { download } from '../page/download.ts';
import { element } from '../page/element.ts';
import type { Page, Screen, ScreenMaker } from '../page/page.ts';
import { qrCode } from '../page/qrCode.ts';
import { receiptSummary, takenCount } from './receipts.ts';

// It says nothing of what it is for.
const fileName = 'notes.txt';

/** Gives the person the case key: the only time that it is shown. */
export const receipt: ScreenMaker = (page) => {
  const { say, session } = page;
  const key = session.key?.toText();
  if (key === undefined || takenCount(page) === 0) {
    return nothingTaken(page);
  }

  const status = statusLine();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(key);
      status.textContent = say('copied');
    } catch {
      status.textContent = say('copyFailed');
    }
  };
  const save = (): void => {
    download(new Blob([`${key}\n`], { type: 'text/plain' }), fileName);
  };
  const saved = element('input', { type: 'checkbox', id: 'saved', name: 'saved' });
  const submit = (): void => {
    if (saved.checked) {
      void page.show('done');
    } else {
      page.showError(say('receiptError'), saved);
    }
  };

  return {
    heading: say('receiptHeading'),
    content: [
      ...receiptSummary(page),
      subheading(say('receiptKey')),
      element('p', { class: 'key', dir: 'ltr' }, code(key)),
      element(
        'div',
        { class: 'buttons' },
        secondaryButton(say('copy'), () => void copy()),
        secondaryButton(say('saveFile'), save),
      ),
      status,
      hint(say('saveFileHint', { name: fileName })),
      details(say('qrShow'), qrCode(key, say('qrLabel')), hint(say('qrHint'))),
      paragraph(say('receiptFor', { address: location.host })),
      warningText(say('warning'), say('receiptWarning')),
      form(
        submit,
        element('div', { class: 'choice' }, saved, element('label', { for: 'saved' }, say('receiptSaved'))),
        button(say('finish')),
      ),
    ],
  };
};

function nothingTaken(page: Page): Screen {
  return {
    heading: page.say('receiptNothing'),
    back: 'photos',
    content: receiptSummary(page),
  };
}
