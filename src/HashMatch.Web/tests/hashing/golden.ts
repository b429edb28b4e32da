import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A picture of the golden data whose pixels at full resolution are there without a decoder. */
export interface GoldenPicture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly isGrey: boolean;
  readonly rgba: Uint8ClampedArray;
  readonly hash: string;
  readonly quality: number;
  readonly turnedQuality: number;
  readonly turned: readonly string[];

  /** SHA-256 of the stages that exist for it. */
  readonly digests: Readonly<Record<string, string | undefined>>;
}

const TURN_NAMES = ['original', 'rotate90', 'rotate180', 'rotate270', 'flipx', 'flipy', 'flipplus1', 'flipminus1'];

interface GoldenResult {
  readonly hash: string;
  readonly quality: number;
  readonly dihedral_quality: number;
  readonly dihedral: Readonly<Record<string, string>>;
  readonly sha256: Readonly<Record<string, string>>;
  readonly resized_to_512: boolean;
}

interface GoldenEntry {
  readonly file: string | null;
  readonly hashed_pixels_pnm?: string;
  readonly result: { readonly cpp512: GoldenResult; readonly fullres: GoldenResult };
}

export function goldenPictures(folder: string): GoldenPicture[] {
  const entries = JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8')) as GoldenEntry[];
  return entries.flatMap((entry) => {
    const isRaw = entry.file?.startsWith('decoded/') === true;
    const pixels = isRaw ? entry.file : entry.hashed_pixels_pnm;
    if (typeof pixels !== 'string' || (!isRaw && entry.result.cpp512.resized_to_512)) {
      return [];
    }

    const { fullres } = entry.result;
    return [
      {
        name: basename(pixels),
        ...readPnm(join(folder, pixels)),
        hash: fullres.hash,
        quality: fullres.quality,
        turnedQuality: fullres.dihedral_quality,
        turned: TURN_NAMES.map((name) => fullres.dihedral[name]),
        digests: fullres.sha256,
      },
    ];
  });
}

/** Reads a binary portable map as RGBA. */
function readPnm(path: string): Pick<GoldenPicture, 'width' | 'height' | 'isGrey' | 'rgba'> {
  const file = readFileSync(path);
  const header = /^P([56])\s+(\d+)\s+(\d+)\s+255\s/.exec(file.subarray(0, 64).toString('latin1'));
  if (header === null) {
    throw new Error('This is not a binary portable map of 8 bits.');
  }

  const isGrey = header[1] === '5';
  const [width, height] = [Number(header[2]), Number(header[3])];
  const samples = file.subarray(header[0].length);
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const first = isGrey ? i : 3 * i;
    rgba.set([samples[first], samples[isGrey ? i : first + 1], samples[isGrey ? i : first + 2], 255], 4 * i);
  }

  return { width, height, isGrey, rgba };
}
