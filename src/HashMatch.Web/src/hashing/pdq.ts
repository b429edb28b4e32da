import { BoxWindow } from './boxWindow';
import {
  type Fingerprint,
  SIDE,
  type TurnedFingerprints,
  halfTransform,
  hashBits,
  qualityOf,
  transform,
  turnedHashBits,
} from './fingerprint';
import { LANES, asIntegers, divideRow, enterRow, exchangeRow, leaveRow, lumaRow, meansAlongRows } from './kernels';

// The reference gives up on anything smaller.
const SMALLEST_SIDE = 5;

const HASH_BYTES = 32;
const TURNS = 8;

/** What a picture's rows are, beyond its sides. */
export interface PdqOptions {
  /** Whether the picture was stored as grey: its brightness is then the value itself. */
  readonly isGrey?: boolean;

  /** Whether `finishTurned` will be asked: as in the reference, 64 by 64 pixels are then blurred too. */
  readonly isTurned?: boolean;
}

/**
 * Computes a PDQ fingerprint at full resolution from rows as they come, bit for bit as `HashMatch.Hashing` does.
 *
 * Luma, four running means and the decimation to 64 by 64 go down the picture in one sweep. A mean down the columns
 * needs the rows of its window only, so a picture of 100 megapixels takes a few megabytes here.
 */
export class PdqHasher {
  readonly #across: BoxWindow;
  readonly #down: BoxWindow;
  readonly #isGrey: boolean;
  readonly #isCopied: boolean;
  readonly #isTooSmall: boolean;

  // Rows that wait until there are enough of them to go side by side: luma, and means down the columns.
  readonly #luma: Float32Array;
  readonly #means: Float32Array;
  #waiting = 0;
  #meansWaiting = 0;

  // The rows that the sums down the columns have yet to let go of.
  readonly #ring: Float32Array;
  readonly #ringRows: number;
  readonly #sums: Float32Array;

  // The same for the last mean, of which only the 64 columns exist that survive.
  readonly #columns: Int32Array;
  readonly #lastRing: Float32Array;
  readonly #lastSums = new Float32Array(SIDE);
  readonly #samples = new Float32Array(SIDE * SIDE);

  #rows = 0;
  #tick = 0;
  #lastTick = 0;
  #nextSample = 0;

  constructor(width: number, height: number, options: PdqOptions = {}) {
    this.#across = new BoxWindow(width);
    this.#down = new BoxWindow(height);
    this.#isGrey = options.isGrey === true;
    this.#isTooSmall = width < SMALLEST_SIDE || height < SMALLEST_SIDE;
    this.#isCopied = width === SIDE && height === SIDE && options.isTurned !== true;
    this.#luma = new Float32Array(LANES * width);
    this.#means = new Float32Array(LANES * width);
    this.#sums = new Float32Array(width);
    // Whole groups of rows, so that a group lies in one piece.
    this.#ringRows = (Math.ceil(this.#down.width / LANES) + 1) * LANES;
    this.#ring = new Float32Array(this.#ringRows * width);
    this.#lastRing = new Float32Array((this.#down.width + 1) * SIDE);
    this.#columns = Int32Array.from({ length: SIDE }, (_, j) => sourceOf(j, width));
  }

  /** The 64 by 64 samples, once finished. */
  get samples(): Float32Array {
    return this.#samples;
  }

