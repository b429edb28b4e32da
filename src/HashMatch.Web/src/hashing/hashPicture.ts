import { ByteView } from './byteView';
import { type DecodingHost, openPicture } from './decode';
import { type Fingerprint, MINIMUM_QUALITY } from './fingerprint';
import { LIMITS, inspect } from './formats';
import { readScans } from './jpegScans';
import { PdqHasher } from './pdq';
import type { PixelSource } from './pixelSource';
import type { Stage } from './protocol';
import { PictureRefused } from './refusal';

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

/** A picture's fingerprint and its sides, upright. */
export interface PictureFingerprint extends Fingerprint {
  readonly width: number;
  readonly height: number;
}

/**
 * Hashes a file.
 * @throws PictureRefused if it is not hashed.
 */
export async function hashPicture(file: Blob, host: HashingHost): Promise<PictureFingerprint> {
  const { source, isGrey } = await open(file, host);
  try {
    const { width, height } = source;
    const hasher = new PdqHasher(width, height, { isGrey });
    const bandRows = Math.min(MOST_BAND_ROWS, Math.max(1, Math.floor(BAND_PIXELS / width)));
    for (let top = 0; top < height; top += bandRows) {
      await host.giveWay();
      host.onProgress('hashing', top / height);
      hasher.addRows(await source.readRows(top, Math.min(bandRows, height - top)));
    }

    const fingerprint = hasher.finish();
    if (fingerprint.quality < MINIMUM_QUALITY) {
      throw new PictureRefused('too-little-detail');
    }

    return { ...fingerprint, width, height };
  } finally {
    source.close();
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
