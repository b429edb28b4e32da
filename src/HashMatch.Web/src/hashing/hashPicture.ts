import { ByteView } from './byteView';
import { type DecodingHost, openPicture } from './decode';
import { LIMITS, inspect } from './formats';
import { readScans } from './jpegScans';
import type { PixelSource } from './pixelSource';
import type { Stage } from './protocol';
import { PictureRefused } from './refusal';
import { type PictureView, ViewHasher } from './views/viewHasher';

// Enough that calls cost little, few enough that a band is small beside the picture.
const BAND_PIXELS = 1 << 20;
const MOST_BAND_ROWS = 256;

/** What hashing needs from where it runs. */
export interface HashingHost extends Omit<DecodingHost, 'onStage'> {
  /** Told how far the stage has come, from 0 to 1. */
  onProgress(stage: Stage, fraction: number): void;

  /** Waits until whatever else is waiting had its turn; throws if the work is no longer wanted. */
  giveWay(): Promise<void>;
}

/** A picture's fingerprints and its sides, upright. */
export interface HashedViews {
  /** 1 to 16: the photo as a whole first. */
  readonly views: readonly PictureView[];
  readonly width: number;
  readonly height: number;
}

/**
 * Hashes a file.
 * @throws PictureRefused if it is not hashed.
 */
export async function hashPicture(file: Blob, host: HashingHost): Promise<HashedViews> {
  const { source, isGrey } = await open(file, host);
  try {
    const { width, height } = source;
    const hasher = new ViewHasher(width, height, { isGrey });
    const onBand = (top: number): void => {
      host.onProgress('hashing', top / height);
    };
    for await (const rows of bandsOf(source, 0, height, host, onBand)) {
      hasher.addRows(rows);
    }

    const photo = hasher.findPhoto();
    if (photo !== undefined) {
      for await (const rows of bandsOf(source, photo.y, photo.bottom, host)) {
        hasher.addPhotoRows(rows);
      }
    }

    const views = hasher.finish();
    if (views.length === 0) {
      throw new PictureRefused('too-little-detail');
    }

    return { views, width, height };
  } finally {
    source.close();
  }
}

async function* bandsOf(
  source: PixelSource,
  start: number,
  end: number,
  host: HashingHost,
  onBand?: (top: number) => void,
): AsyncGenerator<Uint8ClampedArray> {
  const bandRows = Math.min(MOST_BAND_ROWS, Math.max(1, Math.floor(BAND_PIXELS / source.width)));
  for (let top = start; top < end; top += bandRows) {
    await host.giveWay();
    onBand?.(top);
    yield await source.readRows(top, Math.min(bandRows, end - top));
  }
}

// On its own, so that the file's bytes are free once the picture is decoded.
async function open(file: Blob, host: HashingHost): Promise<{ source: PixelSource; isGrey: boolean }> {
  host.onProgress('reading', 0);
  if (file.size > LIMITS.fileBytes) {
    throw new PictureRefused('file-too-large');
  }

  const bytes = await readBytes(file);
  await host.giveWay();
  const picture = inspect(bytes);
  const opening = openPicture(file, bytes, picture, {
    readBitmap: (bitmap, orientation) => host.readBitmap(bitmap, orientation),
    onStage: (stage) => {
      host.onProgress(stage, 0);
    },
  });
  try {
    // While the browser decodes, which it does elsewhere.
    if (picture.format === 'jpeg') {
      await checkScans(bytes, host);
    }
  } catch (error) {
    opening.then(close, () => undefined);
    throw error;
  }

  return { source: await opening, isGrey: picture.isGrey };
}

async function checkScans(bytes: Uint8Array, host: HashingHost): Promise<void> {
  const reading = readScans(new ByteView(bytes));
  while (!reading.next().done) {
    await host.giveWay();
  }
}

function close(source: PixelSource): void {
  source.close();
}

async function readBytes(file: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new PictureRefused('unreadable');
  }
}
