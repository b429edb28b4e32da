/** Why no fingerprint can be made of a file. */
export type RefusalReason =
  | 'not-a-picture'
  | 'damaged'
  | 'too-large'
  | 'too-little-detail'
  | 'browser-changes-pixels'
  | 'heic-unsupported'
  | 'failed';

/** A fingerprint, or why there is none. */
export type HashingResult = { hash: Uint8Array; quality: number } | { refusal: RefusalReason };

/** The hashing of one file, under way. */
export interface Hashing {
  result: Promise<HashingResult>;
  /** Ends it at once; its memory is given back. */
  cancel(): void;
}

/** Starts to hash a file. It tells how far it is: 0 to 1. */
export type HashFile = (file: File, onProgress: (share: number) => void) => Hashing;
