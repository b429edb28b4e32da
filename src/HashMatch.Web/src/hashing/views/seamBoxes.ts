import { PixelBox } from './pixelBox';
import type { ReducedLuma } from './reducedLuma';
import { SeamMap } from './seamMap';

/** A score that only sides of nearly unbroken seam reach. */
export const STRONG = 1600;

/** A rectangle that seams bound, and how well they do. */
export interface SeamBox {
  readonly box: PixelBox;
  readonly score: number;
}

const MAX_COUNT = 6;
const SMALLEST_SIDE = 48;
const LINES_EACH = 10;
const EDGE = -1;
const FULL = 1000;
const LEAST_SEAM = 550;
const PER_SIDE = 150;
const LEAST_SCORE = 1100;
const SAME_OVERLAP = 800;

/**
 * Finds photos that were put beside, into or over something, best first. Each of the strongest seams across and down,
 * and the edges of the picture, may be a side; a rectangle counts if each side that is no edge of the picture is seam
 * for more than half of its length.
 */
export function seamBoxes(luma: ReducedLuma): SeamBox[] {
  if (luma.width < SMALLEST_SIDE || luma.height < SMALLEST_SIDE) {
    return [];
  }

  const rows = new SeamMap(luma, true);
  const columns = new SeamMap(luma, false);
  const across = strongest(columns);
  const down = strongest(rows);
  const found: SeamBox[] = [];
  across.forEach((left, i) => {
    for (const right of across.slice(i + 1)) {
      down.forEach((top, j) => {
        for (const bottom of down.slice(j + 1)) {
          const box = new PixelBox(left, top, right - left, bottom - top);
          const score = isLarge(luma, box) ? scoreOf(rows, columns, box) : 0;
          if (score >= LEAST_SCORE) {
            found.push({ box, score });
          }
        }
      });
    }
  });
  return choose(found);
}

// The lines with the most seam, and both edges, in order of position.
function strongest(map: SeamMap): number[] {
  const lines: number[] = [];
  for (let line = 4; line < map.lines - 4; line++) {
    const seam = map.count(line);
    const isPeak =
      seam * 5 >= map.length &&
      seam >= map.count(line - 1) &&
      seam > map.count(line + 1) &&
      seam * 10 >= 13 * Math.max(map.count(line - 3), map.count(line + 3));
    if (!isPeak) {
      continue;
    }

    let at = lines.length;
    while (at > 0 && map.count(lines[at - 1]) < seam) {
      at--;
    }

    lines.splice(at, 0, line);
    lines.length = Math.min(lines.length, LINES_EACH);
  }

  return [...lines, 0, map.lines].sort((one, other) => one - other);
}

function isLarge(luma: ReducedLuma, box: PixelBox): boolean {
  return box.width * 5 >= luma.width && box.area * 8 >= luma.bounds.area && !box.equals(luma.bounds);
}

// Of 0 if it does not count.
function scoreOf(rows: SeamMap, columns: SeamMap, box: PixelBox): number {
  const shares = [
    share(columns, box.x, box.y, box.bottom),
    share(columns, box.right, box.y, box.bottom),
    share(rows, box.y, box.x, box.right),
    share(rows, box.bottom, box.x, box.right),
  ].filter((each) => each !== EDGE);
  const least = Math.min(FULL, ...shares);
  const sides = shares.length;
  if (sides === 0 || least < LEAST_SEAM) {
    return 0;
  }

  const sum = shares.reduce((total, each) => total + each, 0);
  return Math.floor(sum / sides) + PER_SIDE * sides + Math.floor(least / 2);
}

function share(map: SeamMap, line: number, start: number, end: number): number {
  return line === 0 || line === map.lines ? EDGE : Math.floor((map.count(line, start, end) * FULL) / (end - start));
}

function choose(found: SeamBox[]): SeamBox[] {
  const chosen: SeamBox[] = [];
  for (const candidate of found.sort(compare)) {
    if (chosen.every(({ box }) => candidate.box.overlapInThousandths(box) <= SAME_OVERLAP)) {
      chosen.push(candidate);
    }

    if (chosen.length === MAX_COUNT) {
      break;
    }
  }

  return chosen;
}

// Never equal for two rectangles, so that any sort gives one order.
function compare(left: SeamBox, right: SeamBox): number {
  return (
    right.score - left.score ||
    right.box.area - left.box.area ||
    left.box.y - right.box.y ||
    left.box.x - right.box.x ||
    left.box.width - right.box.width
  );
}
