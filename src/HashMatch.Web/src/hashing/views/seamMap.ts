import type { ReducedLuma } from './reducedLuma';

const SHARP_STEP = 8;
const MIXED_STEP = 12;

// Seams so near an edge leave nothing to compare with.
const MARGIN = 3;

/**
 * Where neighbouring cells differ as pictures do that were put beside each other: a step with smoother ground on both
 * sides of it, or two steps of one direction where the reduction has mixed both sides in one cell. Counts are summed
 * along each line, so that the share of seam on any stretch of a line is two look-ups.
 */
export class SeamMap {
  /** How many lines there are, across which steps are looked for: rows for horizontal seams. */
  readonly lines: number;

  /** The length of each. */
  readonly length: number;

  readonly #sums: Int32Array;

  constructor(luma: ReducedLuma, isHorizontal: boolean) {
    this.lines = isHorizontal ? luma.height : luma.width;
    this.length = isHorizontal ? luma.width : luma.height;
    const ahead = isHorizontal ? luma.width : 1;
    const along = isHorizontal ? 1 : luma.width;
    const stride = this.length + 1;
    const sums = new Int32Array(this.lines * stride);
    for (let line = MARGIN; line < this.lines - MARGIN; line++) {
      let count = 0;
      let at = line * ahead;
      for (let k = 0; k < this.length; k++, at += along) {
        count += isSeam(luma.cells, at, ahead) ? 1 : 0;
        sums[line * stride + k + 1] = count;
      }
    }

    this.#sums = sums;
  }

  /** How many cells of a line, or of a stretch of it, are seam. */
  count(line: number, start = 0, end = this.length): number {
    const at = line * (this.length + 1);
    return this.#sums[at + end] - this.#sums[at + start];
  }
}

function isSeam(cells: Uint8Array, at: number, ahead: number): boolean {
  const cell = cells[at];
  const previous = cells[at - ahead];
  const step = cell - previous;
  const size = Math.abs(step);
  if (size < MIXED_STEP / 2) {
    return false;
  }

  const before = previous - cells[at - 2 * ahead];
  const after = cells[at + ahead] - cell;
  if (size >= SHARP_STEP && size > Math.abs(before) + Math.abs(after)) {
    return true;
  }

  // The larger of two steps is where the seam is said to be; of equal ones the first.
  const beyond = cells[at + 2 * ahead] - cells[at + ahead];
  const earlier = cells[at - 2 * ahead] - cells[at - 3 * ahead];
  return (
    (size >= Math.abs(after) && isMixed(step, after, before, beyond)) ||
    (size > Math.abs(before) && isMixed(before, step, earlier, after))
  );
}

function isMixed(first: number, second: number, outerBefore: number, outerAfter: number): boolean {
  const sum = Math.abs(first + second);
  return (
    first !== 0 &&
    second !== 0 &&
    first > 0 === second > 0 &&
    sum >= MIXED_STEP &&
    sum > 2 * (Math.abs(outerBefore) + Math.abs(outerAfter))
  );
}
