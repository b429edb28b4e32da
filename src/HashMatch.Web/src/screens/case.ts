import {
  button,
  hint,
  inset,
  linkButton,
  paragraph,
  secondaryButton,
  statusLine,
  summaryList,
  type SummaryRow,
  warningButton,
} from '../page/components.ts';
import { element } from '../page/element.ts';
import type { Page, ScreenMaker } from '../page/page.ts';
import type { GetStatusResponse, PictureStatus } from '../gen/hashmatch/v1/cases_pb.ts';
import { CaseClient, CaseState } from '../service/index.ts';
import { failureReason, showFailure } from './failure.ts';

/** Tells what a case holds, and what platforms said of it. */
export const caseScreen: ScreenMaker = (page) => {
  const { say } = page;
  const status = statusLine();
  const content = element('div', { class: 'late' }, status);
  void load(page, content);
  // Empty at first: what a screen reader is to say must change once the line is there.
  setTimeout(() => {
    status.textContent = say('loading');
  });
  return { heading: say('caseHeading'), back: 'caseKey', content: [content] };
};

async function load(page: Page, content: HTMLElement): Promise<void> {
  const { session } = page;
  const { signal, key } = session;
  if (key === undefined) {
    return;
  }

  try {
    const status = await new CaseClient(location.origin, signal).status(key);
    if (content.isConnected) {
      content.replaceChildren(...(status.state === CaseState.WITHDRAWN ? gone(page, status) : held(page, status)));
    }
  } catch (failure) {
    if (!signal.aborted && content.isConnected) {
      showFailure(page, content, failureReason(failure), () => void page.show('case'));
    }
  }
}

function gone({ say, show }: Page, { mirrors, mirrorsConfirmed }: GetStatusResponse): HTMLElement[] {
  return [
    inset(say('caseWithdrawn')),
    ...(mirrors > 0 ? [paragraph(say('caseMirrors', { count: mirrors, confirmed: mirrorsConfirmed }))] : []),
    button(say('startAgain'), () => void show('start')),
  ];
}

function held(page: Page, { pictureCount, pictures }: GetStatusResponse): HTMLElement[] {
  const { say, session, show } = page;
  const add = (): void => {
    session.photos.clear();
    session.adding = true;
    void show('photos');
  };
  const withdrawAll = (): void => {
    session.withdrawing = undefined;
    void show('withdraw');
  };
  return [
    paragraph(pictureCount === 0 ? say('caseEmpty') : say('casePictures', { count: pictureCount })),
    ...(pictures.length < pictureCount ? [paragraph(say('caseFirst', { count: pictures.length }))] : []),
    hint(say('caseWeekly')),
    ...pictures.flatMap((picture) => pictureSummary(page, picture)),
    element(
      'div',
      { class: 'buttons' },
      button(say('caseAdd'), add),
      secondaryButton(say('caseRefresh'), () => void show('case')),
    ),
    warningButton(say('caseWithdrawAll'), withdrawAll),
  ];
}

function pictureSummary(page: Page, picture: PictureStatus): HTMLElement[] {
  const { say, session, voice, show } = page;
  const { number, registeredDay, published } = picture;
  const withdraw = (): void => {
    session.withdrawing = number;
    void show('withdraw');
  };
  const rows: SummaryRow[] = [
    { key: say('caseRegistered'), value: [voice.day(registeredDay)] },
    { key: say('casePublished'), value: [say(published ? 'yes' : 'casePublishedNo')] },
    { key: say('caseReports'), value: [reports(page, picture)] },
  ];
  return [
    element(
      'div',
      { class: 'card' },
      element(
        'div',
        { class: 'card-title' },
        element('h2', {}, say('photo', { number })),
        linkButton(say('caseWithdrawOne'), withdraw, say('caseWithdrawWhich', { number })),
      ),
      summaryList(rows),
    ),
  ];
}

function reports({ say }: Page, { removedBy, underReviewBy, notViolatingBy }: PictureStatus): HTMLElement | string {
  const said = [
    removedBy > 0 ? say('caseRemoved', { count: removedBy }) : '',
    underReviewBy > 0 ? say('caseReview', { count: underReviewBy }) : '',
    notViolatingBy > 0 ? say('caseAllowed', { count: notViolatingBy }) : '',
  ].filter((text) => text !== '');
  return said.length === 0
    ? say('caseNoReports')
    : element('ul', { class: 'plain' }, ...said.map((text) => element('li', {}, text)));
}
