import { longestRun } from './longestRun';
import { PixelBox } from './pixelBox';
import type { ReducedLuma } from './reducedLuma';

// Luma steps. A background that went through JPEG stays within them.
const TOLERANCE = 14;

// Around the commonest luma of the outline, what is counted as the same.
const LIKENESS = 8;

// What a screen's ground keeps to after JPEG.
const GROUND_RANGE = 3;

const ROUNDS = 3;
const SMALLEST_SIDE = 24;
const LEVELS = 256;

// Rows of letters or a thin line do not end a photo.
const LONGEST_GAP = 2;

/** Cells of one row or column: those from `start` to before `end` of a line that begins at `offset`. */
interface Line {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly offset: number;
}

/** Takes rows and columns off the edges while they are of one luma. Gives the whole if nothing of use is left. */
export function peel(luma: ReducedLuma): PixelBox {
  const { width, bounds } = luma;
  let { x: left, y: top, right, bottom } = bounds;
  let isChanged = true;
  while (isChanged && right - left >= SMALLEST_SIDE && bottom - top >= SMALLEST_SIDE) {
    isChanged = false;
    if (isPlain(luma, { start: left, end: right, step: 1, offset: top * width })) {
      top++;
      isChanged = true;
    }

    if (isPlain(luma, { start: left, end: right, step: 1, offset: (bottom - 1) * width })) {
      bottom--;
      isChanged = true;
    }

    if (isPlain(luma, { start: top, end: bottom, step: width, offset: left })) {
      left++;
      isChanged = true;
    }

    if (isPlain(luma, { start: top, end: bottom, step: width, offset: right - 1 })) {
      right--;
      isChanged = true;
    }
  }

  return isChanged ? bounds : new PixelBox(left, top, right - left, bottom - top);
}

/**
 * Keeps the longest run of rows, then of columns, that are mostly not background; up to three times, for a frame in a
 * frame. Background is the commonest luma of the outline if it covers 45 % of it; the whole is left if there is none.
 */
export function within(luma: ReducedLuma): PixelBox {
  let box = luma.bounds;
  for (let round = 0; round < ROUNDS && box.width >= SMALLEST_SIDE && box.height >= SMALLEST_SIDE; round++) {
    const background = backgroundOf(luma, box);
    const next = background === undefined ? box : inner(luma, box, background);
    if (next.equals(box) || next.width * 10 < box.width || next.height * 10 < box.height) {
      break;
    }

    box = next;
  }

  return box;
}

/**
 * Whether each side that is no edge of the picture parts a line of one luma, two cells outside, from a line that is
 * mostly of others, one cell inside: what the sides of a photo do, and the outline of a thing in it does not.
 */
export function hasSharpSides(luma: ReducedLuma, box: PixelBox): boolean {
  const { width, height } = luma;
  const down = { start: box.y, end: box.bottom, step: width };
  const across = { start: box.x, end: box.right, step: 1 };
  return (
    (box.x === 0 || isSharp(luma, down, Math.max(0, box.x - 2), box.x + 1)) &&
    (box.right === width || isSharp(luma, down, Math.min(width - 1, box.right + 1), box.right - 2)) &&
    (box.y === 0 || isSharp(luma, across, Math.max(0, box.y - 2) * width, (box.y + 1) * width)) &&
    (box.bottom === height ||
      isSharp(luma, across, Math.min(height - 1, box.bottom + 1) * width, (box.bottom - 2) * width))
  );
}

/**
 * Whether two thirds of what lies outside are of one luma to three steps: screens are, the shadows of a dark photo are
 * not.
 */
export function hasFlatGround(luma: ReducedLuma, box: PixelBox): boolean {
  return flatShare(luma, box, false) * 3 >= 2000;
}

/** Whether half of a rectangle is of one luma to three steps: a panel of a screen, and no photo. */
export function isPanel(luma: ReducedLuma, box: PixelBox): boolean {
  return flatShare(luma, box, true) >= 500;
}

