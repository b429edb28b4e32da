import { code, inset, paragraph, statusLine } from '../page/components.ts';
import { element } from '../page/element.ts';
import type { Page, ScreenMaker } from '../page/page.ts';
import { CaseClient } from '../service/index.ts';
import { failureReason, showFailure } from './failure.ts';

/** Sends what was reviewed, and goes on to the receipt. */
export const sending: ScreenMaker = (page) => {
  const { say } = page;
  const status = statusLine();
  const progress = element('progress', { max: '1', 'aria-label': say('sendingHeading') });
  const content = element('div', { class: 'late' }, status, progress);
  void send(page, content, status, progress);
  return { heading: say('sendingHeading'), content: [content] };
};

async function send(
  page: Page,
  content: HTMLElement,
  status: HTMLElement,
  progress: HTMLProgressElement,
): Promise<void> {
  const { say, session } = page;
  const { signal, calls } = session;
  const client = new CaseClient(location.origin, signal);
  try {
    let sent = 0;
    for (const [i, call] of calls.entries()) {
      // What was acknowledged before is not sent again.
      if (session.receipts.length <= sent) {
        status.textContent = calls.length > 1 ? say('sendingPart', { number: i + 1, count: calls.length }) : '';
        const receipts = await client.submit(call);
        // Another language was chosen meanwhile: the screen was made anew, and sends the same again.
        if (!content.isConnected) {
          return;
        }

        session.receipts.push(...receipts);
      }

      sent += call.pictures;
      progress.value = (i + 1) / calls.length;
    }
  } catch (failure) {
    if (!signal.aborted && content.isConnected) {
      const reason = failureReason(failure);
      const retry = (): void => void page.show('sending');
      const keep = reason === 'lost' || session.receipts.length > 0 ? keyToKeep(page) : [];
      showFailure(page, content, reason, retry, say('lostText'), keep);
    }

    return;
  }

  if (!signal.aborted && content.isConnected) {
    await page.show(session.adding ? 'done' : 'receipt');
  }
}

// Something may be registered under it, or is: the person must not lose it by going away now.
function keyToKeep({ say, session }: Page): HTMLElement[] {
  return session.key && !session.adding
    ? [inset(paragraph(say('lostKey')), element('p', { class: 'key', dir: 'ltr' }, code(session.key.toText())))]
    : [];
}
