import type { ByteView } from './byteView';

const ORIENTATION = 0x0112;
const ENTRY_BYTES = 12;

/**
 * The orientation that EXIF data state, 1 to 8: 1 if they state none, or are broken. Browsers differ in which formats
 * and calls they turn pictures for, so the data are read here and hidden from them.
 */
export function exifOrientation(file: ByteView, from: number, to: number): number {
  // Some writers put before it what leads it in a JPEG.
  const start = file.has(from, 'Exif\0\0') ? from + 6 : from;
  const isLittle = file.has(start, 'II');
  const u16 = (at: number): number => (isLittle ? file.u16le(at) : file.u16(at));
  if (start + 8 > to || !(isLittle || file.has(start, 'MM'))) {
    return 1;
  }

  const directory = start + (isLittle ? file.u32le(start + 4) : file.u32(start + 4));
  if (directory + 2 > to) {
    return 1;
  }

  const end = Math.min(directory + 2 + u16(directory) * ENTRY_BYTES, to - ENTRY_BYTES + 1);
  for (let entry = directory + 2; entry < end; entry += ENTRY_BYTES) {
    if (u16(entry) === ORIENTATION) {
      const orientation = u16(entry + 8);
      return orientation >= 1 && orientation <= 8 ? orientation : 1;
    }
  }

  return 1;
}
