import { bullets, paragraph } from '../page/components.ts';
import type { Page } from '../page/page.ts';
import { PictureRefusal } from '../service/index.ts';
import type { TextKey } from '../text/texts.ts';

/** How many pictures the case holds of those that were sent: two so alike that they share a fingerprint are one. */
export function takenCount({ session }: Page): number {
  return new Set(session.receipts.map(({ number }) => number).filter((number) => number > 0)).size;
}

/** Tells what became of the pictures that were sent. */
export function receiptSummary(page: Page): HTMLElement[] {
  const { say, session } = page;
  const taken = takenCount(page);
  const refused = session.photos.ready.flatMap(({ number }, i) => {
    const receipt = session.receipts.at(i);
    return receipt?.number === 0 ? [`${say('photo', { number })}: ${say(refusalText(receipt.refusal))}`] : [];
  });
  return [
    ...(taken > 0 ? [paragraph(say('receiptRegistered', { count: taken }))] : []),
    ...(refused.length > 0
      ? [paragraph(say('receiptNotTaken', { count: refused.length })), bullets(refused.map((text) => [text]))]
      : []),
  ];
}

function refusalText(refusal: PictureRefusal): TextKey {
  switch (refusal) {
    case PictureRefusal.LOW_QUALITY:
      return 'receiptLowQuality';
    case PictureRefusal.CASE_FULL:
      return 'receiptCaseFull';
    case PictureRefusal.TOO_MANY_FINGERPRINTS:
      return 'receiptTooMany';
    default:
      return 'receiptNotAPicture';
  }
}
