import type { PixelBox } from './pixelBox';
import type { ReducedLuma } from './reducedLuma';
import { type SeamBox, STRONG, seamBoxes } from './seamBoxes';
import { hasFlatGround, hasSharpSides, isPanel, peel, within } from './uniformFrame';

const MAX_COUNT = 4;

// Two places nearer to each other than this have like hashes.
const SAME_OVERLAP = 940;

// Luma steps to the right and down, together.
const SMOOTH_STEPS = 6;
const FLAT_RANGE = 2;

/** Where in a picture a photo is that somebody put there. */
export interface Frames {
  /** The place whose frame is plain beyond doubt: it is registered in the picture's stead. Most pictures have none. */
  readonly certain: PixelBox | undefined;

  /** The likeliest place, if it may hold a photo. */
  readonly seeming: PixelBox | undefined;
}

/** Looks for the photo in a frame. */
export function findFrames(luma: ReducedLuma): Frames {
  const { bounds } = luma;
  const sure: PixelBox[] = [];
  const add = (box: PixelBox): void => {
    const isNew = [bounds, ...sure].every((other) => box.overlapInThousandths(other) <= SAME_OVERLAP);
    if (isNew && sure.length < MAX_COUNT) {
      sure.push(box);
    }
  };
  const seams = seamBoxes(luma);
  for (const { box } of seams.filter(({ score }) => score >= STRONG)) {
    add(box);
  }

  const inside = within(luma);
  const peeled = peel(luma);
  add(inside);
  add(peeled);
  // Beside a frame that is sure, seams that are weaker count too; without one, lines in the photo may be all they are.
  if (sure.length > 0) {
    for (const { box } of seams.filter(({ score }) => score < STRONG)) {
      add(box);
    }
  }

  return {
    certain: sure.find((box) => isCertain(luma, box, seams, inside, peeled)),
    seeming: sure.length > 0 && !isPanel(luma, sure[0]) ? sure[0] : undefined,
  };
}

function isCertain(
  luma: ReducedLuma,
  box: PixelBox,
  seams: readonly SeamBox[],
  inside: PixelBox,
  peeled: PixelBox,
): boolean {
  if (isPanel(luma, box)) {
    return false;
  }

  const isInside = box.equals(inside);
  const isSeamed =
    (isInside && (hasSharpSides(luma, box) || hasFlatGround(luma, box))) ||
    seams.some((seam) => seam.box.overlapInThousandths(box) > SAME_OVERLAP && (seam.score >= STRONG || isInside));
  return (isSeamed && isFramed(luma, box)) || (box.equals(peeled) && isFlat(luma, box));
}

// Whether most of what lies outside is as smooth as the grounds of screens, borders and blurred copies are.
function isFramed({ width, height, cells }: ReducedLuma, box: PixelBox): boolean {
  let all = 0;
  let smooth = 0;
  for (let y = 0; y < height - 1; y++) {
    const isBeside = y >= box.y && y < box.bottom;
    for (let x = 0; x < width - 1; x++) {
      if (isBeside && x >= box.x && x < box.right) {
        continue;
      }

      const at = y * width + x;
      const cell = cells[at];
      const steps = Math.abs(cells[at + 1] - cell) + Math.abs(cells[at + width] - cell);
      all++;
      smooth += steps <= SMOOTH_STEPS ? 1 : 0;
    }
  }

  return smooth * 4 >= all * 3;
}

// Whether what lies outside is of one luma, which borders are and skies are not.
function isFlat({ width, height, cells }: ReducedLuma, box: PixelBox): boolean {
  let least = 255;
  let most = 0;
  for (let y = 0; y < height; y++) {
    const isBeside = y >= box.y && y < box.bottom;
    let sum = 0;
    let count = 0;
    for (let x = 0; x < width; x++) {
      if (!isBeside || x < box.x || x >= box.right) {
        sum += cells[y * width + x];
        count++;
      }
    }

    if (count > 0) {
      const mean = Math.floor(sum / count);
      least = Math.min(least, mean);
      most = Math.max(most, mean);
    }
  }

  return most - least <= FLAT_RANGE;
}
