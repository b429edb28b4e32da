import { createHash } from 'node:crypto';
import { describe, expect, it, test, vi } from 'vitest';
import { toHex } from '../../src/hashing/hex';
import { overWhite } from '../../src/hashing/kernels';
import { PdqHasher, type PdqOptions } from '../../src/hashing/pdq';
import { type GoldenPicture, goldenPictures } from './golden';
import { sharedFolder } from './shared';
import { syntheticPictures } from './synthetic';

// A busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const folder = sharedFolder('golden/pdq');

// Pictures whose pixels are there as they are hashed at full resolution.
const GOLDEN_COUNT = 19;

// Half of the list that C# is tested with: the other half is of the other mode.
const SYNTHETIC_COUNT = 56;

function hasherOf(picture: GoldenPicture, options: PdqOptions = {}, bandRows = picture.height): PdqHasher {
  const hasher = new PdqHasher(picture.width, picture.height, { isGrey: picture.isGrey, ...options });
  const rowBytes = 4 * picture.width;
  for (let y = 0; y < picture.height; y += bandRows) {
    hasher.addRows(picture.rgba.subarray(y * rowBytes, (y + bandRows) * rowBytes));
  }

  return hasher;
}

describe.skipIf(folder === undefined)('golden pictures', () => {
  const pictures = folder === undefined ? [] : goldenPictures(folder);

  it('are all there', () => {
    expect(pictures).toHaveLength(GOLDEN_COUNT);
  });

  test.each(pictures)('$name has the reference hash, quality and samples', (picture) => {
    const hasher = hasherOf(picture);
    const { hash, quality } = hasher.finish();

    expect(toHex(hash)).toBe(picture.hash);
    expect(quality).toBe(picture.quality);
    const digest = picture.digests.buf64_f32le;
    if (digest !== undefined) {
      expect(createHash('sha256').update(new Uint8Array(hasher.samples.buffer)).digest('hex')).toBe(digest);
    }
  });

  test.each(pictures)('$name has the reference hashes when turned', (picture) => {
    const { hashes, quality } = hasherOf(picture, { isTurned: true }).finishTurned();

    expect(hashes.map(toHex)).toEqual(picture.turned);
    expect(quality).toBe(picture.turnedQuality);
  });

  test.each([1, 3, 7, 64])('have the same hashes in bands of %i rows', (bandRows) => {
    for (const picture of pictures) {
      expect(toHex(hasherOf(picture, {}, bandRows).finish().hash)).toBe(picture.hash);
    }
  });
});

describe('PdqHasher', () => {
  const random = (count: number): Uint8ClampedArray => {
    let state = 20_261_122;
    return Uint8ClampedArray.from({ length: count }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state >>> 24;
    });
  };

  test('gives what C# gives for every synthetic picture, turned ones too', () => {
    let count = 0;
    for (const picture of syntheticPictures()) {
      const { name, width, height, isGrey, rgba } = picture;
      const [plain, turned] = [false, true].map((isTurned) => new PdqHasher(width, height, { isGrey, isTurned }));
      plain.addRows(rgba);
      turned.addRows(rgba);
      const { hash, quality } = plain.finish();
      const all = turned.finishTurned();

      expect([toHex(hash), quality], name).toEqual([picture.hash, picture.quality]);
      expect(all.hashes.map(toHex).slice(1), name).toEqual(picture.turned.slice(1));
      expect(all.quality, name).toBe(picture.turnedQuality);
      count++;
    }

    expect(count).toBe(SYNTHETIC_COUNT);
  });

  test('takes opaque pixels as they are, clear ones as white, and rounds in between', () => {
    expect([overWhite(10, 255), overWhite(10, 0), overWhite(0, 128), overWhite(200, 1)]).toEqual([10, 255, 127, 255]);
  });

  test('gives the zero hash of quality 0 under 5 pixels a side', () => {
    const hasher = new PdqHasher(600, 4);
    hasher.addRows(random(4 * 600 * 4));

    expect(hasher.finish()).toEqual({ hash: new Uint8Array(32), quality: 0 });
  });

  test('refuses broken rows, too many and too few', () => {
    const hasher = new PdqHasher(10, 10);

    expect(() => {
      hasher.addRows(random(41));
    }).toThrow(RangeError);
    expect(() => {
      hasher.addRows(random(440));
    }).toThrow(RangeError);
    expect(() => hasher.finish()).toThrow(RangeError);
  });

  test('reads rows that start anywhere in memory', () => {
    const rgba = random(4 * 100 * 80);
    const shifted = new Uint8ClampedArray(rgba.length + 1);
    shifted.set(rgba, 1);
    const [straight, odd] = [new PdqHasher(100, 80), new PdqHasher(100, 80)];
    straight.addRows(rgba);
    odd.addRows(shifted.subarray(1));

    expect(odd.finish()).toEqual(straight.finish());
  });

  test('rests on cosines far from the middle between two floats, so that no engine rounds them otherwise', () => {
    const bits = new DataView(new ArrayBuffer(8));
    const scale = Math.fround(Math.sqrt(2 / 64));
    for (let i = 1; i <= 16; i++) {
      for (let k = 0; k < 64; k++) {
        bits.setFloat64(0, scale * Math.cos((Math.PI / 128) * i * (2 * k + 1)));
        const cut = Number(bits.getBigUint64(0) & 0x1fff_ffffn);
        expect(Math.abs(cut - 0x1000_0000)).toBeGreaterThan(1000);
      }
    }
  });
});
