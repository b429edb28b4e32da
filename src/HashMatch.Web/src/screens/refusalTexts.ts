import type { RefusalReason } from '../hashing/refusal.ts';
import type { TextKey } from '../text/texts.ts';

/** Says in plain words why a file was refused, and what can be done about it. */
export const refusalTexts: Record<RefusalReason, TextKey> = {
  empty: 'refusedEmpty',
  unreadable: 'refusedUnreadable',
  'file-too-large': 'refusedFileTooLarge',
  'too-many-pixels': 'refusedTooManyPixels',
  'not-a-picture': 'refusedNotAPicture',
  video: 'refusedVideo',
  'unsupported-format': 'refusedUnsupported',
  damaged: 'refusedDamaged',
  'cannot-decode': 'refusedCannotDecode',
  'heic-decoder-missing': 'refusedHeicMissing',
  'too-little-detail': 'refusedTooLittleDetail',
  'noisy-canvas': 'refusedNoisyCanvas',
  'old-browser': 'refusedOldBrowser',
  failed: 'refusedFailed',
};
