import { type ViewShape, aspect, middle, part, turned } from './viewShape';

/** The name of the view that shows every pixel. */
export const RAW = 'raw';

/** The name of the view of what is inside a frame. */
export const FRAME = 'frame-1';

/** The most views of one picture. */
export const MOST_VIEWS = 16;

/**
 * What is registered besides the whole photo, most useful first. This is ViewPlan.cs: changing a name, a number or the
 * order changes what is found of what is registered already.
 */
export const REGISTERED: readonly ViewShape[] = [
  turned('turned-right-10', 64_540, 11_380),
  middle('middle-80', 800),
  turned('turned-left-9', 64_729, -10_252),
  middle('middle-90', 900),
  turned('turned-left-12', 64_104, -13_626),
  aspect('16-to-9', 16, 9),
  middle('middle-95', 950),
  part('low-85', 75, 112, 850, 850),
  turned('turned-right-5', 65_287, 5712),
  middle('middle-70', 700),
  part('top-95', 0, 0, 1000, 950),
  part('bottom-left-95', 0, 50, 950, 950),
  part('right-85', 112, 75, 850, 850),
  part('high-left-85', 37, 37, 850, 850),
  aspect('9-to-16', 9, 16),
];
