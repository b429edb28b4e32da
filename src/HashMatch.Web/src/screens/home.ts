import type { ScreenName } from '../page/screenNames.ts';
import type { Session } from '../session/session.ts';

/** Where help leads back to: the first screen, which starts anew, only if nothing was registered yet. */
export function home(session: Session): ScreenName {
  return session.receipts.length > 0 ? 'done' : 'start';
}
