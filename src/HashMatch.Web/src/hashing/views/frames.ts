import { showsFrame } from './blankedView';
import type { PixelBox } from './pixelBox';
import type { ReducedLuma } from './reducedLuma';
import { type SeamBox, STRONG, seamBoxes } from './seamBoxes';
import { hasFlatGround, hasSharpSides, isPanel, peel, within } from './uniformFrame';

const MAX_COUNT = 4;

// Two places nearer to each other than this have like hashes.
const SAME_OVERLAP = 940;

// Luma steps to the right and down, together.
const SMOOTH_STEPS = 6;

// Of what lies outside, in hundredths. Letters stand on the plain ground of screens, but a blurred copy has none.
const MOSTLY_SMOOTH = 75;
const WHOLLY_SMOOTH = 90;

// A tenth of the picture, and a fifth where it is of one luma, as the bars of captions are too.
const LEAST_PART = 10;
const LEAST_PART_OF_PANEL = 5;

/** Where in a picture a photo is that somebody put there. */
export interface Frames {
  /** The place whose frame is plain beyond doubt. Most pictures have none. */
  readonly certain: PixelBox | undefined;

  /**
   * That place again if it is to be registered in the picture's stead, since the picture would be like others in the
   * same frame.
   */
  readonly replacement: PixelBox | undefined;

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

  const { place, isAlone } = findCertain(luma, sure, seams);
  return {
    certain: place,
    replacement: isAlone ? place : undefined,
    seeming: place ?? (sure.length > 0 && !isPanel(luma, sure[0]) ? sure[0] : undefined),
  };
}

function isStrong(seams: readonly SeamBox[], box: PixelBox): boolean {
  return seams.some((seam) => seam.score >= STRONG && seam.box.overlapInThousandths(box) > SAME_OVERLAP);
}

// A panel of one luma counts only where nothing else does: drawings on a plain ground look like one.
function findCertain(
  luma: ReducedLuma,
  sure: readonly PixelBox[],
  seams: readonly SeamBox[],
): { place: PixelBox | undefined; isAlone: boolean } {
  let certain: PixelBox | undefined;
  let panel: PixelBox | undefined;
  let isPlain = false;
  for (const box of sure) {
    if (box.area * LEAST_PART < luma.bounds.area) {
      continue;
    }

    const isOnGround = hasFlatGround(luma, box);
    if (!isFramed(luma, box, isOnGround ? MOSTLY_SMOOTH : WHOLLY_SMOOTH)) {
      continue;
    }

    const isPlainHere = isOnGround && hasSharpSides(luma, box);
    isPlain ||= isPlainHere;
    const isFrame = isPlainHere || (isOnGround && showsFrame(luma, box));
    if (!isPanel(luma, box)) {
      certain ??= isFrame || isStrong(seams, box) ? box : undefined;
    } else if (isFrame && box.area * LEAST_PART_OF_PANEL >= luma.bounds.area) {
      panel ??= box;
    }

    if (certain !== undefined && isPlain) {
      break;
    }
  }

  const place = certain ?? panel;
  return { place, isAlone: isPlain || (place !== undefined && showsFrame(luma, place)) };
}

// Whether what lies outside is as smooth as the grounds of screens, borders and blurred copies are.
function isFramed({ width, height, cells }: ReducedLuma, box: PixelBox, hundredths: number): boolean {
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

  return smooth * 100 >= all * hundredths;
}
