import type { ByteView } from './byteView';
import { exifOrientation } from './exif';
import type { Part, PictureStructure } from './formats';
import { PictureRefused } from './refusal';

const SIGNATURE_BYTES = 8;
const REMAINDERS = remainders();

/** Follows a PNG's chunks to the last one, and checks the sums of those that bear on the pixels. */
export function readPng(file: ByteView): PictureStructure {
  if (!file.has(SIGNATURE_BYTES + 4, 'IHDR')) {
    throw new PictureRefused('damaged');
  }

  const width = file.u32(SIGNATURE_BYTES + 8);
  const height = file.u32(SIGNATURE_BYTES + 12);
  const kind = file.u8(SIGNATURE_BYTES + 17);
  const parts: Part[] = [[0, SIGNATURE_BYTES]];
  let hasPixels = false;
  let orientation = 1;
  for (let at = SIGNATURE_BYTES; ;) {
    const end = at + 12 + file.u32(at);
    file.mustReach(end);
    if (bearsOnPixels(file, at + 4)) {
      if (checksum(file.bytes.subarray(at + 4, end - 4)) !== file.u32(end - 4)) {
        throw new PictureRefused('damaged');
      }

      parts.push([at, end]);
    }

    if (file.has(at + 4, 'eXIf')) {
      orientation = exifOrientation(file, at + 8, end - 4);
    }

    hasPixels ||= file.has(at + 4, 'IDAT');
    if (file.has(at + 4, 'IEND')) {
      break;
    }

    at = end;
  }

  if (!hasPixels) {
    throw new PictureRefused('damaged');
  }

  // Two kinds are grey: without alpha and with it.
  return { width, height, isGrey: kind === 0 || kind === 4, orientation, parts };
}

// A small first letter marks a chunk that a decoder may skip. What animates a picture is of that kind too, so without
// it the still picture is left.
function bearsOnPixels(file: ByteView, at: number): boolean {
  return file.u8(at) < 0x61 || file.has(at, 'tRNS');
}

// The remainders of every byte, and of every byte with up to 7 zeros behind it, so that eight bytes go at once.
function remainders(): Int32Array {
  const table = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) {
      value = (value & 1) !== 0 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    }

    table[byte] = value;
  }

  for (let i = 256; i < table.length; i++) {
    const before = table[i - 256];
    table[i] = table[before & 255] ^ (before >>> 8);
  }

  return table;
}

/** CRC-32, as PNG and ZIP have it. */
function checksum(bytes: Uint8Array): number {
  const t = REMAINDERS;
  let crc = -1;
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) {
    crc ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    crc =
      t[1792 + (crc & 255)] ^
      t[1536 + ((crc >>> 8) & 255)] ^
      t[1280 + ((crc >>> 16) & 255)] ^
      t[1024 + (crc >>> 24)] ^
      t[768 + bytes[at + 4]] ^
      t[512 + bytes[at + 5]] ^
      t[256 + bytes[at + 6]] ^
      t[bytes[at + 7]];
  }

  for (; at < bytes.length; at++) {
    crc = t[(crc ^ bytes[at]) & 255] ^ (crc >>> 8);
  }

  return ~crc >>> 0;
}
