import type { RefusalReason } from './refusal';
import type { PictureView } from './views/viewHasher';

/** What the page asks of the worker. */
export type Request =
  | { readonly type: 'hash'; readonly id: number; readonly file: Blob }
  | { readonly type: 'cancel'; readonly id: number }
  /** Rows that the worker asked for by `read-rows`, or why there are none. */
  | { readonly type: 'rows'; readonly rows: Uint8ClampedArray }
  | { readonly type: 'no-rows'; readonly reason: RefusalReason };

/** What takes its time. */
export type Stage = 'reading' | 'decoding' | 'loading-decoder' | 'hashing';

/** What the worker says to the page. */
export type Reply =
  /** It is loaded, so no connection is needed any more. */
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly id: number; readonly stage: Stage; readonly fraction: number }
  | {
      readonly type: 'hashed';
      readonly id: number;
      readonly views: readonly PictureView[];
      readonly width: number;
      readonly height: number;
      /** Whether it holds memory that only its end gives back. */
      readonly isHeavy: boolean;
    }
  | { readonly type: 'refused'; readonly id: number; readonly reason: RefusalReason; readonly isHeavy: boolean }
  | { readonly type: 'cancelled'; readonly id: number }
  /** Where workers have no canvas, the page reads the picture for them, a few rows at a time. */
  | { readonly type: 'open-canvas'; readonly bitmap: ImageBitmap; readonly orientation: number }
  | { readonly type: 'read-rows'; readonly top: number; readonly count: number }
  | { readonly type: 'close-canvas' };
