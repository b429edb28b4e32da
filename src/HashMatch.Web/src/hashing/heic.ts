import type { HeifDecoder, HeifImage } from 'libheif-js/libheif/libheif.js';
import { checkSides } from './formats';
import type { PixelSource } from './pixelSource';
import { PictureRefused } from './refusal';

/**
 * Decodes a HEIC picture where the browser cannot. The decoder comes in a file of its own, loaded here and only here,
 * and needs neither WebAssembly nor generated code. It turns and mirrors the picture as the file's own properties say;
 * what EXIF says of that is for other formats.
 */
export async function openHeic(bytes: Uint8Array, onLoading: () => void): Promise<PixelSource> {
  const decoder = await loadDecoder(onLoading);
  const images = decoder.decode(bytes);
  try {
    const image = images.find((candidate) => candidate.is_primary()) ?? images.at(0);
    if (image === undefined) {
      throw new PictureRefused('damaged');
    }

    const [width, height] = [image.get_width(), image.get_height()];
    checkSides(width, height);
    const pixels = await pixelsOf(image, width, height);
    return {
      width,
      height,
      readRows: (top, count) => pixels.subarray(4 * width * top, 4 * width * (top + count)),
      close: () => undefined,
    };
  } finally {
    for (const image of images) {
      image.free();
    }
  }
}

async function loadDecoder(onLoading: () => void): Promise<HeifDecoder> {
  onLoading();
  try {
    const { default: load } = await import('libheif-js/libheif/libheif.js');
    // It would say on the console what it does not like of a file.
    const library = load({ print: ignore, printErr: ignore });
    return new library.HeifDecoder();
  } catch {
    throw new PictureRefused('heic-decoder-missing');
  }
}

function pixelsOf(image: HeifImage, width: number, height: number): Promise<Uint8ClampedArray> {
  const data = new Uint8ClampedArray(4 * width * height);
  return new Promise((resolve, reject) => {
    image.display({ data, width, height }, (shown) => {
      if (shown === null) {
        reject(new PictureRefused('damaged'));
      } else {
        resolve(data);
      }
    });
  });
}

function ignore(): void {
  // Nothing of a picture is said anywhere.
}
