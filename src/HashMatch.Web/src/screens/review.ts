import {
  button,
  details,
  hint,
  linkButton,
  paragraph,
  subheading,
  summaryList,
  type SummaryRow,
} from '../page/components.ts';
import { element } from '../page/element.ts';
import type { Page, ScreenMaker } from '../page/page.ts';
import { CaseKey } from '../service/caseKey.ts';
import { AgeGroup, planSubmission } from '../service/index.ts';

const servicePath = '/hashmatch.v1.CaseService/';

/** Shows exactly what will be sent, to the last byte. */
export const review: ScreenMaker = (page) => {
  const { say, session } = page;
  session.key ??= CaseKey.create();
  const ageGroup = session.age === 'under-18' ? AgeGroup.UNDER_18 : AgeGroup.ADULT;
  session.calls = planSubmission(session.key, session.adding ? undefined : ageGroup, session.fingerprints);
  session.receipts = [];
  return {
    heading: say('reviewHeading'),
    back: 'photos',
    content: [
      paragraph(say('reviewLead')),
      summaryList(rows(page)),
      subheading(say('reviewBytes')),
      hint(say('reviewBytesText')),
      ...messages(page),
      paragraph(say('reviewNetwork')),
      button(say('send'), () => void page.show('sending')),
    ],
  };
};

function rows({ say, session, show }: Page): SummaryRow[] {
  const { calls, fingerprints } = session;
  const size = calls.reduce((sum, { body }) => sum + body.length, 0);
  const unpadded = calls.reduce((sum, call) => sum + call.unpadded, 0);
  const methods = [...new Set(calls.map(({ method }) => method))];
  const all: SummaryRow[] = [
    {
      key: say('reviewPictures'),
      value: [say('reviewPicturesValue', { count: fingerprints.length, prints: fingerprints.flat().length })],
      actions: [linkButton(say('reviewChange'), () => void show('photos'), say('reviewChangePictures'))],
    },
    {
      key: say('reviewViews'),
      value: [say(session.views === 'wide' ? 'viewsWide' : 'viewsPlain')],
      actions: [linkButton(say('reviewChange'), () => void show('views'), say('reviewChangeViews'))],
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

// A single message is there to be seen; of several, each is written out when it is opened: a thousand pictures make
// more text than a phone shows at once.
function messages({ say, session }: Page): HTMLElement[] {
  const { calls } = session;
  if (calls.length === 1) {
    return [bytes(say('reviewBytes'), calls[0].body)];
  }

  return calls.map(({ body }, i) => {
    const label = say('reviewBytesPart', { number: i + 1, count: calls.length });
    const message = details(label);
    message.classList.add('message');
    message.addEventListener('toggle', () => message.lastElementChild?.replaceChildren(bytes(label, body)), {
      once: true,
    });
    return message;
  });
}

// The focus can go there, so that it can be scrolled without a mouse.
function bytes(label: string, body: Uint8Array): HTMLElement {
  const attributes = { class: 'bytes', dir: 'ltr', tabindex: '0', role: 'region', 'aria-label': label };
  return element('pre', attributes, hex(body));
}

function hex(body: Uint8Array): string {
  return Array.from(body, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
