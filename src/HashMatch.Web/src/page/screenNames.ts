/** The screens of the page. The first is part of the first load; the others follow it. */
export type ScreenName = 'start' | LaterScreenName;

/** Those that are loaded after the first. */
export type LaterScreenName =
  | 'age'
  | 'photos'
  | 'views'
  | 'review'
  | 'sending'
  | 'receipt'
  | 'done'
  | 'caseKey'
  | 'case'
  | 'withdraw'
  | 'withdrawn'
  | 'advice'
  | 'country'
  | 'contacts'
  | 'evidence';
