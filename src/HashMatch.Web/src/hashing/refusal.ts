/** Why a file was not hashed. What is said of it is for the screens. */
export type RefusalReason =
  /** It holds no bytes. */
  | 'empty'
  /** The browser could not read it: it was moved, changed or is not stored on the device. */
  | 'unreadable'
  /** It has more bytes than `LIMITS` allows. */
  | 'file-too-large'
  /** It has more pixels, or a longer side, than `LIMITS` allows. */
  | 'too-many-pixels'
  /** Its first bytes are not those of any known kind of picture. */
  | 'not-a-picture'
  /** It is a video. */
  | 'video'
  /** It is a picture or drawing of a kind that is not hashed here. */
  | 'unsupported-format'
  /** It starts as a picture but is not whole. */
  | 'damaged'
  /** It looks whole, but neither the browser nor what came with the page can decode it. */
  | 'cannot-decode'
  /** It is a HEIC picture, and what decodes those could not be loaded: without a connection, for one. */
  | 'heic-decoder-missing'
  /** The picture shows too little: its hash would match others. */
  | 'too-little-detail'
  /** The browser changes pixels that pages read, against tracking: the hash would be wrong. */
  | 'noisy-canvas'
  /** The browser lacks what hashing needs. */
  | 'old-browser'
  /** The device ran out of memory, or something that has no other name. */
  | 'failed';

/** A file was not hashed. Says nothing of the file but why. */
export class PictureRefused extends Error {
  constructor(readonly reason: RefusalReason) {
    super(reason);
    this.name = 'PictureRefused';
  }
}