// In thousandths of the cells inside or outside.
function flatShare(luma: ReducedLuma, box: PixelBox, isInside: boolean): number {
  const counts = new Int32Array(LEVELS);
  let all = 0;
  for (let y = 0; y < luma.height; y++) {
    const isBeside = y >= box.y && y < box.bottom;
    for (let x = 0; x < luma.width; x++) {
      if ((isBeside && x >= box.x && x < box.right) === isInside) {
        counts[luma.cells[y * luma.width + x]]++;
        all++;
      }
    }
  }

  let most = 0;
  for (let value = 0; value < LEVELS; value++) {
    most = Math.max(most, near(counts, value, GROUND_RANGE));
  }

  return Math.floor((most * 1000) / Math.max(1, all));
}

function isSharp(luma: ReducedLuma, along: Omit<Line, 'offset'>, outside: number, inside: number): boolean {
  const outer = { ...along, offset: outside };
  const length = along.end - along.start;
  return isPlain(luma, outer) && others(luma, meanOf(luma, outer), { ...along, offset: inside }) * 5 >= length * 3;
}

// Whether 98 % lie near the mean.
function isPlain(luma: ReducedLuma, line: Line): boolean {
  return others(luma, meanOf(luma, line), line) * 50 <= line.end - line.start;
}

function meanOf({ cells }: ReducedLuma, { start, end, step, offset }: Line): number {
  let sum = 0;
  for (let k = start; k < end; k++) {
    sum += cells[offset + k * step];
  }

  return Math.floor(sum / (end - start));
}

function others({ cells }: ReducedLuma, luma: number, { start, end, step, offset }: Line): number {
  let count = 0;
  for (let k = start; k < end; k++) {
    count += Math.abs(cells[offset + k * step] - luma) > TOLERANCE ? 1 : 0;
  }

  return count;
}

function backgroundOf({ cells, width }: ReducedLuma, box: PixelBox): number | undefined {
  const counts = new Int32Array(LEVELS);
  for (let x = box.x; x < box.right; x++) {
    counts[cells[box.y * width + x]]++;
    counts[cells[(box.bottom - 1) * width + x]]++;
  }

  for (let y = box.y + 1; y < box.bottom - 1; y++) {
    counts[cells[y * width + box.x]]++;
    counts[cells[y * width + box.right - 1]]++;
  }

  let best = 0;
  let most = -1;
  for (let value = 0; value < LEVELS; value++) {
    const like = near(counts, value, LIKENESS);
    if (like > most || (like === most && counts[value] > counts[best])) {
      most = like;
      best = value;
    }
  }

  const outline = 2 * box.width + 2 * (box.height - 2);
  return most * 100 >= outline * 45 ? best : undefined;
}

function near(counts: Int32Array, value: number, range: number): number {
  let sum = 0;
  for (let k = Math.max(0, value - range); k <= Math.min(LEVELS - 1, value + range); k++) {
    sum += counts[k];
  }

  return sum;
}

function inner(luma: ReducedLuma, box: PixelBox, background: number): PixelBox {
  const { width } = luma;
  const isRow = Array.from({ length: box.height }, (_, k) => {
    const row = { start: box.x, end: box.right, step: 1, offset: (box.y + k) * width };
    return others(luma, background, row) * 2 > box.width;
  });
  const rows = longestRun(isRow, LONGEST_GAP);
  if (rows.length === 0) {
    return box;
  }

  const top = rows.start + box.y;
  const isColumn = Array.from({ length: box.width }, (_, k) => {
    const column = { start: top, end: top + rows.length, step: width, offset: box.x + k };
    return others(luma, background, column) * 5 > rows.length * 2;
  });
  const columns = longestRun(isColumn, LONGEST_GAP);
  return columns.length === 0 ? box : new PixelBox(box.x + columns.start, top, columns.length, rows.length);
}
