import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fill } from './syntheticPixels';

/** A picture made of integers alone, with the results that C# is held to as well. */
export interface SyntheticPicture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly isGrey: boolean;
  readonly rgba: Uint8ClampedArray;
  readonly hash: string;
  readonly quality: number;
  readonly turnedQuality: number;
  readonly turned: readonly string[];
}

const LIST = fileURLToPath(new URL('../../../../tests/HashMatch.Tests/Hashing/synthetic.csv', import.meta.url));

/** All pictures of the list at full resolution, made one at a time. */
export function* syntheticPictures(): Generator<SyntheticPicture> {
  for (const line of readFileSync(LIST, 'utf8').trim().split('\n').slice(1)) {
    const [kind, width, height, format, padding, seed, mode, quality, hash, turnedQuality, ...turned] = line
      .trim()
      .split(',');
    if (mode === 'FullResolution') {
      yield {
        name: [kind, width, height, format, padding, seed].join(' '),
        width: Number(width),
        height: Number(height),
        isGrey: format === 'Gray8',
        rgba: fill(kind, Number(width), Number(height), format, Number(padding), Number(seed)),
        hash,
        quality: Number(quality),
        turnedQuality: Number(turnedQuality),
        turned: [hash, ...turned],
      };
    }
  }
}
