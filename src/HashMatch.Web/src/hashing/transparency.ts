import type { PixelSource } from './pixelSource';
import { PictureRefused } from './refusal';

/**
 * Lays a picture over white.
 * @param opacity How much of it is seen at each place: another picture of the same sides, grey.
 */
export function overWhite(picture: PixelSource, opacity: PixelSource): PixelSource {
  const { width, height } = picture;
  const close = (): void => {
    picture.close();
    opacity.close();
  };
  if (opacity.width !== width || opacity.height !== height) {
    close();
    throw new PictureRefused('cannot-decode');
  }

  return {
    width,
    height,
    readRows: async (top, count) => lay(await picture.readRows(top, count), await opacity.readRows(top, count)),
    close,
  };
}

function lay(pixels: Uint8ClampedArray, opacities: Uint8ClampedArray): Uint8ClampedArray {
  for (let at = 0; at < pixels.length; at += 4) {
    const opacity = opacities[at];
    if (opacity < 255) {
      for (let sample = at; sample < at + 3; sample++) {
        pixels[sample] = 255 - ((255 - pixels[sample]) * opacity) / 255;
      }
    }
  }

  return pixels;
}
