import { BandCanvas, uprightSides } from './bandCanvas';
import { type Part, type PictureFile, checkSides } from './formats';
import { openHeic } from './heic';
import type { PixelSource } from './pixelSource';
import type { Stage } from './protocol';
import { PictureRefused } from './refusal';
import { overWhite } from './transparency';

// Samples as they are stored: no profile, no multiplying by alpha. HEIC and AVIF are turned upright, as their own
// properties say; of the other formats the decoder does not see how they are to be turned.
const AS_STORED: ImageBitmapOptions = {
  imageOrientation: 'from-image',
  colorSpaceConversion: 'none',
  premultiplyAlpha: 'none',
};

/** What decoding needs from where it runs. */
export interface DecodingHost {
  /** Takes a bitmap over to read its pixels through a canvas. */
  readBitmap(bitmap: ImageBitmap, orientation: number): PixelSource | Promise<PixelSource>;

  /** Told of what comes next. */
  onStage(stage: Stage): void;
}

/** Opens a file that was inspected: decodes it, and makes sure that its pixels can be read exactly. */
export async function openPicture(
  file: Blob,
  bytes: Uint8Array,
  picture: PictureFile,
  host: DecodingHost,
): Promise<PixelSource> {
  host.onStage('decoding');
  if (typeof createImageBitmap !== 'function') {
    throw new PictureRefused('old-browser');
  }

  // Chromium stretches how much is seen of an AVIF, even where that has the whole range already; so it is read as a
  // picture by itself.
  const split = picture.format === 'avif' && hasOffscreenCanvas() ? picture.split : undefined;
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(pixelsOnly(file, split?.colours ?? picture.parts), AS_STORED);
  } catch (error) {
    if (error instanceof TypeError) {
      // Options that are not known: those of browsers from before 2021.
      throw new PictureRefused('old-browser');
    }

    if (picture.format !== 'heic') {
      throw new PictureRefused('cannot-decode');
    }

    return openHeic(bytes, () => {
      host.onStage('loading-decoder');
    });
  }

  const source = await read(bitmap, picture, host);
  if (split === undefined) {
    return source;
  }

  try {
    const opacity = await createImageBitmap(pixelsOnly(file, split.opacity), AS_STORED);
    return overWhite(source, await read(opacity, picture, host));
  } catch {
    source.close();
    throw new PictureRefused('cannot-decode');
  }
}

async function read(bitmap: ImageBitmap, picture: PictureFile, host: DecodingHost): Promise<PixelSource> {
  try {
    checkBitmap(bitmap, picture);
    return await host.readBitmap(bitmap, picture.orientation);
  } catch (error) {
    bitmap.close();
    throw error;
  }
}

/** Reads bitmaps where workers have canvases. */
export function readOffscreen(bitmap: ImageBitmap, orientation: number): PixelSource {
  const { width, height } = uprightSides(bitmap, orientation);
  const canvas = new BandCanvas((columns, rows) => new OffscreenCanvas(columns, rows), bitmap, orientation);
  canvas.checkReading();
  return {
    width,
    height,
    readRows: (top, count) => canvas.readRows(top, count),
    close: () => {
      canvas.close();
    },
  };
}

/** Whether a worker can draw here. Some have the canvas but nothing to draw with. */
export function hasOffscreenCanvas(): boolean {
  return typeof OffscreenCanvas === 'function' && new OffscreenCanvas(1, 1).getContext('2d') !== null;
}

function pixelsOnly(file: Blob, parts: readonly Part[]): Blob {
  return new Blob(parts.map((part) => (part instanceof Uint8Array ? part : file.slice(part[0], part[1]))));
}

// Some browsers make large pictures smaller to save memory, and one that was not decoded whole has another hash.
function checkBitmap(bitmap: ImageBitmap, picture: PictureFile): void {
  checkSides(bitmap.width, bitmap.height);
  const isBoxed = picture.format === 'heic' || picture.format === 'avif';
  const isUpright = bitmap.width === picture.width && bitmap.height === picture.height;
  const isTurned = bitmap.width === picture.height && bitmap.height === picture.width;
  // The boxes state the sides before cropping, and of tiles and thumbnails too.
  if (!isBoxed && !isUpright && !isTurned) {
    throw new PictureRefused('cannot-decode');
  }
}
