import { SIDE } from '../fingerprint';
import type { ReducedLuma } from './reducedLuma';
import { ONE, type ViewPlacement } from './viewPlacement';

const POINTS = 2 * SIDE;

// From three cells a sample on, the half scale loses nothing.
const LARGEST_AT_FULL_SCALE = 3 * SIDE * ONE;

/**
 * Reads the 64 by 64 samples of a view, each 0 to 255, which PDQ's transform takes from there. Outside the picture its
 * edge goes on.
 *
 * Each sample is the mean of 2 by 2 points, each a blend of the four cells around it in 256ths. Large views are read
 * from the half scale, so that no cell is passed over. Integers up to the end, and the floats are exact.
 */
export function readView(luma: ReducedLuma, view: ViewPlacement, samples: Float32Array): void {
  const width = 2 * (Math.abs(view.halfX) + Math.abs(view.halfY));
  const height = 2 * (Math.abs(view.downX) + Math.abs(view.downY));
  if (Math.max(width, height) > LARGEST_AT_FULL_SCALE) {
    const half = {
      centerX: view.centerX >> 1,
      centerY: view.centerY >> 1,
      halfX: view.halfX >> 1,
      halfY: view.halfY >> 1,
      downX: view.downX >> 1,
      downY: view.downY >> 1,
    };
    read(luma.halfCells, luma.halfWidth, luma.halfHeight, half, samples);
  } else {
    read(luma.cells, luma.width, luma.height, view, samples);
  }
}

function read(cells: Uint8Array, width: number, height: number, view: ViewPlacement, samples: Float32Array): void {
  // From point to point to the right and down; shifts round towards minus infinity.
  const rightX = view.halfX >> 6;
  const rightY = view.halfY >> 6;
  const downX = view.downX >> 6;
  const downY = view.downY >> 6;

  // The middle of a cell is its value; the first point is half a step inside the corner.
  const startX = view.centerX - view.halfX - view.downX - ONE / 2 + ((rightX + downX) >> 1);
  const startY = view.centerY - view.halfY - view.downY - ONE / 2 + ((rightY + downY) >> 1);
  const sums = new Int32Array(SIDE);
  for (let i = 0; i < SIDE; i++) {
    sums.fill(0);
    for (let row = 2 * i; row < 2 * i + 2; row++) {
      let x = (startX + downX * row) | 0;
      let y = (startY + downY * row) | 0;
      for (let j = 0; j < POINTS; j++) {
        sums[j >> 1] += blend(cells, width, height, x, y);
        x = (x + rightX) | 0;
        y = (y + rightY) | 0;
      }
    }

    for (let j = 0; j < SIDE; j++) {
      samples[i * SIDE + j] = (sums[j] >> 2) / ONE;
    }
  }
}

// 0 to 255 times 65,536.
function blend(cells: Uint8Array, width: number, height: number, x: number, y: number): number {
  // At and beyond the edges the outermost cells go on.
  const left = Math.min(Math.max(x, 0), (width - 1) * ONE);
  const top = Math.min(Math.max(y, 0), (height - 1) * ONE);
  const column = left >> 16;
  const row = top >> 16;
  const right = column + 1 < width ? 1 : 0;
  const below = row + 1 < height ? width : 0;
  const at = row * width + column;
  const partX = (left >> 8) & 255;
  const partY = (top >> 8) & 255;
  const upper = (cells[at] << 8) + (cells[at + right] - cells[at]) * partX;
  const lower = (cells[at + below] << 8) + (cells[at + below + right] - cells[at + below]) * partX;
  return (upper << 8) + (lower - upper) * partY;
}
