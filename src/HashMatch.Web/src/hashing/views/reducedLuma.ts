import { overWhite } from '../kernels';
import { PixelBox } from './pixelBox';

/** The most cells a side. */
const MAX_SIDE = 384;

const MOST_PICKS = 2;
const RED = 77;
const GREEN = 150;
const BLUE = 29;
const UNIT = RED + GREEN + BLUE;
const OPAQUE = 255;

/**
 * A picture in whole grey levels, at most 384 cells a side, and once more at half of that; made from rows as they come.
 *
 * All views but the raw one, and the search for frames, are made from it. A cell is the mean of up to 2 by 2 pixels
 * picked evenly from what it covers. All arithmetic is in integers, so that C# makes the same cells.
 */
export class ReducedLuma {
  readonly width: number;
  readonly height: number;

  /** Row after row. */
  readonly cells: Uint8Array;

  /** At half the scale, at least 1. Cell (x, y) there is the mean of 2 by 2 here. */
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly halfCells: Uint8Array;

  readonly #pictureWidth: number;
  readonly #pictureHeight: number;
  readonly #across: number;
  readonly #down: number;
  readonly #columns: Int32Array;
  readonly #sums: Int32Array;
  #rows = 0;
  #picked = 0;

  constructor(pictureWidth: number, pictureHeight: number) {
    const longer = Math.max(pictureWidth, pictureHeight);
    this.width = reduced(pictureWidth, longer);
    this.height = reduced(pictureHeight, longer);
    this.cells = new Uint8Array(this.width * this.height);
    this.halfWidth = Math.max(1, this.width >> 1);
    this.halfHeight = Math.max(1, this.height >> 1);
    this.halfCells = new Uint8Array(this.halfWidth * this.halfHeight);
    this.#pictureWidth = pictureWidth;
    this.#pictureHeight = pictureHeight;
    this.#across = picks(pictureWidth, this.width);
    this.#down = picks(pictureHeight, this.height);
    const count = this.width * this.#across;
    this.#columns = Int32Array.from({ length: count }, (_, k) => pickAt(k, count, pictureWidth));
    this.#sums = new Int32Array(this.width);
  }

  /** The whole of it. */
  get bounds(): PixelBox {
    return new PixelBox(0, 0, this.width, this.height);
  }

  /** Takes the next rows: whole ones, each pixel a little-endian integer of red, green, blue and straight alpha. */
  addRows(pixels: Int32Array): void {
    const first = this.#rows;
    this.#rows += pixels.length / this.#pictureWidth;
    const last = this.height * this.#down;
    for (; this.#picked < last; this.#picked++) {
      const row = pickAt(this.#picked, last, this.#pictureHeight);
      if (row >= this.#rows) {
        return;
      }

      const picksDone = this.#picked % this.#down;
      if (picksDone === 0) {
        // Rounded by adding half of what is divided by.
        this.#sums.fill(this.#divisor >> 1);
      }

      this.#addRow(pixels, (row - first) * this.#pictureWidth);
      if (picksDone === this.#down - 1) {
        this.#closeRow((this.#picked - picksDone) / this.#down);
      }
    }
  }

  /** Makes the half scale, once all rows have been taken. */
  finish(): void {
    const { width, height, cells, halfWidth } = this;
    const right = Math.min(1, width - 1);
    const below = height > 1 ? width : 0;
    for (let y = 0; y < this.halfHeight; y++) {
      for (let x = 0; x < halfWidth; x++) {
        const at = 2 * y * width + 2 * x;
        const sum = cells[at] + cells[at + right] + cells[at + below] + cells[at + below + right];
        this.halfCells[y * halfWidth + x] = (sum + 2) >> 2;
      }
    }
  }

  get #divisor(): number {
    return UNIT * this.#across * this.#down;
  }

  #addRow(pixels: Int32Array, from: number): void {
    const columns = this.#columns;
    const sums = this.#sums;
    const across = this.#across;
    for (let k = 0; k < columns.length; k++) {
      const pixel = pixels[from + columns[k]];
      let red = pixel & 255;
      let green = (pixel >>> 8) & 255;
      let blue = (pixel >>> 16) & 255;
      const alpha = pixel >>> 24;
      if (alpha !== OPAQUE) {
        red = overWhite(red, alpha);
        green = overWhite(green, alpha);
        blue = overWhite(blue, alpha);
      }

      sums[across === 1 ? k : k >> 1] += RED * red + GREEN * green + BLUE * blue;
    }
  }

  #closeRow(y: number): void {
    for (let x = 0; x < this.width; x++) {
      this.cells[y * this.width + x] = this.#sums[x] / this.#divisor;
    }
  }
}

// Rounded to the nearest, and never to nothing.
function reduced(side: number, longer: number): number {
  return longer <= MAX_SIDE ? side : Math.max(1, Math.floor((2 * side * MAX_SIDE + longer) / (2 * longer)));
}

// One pixel is enough where none is left out.
function picks(pixels: number, cells: number): number {
  return pixels === cells ? 1 : MOST_PICKS;
}

// Which of so many pixels the pick is, when there are so many picks.
function pickAt(pick: number, count: number, length: number): number {
  return Math.floor(((2 * pick + 1) * length) / (2 * count));
}
