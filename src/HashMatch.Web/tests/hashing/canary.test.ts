import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Canvas2D, readsBackExactly } from '../../src/hashing/canary';

/** A canvas as far as the canary goes: it keeps what is put, and lets `change` at what is read. */
function canvasThat(change: (pixels: Uint8ClampedArray, alpha: boolean) => Uint8ClampedArray) {
  return (side: number, alpha: boolean): Canvas2D => {
    let kept = new Uint8ClampedArray(4 * side * side);
    return {
      putImageData: ({ data }: ImageData) => {
        kept = new Uint8ClampedArray(data);
      },
      getImageData: () => ({ data: change(kept, alpha) }),
    } as unknown as Canvas2D;
  };
}

describe('readsBackExactly', () => {
  beforeEach(() => {
    vi.stubGlobal(
      'ImageData',
      class {
        constructor(
          readonly data: Uint8ClampedArray,
          readonly width: number,
          readonly height: number,
        ) {}
      },
    );
  });

  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test('believes a canvas that gives back what was put', () => {
    expect(readsBackExactly(canvasThat((pixels) => pixels))).toBe(true);
  });

  test.each([0, 1, 2, 3])('notices one bit of channel %i in one pixel, opaque or not', (channel) => {
    for (const where of [true, false]) {
      const noisy = canvasThat((pixels, alpha) => {
        pixels[4 * 2000 + channel] ^= where === alpha ? 1 : 0;
        return pixels;
      });

      expect(readsBackExactly(noisy)).toBe(false);
    }
  });

  test('notices a canvas that gives white, nothing, or less', () => {
    expect(readsBackExactly(canvasThat((pixels) => pixels.fill(255)))).toBe(false);
    expect(readsBackExactly(canvasThat((pixels) => pixels.fill(0)))).toBe(false);
    expect(readsBackExactly(canvasThat((pixels) => pixels.subarray(4)))).toBe(false);
  });

  test('does not believe where there is no canvas', () => {
    expect(readsBackExactly(() => null)).toBe(false);
  });

  test('has opaque pixels of which no two neighbours are alike, and others of every alpha', () => {
    const put = new Map<boolean, Uint8ClampedArray>();
    readsBackExactly(
      canvasThat((pixels, alpha) => {
        put.set(alpha, pixels.slice());
        return pixels;
      }),
    );
    const pixels = (alpha: boolean): number[] =>
      Array.from(new Uint32Array(put.get(alpha)?.buffer ?? new ArrayBuffer()));

    expect(pixels(false).every((pixel, i, all) => pixel >>> 24 === 255 && pixel !== all[i + 1])).toBe(true);
    expect(new Set(pixels(true).map((pixel) => pixel >>> 24)).size).toBe(256);
  });
});
