import { SIDE, halfTransform, hashBits, transform } from '../fingerprint';
import { bitsApart } from './bitsApart';
import type { PixelBox } from './pixelBox';
import type { ReducedLuma } from './reducedLuma';
import { wholeOf } from './viewPlacement';
import { readView } from './viewSampler';

// Beyond every distance at which a match means something. Hashes of different pictures are 128 apart.
const SAME_DISTANCE = 70;

/**
 * Whether the hash of the picture remains much the same without what is inside a rectangle: then it shows what is
 * around the photo, and is like that of any other photo in the same frame.
 */
export function showsFrame(luma: ReducedLuma, box: PixelBox): boolean {
  const samples = new Float32Array(SIDE * SIDE);
  readView(luma, wholeOf(luma.bounds), samples);
  const whole = hashOf(samples);
  const { width, height } = luma;
  const left = Math.floor((box.x * SIDE) / width);
  const top = Math.floor((box.y * SIDE) / height);
  const right = Math.ceil((box.right * SIDE) / width);
  const bottom = Math.ceil((box.bottom * SIDE) / height);
  blank(samples, left, top, right, bottom);
  return bitsApart(whole, hashOf(samples)) <= SAME_DISTANCE;
}

function hashOf(samples: Float32Array): Uint8Array {
  return hashBits(transform(halfTransform(samples)));
}

// Samples are whole 65,536ths, so that their sum is exact in any order.
function blank(samples: Float32Array, left: number, top: number, right: number, bottom: number): void {
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      sum += samples[y * SIDE + x];
    }
  }

  const mean = Math.floor(sum / ((right - left) * (bottom - top)));
  for (let y = top; y < bottom; y++) {
    samples.fill(mean, y * SIDE + left, y * SIDE + right);
  }
}
