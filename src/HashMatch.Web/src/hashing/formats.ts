import { ByteView } from './byteView';
import { readGif } from './gif';
import { readHeif } from './heif';
import { readJpeg } from './jpeg';
import { readPng } from './png';
import { PictureRefused } from './refusal';
import { type PictureFormat, formatOf } from './signature';
import { readWebp } from './webp';

/** What a file may cost before it is refused: the same as of `ImageLimits` in C#. */
export const LIMITS = { fileBytes: 256 * 2 ** 20, pixels: 100_000_000, side: 65_535 } as const;

/** A part of a file, from the first byte up to, not including, the second; or bytes in the place of others. */
export type Part = readonly [from: number, to: number] | Uint8Array<ArrayBuffer>;

/** What a file's structure says of the picture in it, and that the file is whole. */
export interface PictureStructure {
  /** Pixels a row, before it is turned upright. */
  readonly width: number;

  /** Rows, before it is turned upright. */
  readonly height: number;

  /** Whether the samples are grey values and not red, green and blue. */
  readonly isGrey: boolean;

  /** How the picture is to be turned upright after decoding: EXIF's number. 1 where the decoder does it. */
  readonly orientation: number;

  /** What of the file bears on the pixels. Profiles, text and later frames do not, and turning is done here. */
  readonly parts: readonly Part[];

  /** The same as two pictures, where how much is seen of it can be read as a picture of its own. */
  readonly split?: SplitPicture | undefined;
}

/** A file's colours, and how much of them is seen at each place: a grey picture. */
export interface SplitPicture {
  readonly colours: readonly Part[];
  readonly opacity: readonly Part[];
}

/** A file that can be handed to a decoder. */
export interface PictureFile extends PictureStructure {
  readonly format: PictureFormat;
}

const READERS: Readonly<Record<PictureFormat, (file: ByteView) => PictureStructure>> = {
  jpeg: readJpeg,
  png: readPng,
  webp: readWebp,
  gif: readGif,
  heic: readHeif,
  avif: readHeif,
};

/**
 * Looks at a file's bytes before any decoder does: what it is, whether it is whole, and how large its picture is.
 * Browsers show what there is of a file that is cut short; its hash would be another picture's.
 * @throws PictureRefused if it is not such a file.
 */
export function inspect(bytes: Uint8Array): PictureFile {
  if (bytes.length > LIMITS.fileBytes) {
    throw new PictureRefused('file-too-large');
  }

  const file = new ByteView(bytes);
  const format = formatOf(file);
  const structure = READERS[format](file);
  checkSides(structure.width, structure.height);
  return { format, ...structure };
}

/** Refuses a picture that is larger than the limits, or has no pixels. */
export function checkSides(width: number, height: number): void {
  if (width < 1 || height < 1) {
    throw new PictureRefused('damaged');
  }

  if (width > LIMITS.side || height > LIMITS.side || width * height > LIMITS.pixels) {
    throw new PictureRefused('too-many-pixels');
  }
}