  /**
   * Takes the next rows.
   * @param rgba Whole rows, top row first: red, green, blue, straight alpha. Transparency is laid over white.
   */
  addRows(rgba: Uint8ClampedArray | Uint8Array): void {
    const width = this.#across.length;
    const count = rgba.length / (4 * width);
    if (!Number.isInteger(count) || this.#rows + count > this.#down.length) {
      throw new RangeError('These are not whole rows of the picture.');
    }

    this.#rows += count;
    if (this.#isTooSmall) {
      return;
    }

    const pixels = asIntegers(rgba);
    for (let y = 0; y < count; y++) {
      const row = this.#isCopied ? this.#rows - count + y : this.#waiting;
      lumaRow(pixels, y * width, width, this.#isGrey, this.#isCopied ? this.#samples : this.#luma, row * width);
      if (!this.#isCopied && ++this.#waiting === LANES) {
        this.#blurWaiting();
      }
    }
  }

  /** The fingerprint, once all rows have been taken. */
  finish(): Fingerprint {
    const coefficients = this.#transformed();
    return coefficients === undefined
      ? { hash: new Uint8Array(HASH_BYTES), quality: 0 }
      : { hash: hashBits(coefficients), quality: qualityOf(this.#samples) };
  }

  /** The fingerprints of the picture and of its turned forms, once all rows have been taken. */
  finishTurned(): TurnedFingerprints {
    const coefficients = this.#transformed();
    return coefficients === undefined
      ? { hashes: Array.from({ length: TURNS }, () => new Uint8Array(HASH_BYTES)), quality: 0 }
      : { hashes: turnedHashBits(coefficients), quality: qualityOf(this.#samples) };
  }

  #transformed(): Float32Array | undefined {
    if (this.#rows !== this.#down.length) {
      throw new RangeError('Rows of the picture are missing.');
    }

    if (this.#isTooSmall) {
      return undefined;
    }

    if (!this.#isCopied) {
      this.#blurWaiting();
      this.#drain();
    }

    return transform(halfTransform(this.#samples));
  }

  #blurWaiting(): void {
    const width = this.#across.length;
    const at = (this.#tick % this.#ringRows) * width;
    meansAlongRows(this.#luma, this.#across, this.#ring, at);
    const end = this.#tick + this.#waiting;
    while (this.#tick < end) {
      this.#tickDown(true);
    }

    this.#waiting = 0;
  }

  // The ticks of the mean down the columns at which no row enters any more, then those of the last mean.
  #drain(): void {
    while (this.#tick < this.#down.ticks) {
      this.#tickDown(false);
    }

    this.#blurMeans();
    while (this.#lastTick < this.#down.ticks) {
      this.#tickLast(-1);
    }
  }

  #tickDown(enters: boolean): void {
    const width = this.#across.length;
    const tick = this.#tick++;
    const leaving = tick - this.#down.width;
    const enterAt = (tick % this.#ringRows) * width;
    const leaveAt = leaving < 0 ? -1 : (leaving % this.#ringRows) * width;
    const count = this.#down.countAt(tick);
    const to = this.#meansWaiting * width;
    if (enters && leaveAt >= 0) {
      exchangeRow(this.#sums, this.#ring, enterAt, leaveAt, count, this.#means, to);
    } else {
      if (enters) {
        enterRow(this.#sums, this.#ring, enterAt);
      }

      if (leaveAt >= 0) {
        leaveRow(this.#sums, this.#ring, leaveAt);
      }

      divideRow(this.#sums, count, this.#means, to);
    }

    // Before that the mean is nobody's.
    if (tick >= this.#down.lag && ++this.#meansWaiting === LANES) {
      this.#blurMeans();
    }
  }

  #blurMeans(): void {
    // What the first mean left in the group of luma rows has served, so their memory takes the second mean.
    meansAlongRows(this.#means, this.#across, this.#luma, 0);
    for (let k = 0; k < this.#meansWaiting; k++) {
      this.#tickLast(k * this.#across.length);
    }

    this.#meansWaiting = 0;
  }

  // The row of means that enters starts at `from`; it is negative once all have entered.
  #tickLast(from: number): void {
    const tick = this.#lastTick++;
    const ringRows = this.#down.width + 1;
    if (from >= 0) {
      const at = (tick % ringRows) * SIDE;
      for (let j = 0; j < SIDE; j++) {
        this.#lastRing[at + j] = this.#luma[from + this.#columns[j]];
      }

      enterRow(this.#lastSums, this.#lastRing, at);
    }

    if (tick >= this.#down.width) {
      leaveRow(this.#lastSums, this.#lastRing, ((tick - this.#down.width) % ringRows) * SIDE);
    }

    // A picture lower than 64 gives some of its rows more than once.
    const { length, lag } = this.#down;
    for (; this.#nextSample < SIDE && sourceOf(this.#nextSample, length) + lag === tick; this.#nextSample++) {
      divideRow(this.#lastSums, this.#down.countAt(tick), this.#samples, this.#nextSample * SIDE);
    }
  }
}

// The row or column of the blurred picture that becomes this one of 64.
function sourceOf(index: number, length: number): number {
  return Math.trunc(((index + 0.5) * length) / SIDE);
}
