import type { ByteView } from './byteView';
import { exifOrientation } from './exif';
import type { Part, PictureStructure } from './formats';
import { PictureRefused } from './refusal';

const END = 0xd9;
const SCAN = 0xda;
const EXIF_SEGMENT = 0xe1;
const PROFILE_SEGMENT = 0xe2;

/** Follows a JPEG's segments, and the scans between them, to the end marker. What comes behind that is not read. */
export function readJpeg(file: ByteView): PictureStructure {
  let [width, height, components] = [0, 0, 0];
  let hasScan = false;
  let orientation: number | undefined;
  const parts: Part[] = [];
  let partStart = 0;
  for (let at = nextMarker(file, 2); ;) {
    const marker = file.u8(at + 1);
    if (marker === END) {
      if (!hasScan) {
        throw new PictureRefused('damaged');
      }

      parts.push([partStart, at + 2]);
      return { width, height, isGrey: components === 1, orientation: orientation ?? 1, parts };
    }

    const end = at + 2 + (isAlone(marker) ? 0 : file.u16(at + 2));
    file.mustReach(end);
    if (isFrame(marker)) {
      height = file.u16(at + 5);
      width = file.u16(at + 7);
      components = file.u8(at + 9);
    }

    hasScan ||= marker === SCAN && width > 0;
    if (marker === EXIF_SEGMENT && file.has(at + 4, 'Exif\0\0')) {
      orientation ??= exifOrientation(file, at + 4, end);
    }

    if (marker === EXIF_SEGMENT || marker === PROFILE_SEGMENT) {
      parts.push([partStart, at]);
      partStart = end;
    }

    at = nextMarker(file, end);
  }
}

// Where the next marker is: in a scan, 0xff is data where a zero follows it, and filler where another 0xff does.
function nextMarker(file: ByteView, from: number): number {
  const { bytes } = file;
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = file.u8(at + 1);
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) {
      return at;
    }
  }

  throw new PictureRefused('damaged');
}

function isAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
