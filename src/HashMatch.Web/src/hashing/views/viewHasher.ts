import { type Fingerprint, MINIMUM_QUALITY, SIDE, halfTransform, hashBits, qualityOf, transform } from '../fingerprint';
import { asIntegers } from '../kernels';
import { PdqHasher } from '../pdq';
import { bitsApart } from './bitsApart';
import { type Frames, findFrames } from './frames';
import { PixelBox } from './pixelBox';
import { ReducedLuma } from './reducedLuma';
import { type ViewPlacement, wholeOf } from './viewPlacement';
import { FRAME, MOST_VIEWS, RAW, REGISTERED } from './viewPlan';
import { readView } from './viewSampler';

/** One way to look at a picture. */
export interface PictureView extends Fingerprint {
  /** What of it is shown: lower-case letters, digits and hyphens. */
  readonly name: string;
}

/** What a picture's rows are, beyond its sides. */
export interface ViewOptions {
  /** Whether the picture was stored as grey. */
  readonly isGrey?: boolean;
}

// Smooth parts are like each other sooner than whole pictures are: most near misses among photos lie below.
const LEAST_PART_QUALITY = 70;

// Two views as near as this find the same copies.
const SAME_DISTANCE = 10;

/**
 * Looks at a picture in several ways, so that its edited copies can be found by plain hashes: bit for bit what C#'s
 * `ViewHasher` registers as `Wide`; the first view alone is what it registers as `Plain`. `docs/recall.md` says how
 * they were chosen.
 *
 * The raw view is PDQ of every pixel. All others are PDQ's transform of 64 by 64 samples of one reduced picture. Where
 * the picture would be like others in the same frame, what is inside stands in the raw view's place: its rows are asked
 * for once more.
 */
export class ViewHasher {
  readonly #width: number;
  readonly #height: number;
  readonly #options: ViewOptions;
  readonly #raw: PdqHasher;
  readonly #luma: ReducedLuma;
  readonly #samples = new Float32Array(SIDE * SIDE);
  #frames: Frames | undefined;
  #photo: PixelBox | undefined;
  #cut: PdqHasher | undefined;

  constructor(width: number, height: number, options: ViewOptions = {}) {
    this.#width = width;
    this.#height = height;
    this.#options = options;
    this.#raw = new PdqHasher(width, height, options);
    this.#luma = new ReducedLuma(width, height);
  }

  /**
   * Takes the next rows.
   * @param rgba Whole rows, top row first: red, green, blue, straight alpha. Transparency is laid over white.
   */
  addRows(rgba: Uint8ClampedArray | Uint8Array): void {
    this.#raw.addRows(rgba);
    this.#luma.addRows(asIntegers(rgba));
  }

  /**
   * Looks for a frame, once all rows have been taken.
   * @returns The photo that stands for the picture, in pixels: its rows are to be given to `addPhotoRows`. Undefined
   * for most.
   */
  findPhoto(): PixelBox | undefined {
    this.#luma.finish();
    this.#frames = findFrames(this.#luma);
    const frame = this.#frames.replacement;
    if (frame !== undefined) {
      const { width, height } = this.#luma;
      const left = Math.floor((frame.x * this.#width) / width);
      const top = Math.floor((frame.y * this.#height) / height);
      const right = Math.floor((frame.right * this.#width) / width);
      const bottom = Math.floor((frame.bottom * this.#height) / height);
      this.#photo = new PixelBox(left, top, right - left, bottom - top);
      // At the full resolution, as somebody would hash it who had cut it out.
      this.#cut = new PdqHasher(this.#photo.width, this.#photo.height, this.#options);
    }

    return this.#photo;
  }

  /**
   * Takes the next of the rows in which the photo lies.
   * @param rgba Whole rows of the picture.
   */
  addPhotoRows(rgba: Uint8ClampedArray | Uint8Array): void {
    if (this.#photo === undefined) {
      throw new RangeError('No photo was found in a frame.');
    }

    const { x, width } = this.#photo;
    const pixels = asIntegers(rgba);
    const rows = pixels.length / this.#width;
    const cut = new Int32Array(rows * width);
    for (let y = 0; y < rows; y++) {
      cut.set(pixels.subarray(y * this.#width + x, y * this.#width + x + width), y * width);
    }

    this.#cut?.addRows(new Uint8Array(cut.buffer));
  }

  /**
   * The views to register, once all rows have been taken: up to 16, the picture or the photo in its stead first; none
   * if it has too little detail to be told from others.
   */
  finish(): PictureView[] {
    if (this.#frames === undefined) {
      throw new RangeError('It was not looked for frames.');
    }

    const views: PictureView[] = [];
    const whole = (this.#cut ?? this.#raw).finish();
    if (whole.quality < MINIMUM_QUALITY) {
      return views;
    }

    views.push({ name: this.#cut === undefined ? RAW : FRAME, ...whole });
    const { certain, replacement, seeming } = this.#frames;
    if (replacement === undefined && seeming !== undefined) {
      this.#addShown(views, FRAME, wholeOf(seeming));
    }

    for (const shape of REGISTERED) {
      if (views.length < MOST_VIEWS) {
        this.#addShown(views, shape.name, shape.place(certain ?? this.#luma.bounds));
      }
    }

    return views;
  }

  #addShown(views: PictureView[], name: string, placement: ViewPlacement): void {
    readView(this.#luma, placement, this.#samples);
    const quality = qualityOf(this.#samples);
    if (quality < LEAST_PART_QUALITY) {
      return;
    }

    const hash = hashBits(transform(halfTransform(this.#samples)));
    if (views.every((other) => bitsApart(hash, other.hash) > SAME_DISTANCE)) {
      views.push({ name, hash, quality });
    }
  }
}
