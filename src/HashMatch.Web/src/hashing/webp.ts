import type { ByteView } from './byteView';
import { exifOrientation } from './exif';
import type { Part, PictureStructure } from './formats';
import { PictureRefused } from './refusal';

const HEADER_BYTES = 12;
const FOURTEEN_BITS = 0x3fff;

// A name that no decoder knows.
const UNKNOWN = 'none';

/**
 * Follows a WebP's chunks. The layout is that of RFC 9649.
 */
export function readWebp(file: ByteView): PictureStructure {
  const end = 8 + file.u32le(4);
  // Some writers leave out the last byte where it is only there to make the size even.
  file.mustReach(Math.min(end, end - (end % 2)));
  let [width, height] = [0, 0];
  let hasPixels = false;
  let orientation = 1;
  const parts: Part[] = [];
  let partStart = 0;
  for (let at = HEADER_BYTES; at + 8 <= end;) {
    const size = file.u32le(at + 4);
    const content = at + 8;
    if (content + size > end) {
      throw new PictureRefused('damaged');
    }

    const sides = sidesOf(file, at, content);
    hasPixels ||= file.has(at, 'ANMF') || file.has(at, 'VP8 ') || file.has(at, 'VP8L');
    // The canvas comes first where there is one.
    if (sides !== undefined && width === 0) {
      [width, height] = sides;
    }

    if (file.has(at, 'EXIF')) {
      orientation = exifOrientation(file, content, content + size);
    }

    if (file.has(at, 'EXIF') || file.has(at, 'ICCP')) {
      parts.push(
        [partStart, at],
        Uint8Array.from(UNKNOWN, (letter) => letter.charCodeAt(0)),
      );
      partStart = at + UNKNOWN.length;
    }

    at = content + size + (size % 2);
  }

  if (!hasPixels) {
    throw new PictureRefused('damaged');
  }

  parts.push([partStart, Math.min(end, file.length)]);
  return { width, height, isGrey: false, orientation, parts };
}

function sidesOf(file: ByteView, at: number, content: number): readonly [number, number] | undefined {
  if (file.has(at, 'VP8X')) {
    return [file.u24le(content + 4) + 1, file.u24le(content + 7) + 1];
  }

  if (file.has(at, 'VP8L')) {
    const bits = file.u32le(content + 1);
    return [(bits & FOURTEEN_BITS) + 1, ((bits >>> 14) & FOURTEEN_BITS) + 1];
  }

  // Behind a frame tag and a start code of three bytes each; the upper two bits ask for scaling.
  return file.has(at, 'VP8 ')
    ? [file.u16le(content + 6) & FOURTEEN_BITS, file.u16le(content + 8) & FOURTEEN_BITS]
    : undefined;
}
