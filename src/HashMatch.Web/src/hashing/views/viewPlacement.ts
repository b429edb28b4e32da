import type { PixelBox } from './pixelBox';

/** One cell, in the units of a placement. */
export const ONE = 1 << 16;

/**
 * Which part of a `ReducedLuma` a view shows: a turned rectangle, in 65,536ths of a cell. All are whole numbers, and so
 * small that a 64-bit float holds them and their products exactly.
 */
export interface ViewPlacement {
  /** The middle, from the left and the top edge. */
  readonly centerX: number;
  readonly centerY: number;

  /** From the middle to the middle of the view's right side. */
  readonly halfX: number;
  readonly halfY: number;

  /** From the middle to the middle of its lower side. */
  readonly downX: number;
  readonly downY: number;
}

/** A part of a rectangle, in thousandths of its sides. */
export function partOf(box: PixelBox, left: number, top: number, width: number, height: number): ViewPlacement {
  return {
    centerX: box.x * ONE + thousandths(box.width, 2 * left + width),
    centerY: box.y * ONE + thousandths(box.height, 2 * top + height),
    halfX: thousandths(box.width, width),
    halfY: 0,
    downX: 0,
    downY: thousandths(box.height, height),
  };
}

/** The whole of a rectangle. */
export function wholeOf(box: PixelBox): ViewPlacement {
  return partOf(box, 0, 0, 1000, 1000);
}

// Half of so many thousandths of so many cells.
function thousandths(cells: number, share: number): number {
  return Math.floor((cells * ONE * share) / 2000);
}
