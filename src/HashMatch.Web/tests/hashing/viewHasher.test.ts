import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { toHex } from '../../src/hashing/hex';
import { PdqHasher } from '../../src/hashing/pdq';
import { type PictureView, ViewHasher } from '../../src/hashing/views/viewHasher';
import { goldenPictures } from './golden';
import { sharedFolder } from './shared';
import { type ViewedPicture, viewedPictures } from './viewVectors';

// A busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

type Pixels = Pick<ViewedPicture, 'width' | 'height' | 'isGrey' | 'rgba'>;

const VECTOR_COUNT = 11;
const GOLDEN_COUNT = 19;

const golden = sharedFolder('golden/pdq');

function read(name: string): string {
  return readFileSync(new URL(`../../../../tests/HashMatch.Tests/Hashing/${name}`, import.meta.url), 'utf8');
}

function viewsOf({ width, height, isGrey, rgba }: Pixels, bandRows = height): PictureView[] {
  const hasher = new ViewHasher(width, height, { isGrey });
  const rowBytes = 4 * width;
  const bands = (start: number, end: number, take: (rows: Uint8ClampedArray) => void): void => {
    for (let y = start; y < end; y += bandRows) {
      take(rgba.subarray(y * rowBytes, Math.min(end, y + bandRows) * rowBytes));
    }
  };
  bands(0, height, (rows) => {
    hasher.addRows(rows);
  });
  const photo = hasher.findPhoto();
  if (photo !== undefined) {
    bands(photo.y, photo.bottom, (rows) => {
      hasher.addPhotoRows(rows);
    });
  }

  return hasher.finish();
}

function gradient(width: number, height: number): Pixels {
  const rgba = Uint8ClampedArray.from({ length: 4 * width * height }, (_, at) =>
    at % 4 === 3 ? 255 : (((at >> 2) % width) * 60) / width,
  );
  return { width, height, isGrey: false, rgba };
}

describe('ViewHasher', () => {
  test('gives what C# gives for every picture of its list, in bands of any height', () => {
    let count = 0;
    for (const picture of viewedPictures(read('views.csv'))) {
      for (const bandRows of [picture.height, 64, 7]) {
        const views = viewsOf(picture, bandRows);

        expect(
          views.map(({ name, quality, hash }) => ({ name, quality, hex: toHex(hash) })),
          picture.name,
        ).toEqual(picture.views);
      }

      count++;
    }

    expect(count).toBe(VECTOR_COUNT);
  });

  test.skipIf(golden === undefined)('gives what C# gives for the golden pictures', () => {
    const pictures = goldenPictures(golden ?? '');
    const actual = pictures.flatMap((picture) => {
      const name = picture.name.replace('.hashed.ppm', '');
      return viewsOf(picture).map((view) => [name, view.name, view.quality, toHex(view.hash)].join(','));
    });

    expect(pictures).toHaveLength(GOLDEN_COUNT);
    expect(actual).toEqual(read('golden-views.csv').trim().split(/\r?\n/).slice(1));
  });

  test('gives plain PDQ first, unless the photo stands for the picture', () => {
    for (const picture of viewedPictures(read('views.csv'))) {
      const hasher = new PdqHasher(picture.width, picture.height, { isGrey: picture.isGrey });
      hasher.addRows(picture.rgba);
      const [first] = viewsOf(picture);

      expect(toHex(first.hash) === toHex(hasher.finish().hash), picture.name).toBe(first.name === 'raw');
    }
  });

  test.each([
    [1, 1],
    [4, 700],
    [600, 4],
    [300, 200],
  ])('gives nothing for %i by %i pixels without detail', (width, height) => {
    expect(viewsOf(gradient(width, height))).toEqual([]);
  });

  test('refuses to finish before it looked for frames, and rows of a photo where there is none', () => {
    const hasher = new ViewHasher(8, 8);
    hasher.addRows(gradient(8, 8).rgba);

    expect(() => hasher.finish()).toThrow(RangeError);
    expect(() => {
      hasher.addPhotoRows(gradient(8, 8).rgba);
    }).toThrow(RangeError);
  });
});
