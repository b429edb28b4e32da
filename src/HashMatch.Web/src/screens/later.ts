import type { ScreenMaker } from '../page/page.ts';
import type { LaterScreenName } from '../page/screenNames.ts';
import { advice } from './advice.ts';
import { age } from './age.ts';
import { caseScreen } from './case.ts';
import { caseKey } from './caseKey.ts';
import { contacts } from './contacts.ts';
import { country } from './country.ts';
import { done } from './done.ts';
import { evidence } from './evidence.ts';
import { photos } from './photos.ts';
import { receipt } from './receipt.ts';
import { review } from './review.ts';
import { sending } from './sending.ts';
import { views } from './views.ts';
import { withdraw } from './withdraw.ts';
import { withdrawn } from './withdrawn.ts';

/** Every screen but the first. They are loaded together, right after it was painted. */
export const laterScreens: Record<LaterScreenName, ScreenMaker> = {
  age,
  photos,
  views,
  review,
  sending,
  receipt,
  done,
  caseKey,
  case: caseScreen,
  withdraw,
  withdrawn,
  advice,
  country,
  contacts,
  evidence,
};
