import { button, hint, linkButton, paragraph, subheading, summaryList, type SummaryRow } from '../page/components.ts';
import { element } from '../page/element.ts';
import type { Page, ScreenMaker } from '../page/page.ts';
import { CaseKey } from '../service/caseKey.ts';
import { AgeGroup, planSubmission } from '../service/index.ts';
import type { SubmissionCall } from '../service/submission.ts';

const servicePath = '/hashmatch.v1.CaseService/';

/** Shows exactly what will be sent, to the last byte. */
export const review: ScreenMaker = (page) => {
  const { say, session } = page;
  session.key ??= CaseKey.create();
  const ageGroup = session.age === 'under-18' ? AgeGroup.UNDER_18 : AgeGroup.ADULT;
  session.calls = planSubmission(session.key, session.adding ? undefined : ageGroup, session.photos.hashes);
  session.receipts = [];
  return {
    heading: say('reviewHeading'),
    back: 'photos',
    content: [
      paragraph(say('reviewLead')),
      summaryList(rows(page)),
      subheading(say('reviewBytes')),
      hint(say('reviewBytesText')),
      ...session.calls.flatMap((call, i) => bytes(page, call, i + 1)),
      paragraph(say('reviewNetwork')),
      button(say('send'), () => void page.show('sending')),
    ],
  };
};

function rows({ say, session, show }: Page): SummaryRow[] {
  const count = session.photos.hashes.length;
  const size = session.calls.reduce((sum, { body }) => sum + body.length, 0);
  const unpadded = session.calls.reduce((sum, call) => sum + call.unpadded, 0);
  const methods = [...new Set(session.calls.map(({ method }) => method))];
  const all: SummaryRow[] = [
    {
      key: say('reviewPictures'),
      value: [say('reviewPicturesValue', { count })],
      actions: [linkButton(say('reviewChange'), () => void show('photos'), say('reviewChangePictures'))],
    },
    {
      key: say('reviewAge'),
      value: [say(session.age === 'under-18' ? 'yes' : 'no')],
      actions: [linkButton(say('reviewChange'), () => void show('age'), say('reviewChangeAge'))],
    },
    { key: say('reviewKey'), value: [say(session.adding ? 'reviewKeyKnown' : 'reviewKeyNew')] },
    {
      key: say('reviewTo'),
      value: methods.map((method) =>
        element('bdi', { dir: 'ltr', class: 'address' }, `${location.origin}${servicePath}${method}`),
      ),
    },
    {
      key: say('reviewSize'),
      value: [
        `${say('reviewSizeValue', { size, count: size - unpadded })} `,
        element('span', { class: 'hint' }, say('reviewSizeWhy')),
      ],
    },
  ];
  return session.adding ? all.filter(({ key }) => key !== say('reviewAge')) : all;
}

function bytes({ say, session }: Page, call: SubmissionCall, number: number): HTMLElement[] {
  const count = session.calls.length;
  const label = count > 1 ? say('reviewBytesPart', { number, count }) : say('reviewBytes');
  return [
    ...(count > 1 ? [element('h3', {}, label)] : []),
    // The focus can go there, so that it can be scrolled without a mouse.
    element('pre', { class: 'bytes', dir: 'ltr', tabindex: '0', role: 'region', 'aria-label': label }, hex(call.body)),
  ];
}

function hex(body: Uint8Array): string {
  return Array.from(body, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
