import { button, linkButton, paragraph } from '../page/components.ts';
import type { Page } from '../page/page.ts';
import type { CallFailureReason } from '../service/caseClient.ts';
import { CallFailure } from '../service/index.ts';
import type { TextKey } from '../text/texts.ts';

const texts: Record<CallFailureReason, { heading: TextKey; text: TextKey; again: boolean }> = {
  lost: { heading: 'unreachableHeading', text: 'unreachableText', again: true },
  busy: { heading: 'busyHeading', text: 'busyText', again: true },
  withdrawn: { heading: 'goneHeading', text: 'goneText', again: false },
  'not-found': { heading: 'noCaseHeading', text: 'noCaseText', again: false },
  refused: { heading: 'refusedHeading', text: 'refusedText', again: false },
};

/** Why a call failed; nobody knows whether it arrived unless the service said so. */
export function failureReason(failure: unknown): CallFailureReason {
  return failure instanceof CallFailure ? failure.reason : 'lost';
}

/**
 * Says in the place of a screen's content what went wrong with a call and what can be done.
 * @param lost What is said of a call that may have arrived and changed something.
 * @param keep What the person should keep, whatever they do next.
 */
export function showFailure(
  page: Page,
  content: HTMLElement,
  reason: CallFailureReason,
  retry: () => void,
  lost?: string,
  keep: HTMLElement[] = [],
): void {
  const { say } = page;
  const { heading, text, again } = texts[reason];
  const isLost = reason === 'lost' && lost !== undefined;
  const startAgain = (): void => void page.show('start');
  content.replaceChildren(
    paragraph(isLost ? lost : say(text)),
    ...keep,
    ...(again
      ? [button(say('tryAgain'), retry), paragraph(linkButton(say('startAgain'), startAgain))]
      : [button(say('startAgain'), startAgain)]),
  );
  page.setHeading(say(isLost ? 'lostHeading' : heading));
}
