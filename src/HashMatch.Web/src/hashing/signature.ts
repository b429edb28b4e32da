import type { ByteView } from './byteView';
import { PictureRefused } from './refusal';

/** The kinds of picture that are hashed. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'heic' | 'avif';

const STILL_BRANDS = ['heic', 'heix', 'heim', 'heis', 'mif1'];
const AVIF_BRAND = 'avif';

// TIFF and most raw files, camera and portable maps, JPEG XL, 2000 and XR, Photoshop, bitmaps and icons, OpenEXR, QOI.
const OTHER_PICTURES = [
  'II\x2a\0',
  'II\x2b\0',
  'MM\0\x2a',
  'MM\0\x2b',
  'FUJIFILMCCD-RAW',
  'IIU\0',
  'IIRO',
  'IIRS',
  'MMOR',
  'II\xbc',
  '\xff\x0a',
  '\xff\x4f\xff\x51',
  '\0\0\0\x0cJXL ',
  '\0\0\0\x0cjP  ',
  '8BPS',
  'BM',
  '\0\0\x01\0',
  '\0\0\x02\0',
  '\x76\x2f\x31\x01',
  'qoif',
  'gimp xcf',
  '#?RAD',
  'SIMPLE  =',
];

// Matroska and WebM, Flash, MPEG, Windows Media, Ogg.
const VIDEOS = [
  '\x1a\x45\xdf\xa3',
  'FLV\x01',
  '\0\0\x01\xba',
  '\0\0\x01\xb3',
  '\x30\x26\xb2\x75\x8e\x66\xcf\x11',
  'OggS',
];

const OLD_QUICKTIME = ['moov', 'mdat', 'wide', 'skip'];

/** Tells from a file's first bytes what it is. Its name and what the system says of it are never asked. */
export function formatOf(file: ByteView): PictureFormat {
  if (file.length === 0) {
    throw new PictureRefused('empty');
  }

  if (file.has(0, '\xff\xd8\xff')) {
    return 'jpeg';
  }

  if (file.has(0, '\x89PNG\r\n\x1a\n')) {
    return 'png';
  }

  if (file.has(0, 'GIF87a') || file.has(0, 'GIF89a')) {
    return 'gif';
  }

  if (file.has(0, 'RIFF')) {
    return riffFormat(file);
  }

  return file.has(4, 'ftyp') ? boxFormat(file) : refuse(file);
}

function riffFormat(file: ByteView): PictureFormat {
  if (file.has(8, 'WEBP')) {
    return 'webp';
  }

  throw new PictureRefused(file.has(8, 'AVI ') ? 'video' : 'not-a-picture');
}

// ISO base media files name what they are in brands: the main one, a version, then those they also conform to.
function boxFormat(file: ByteView): PictureFormat {
  const end = Math.min(Math.max(file.u32(0), 8), 256, file.length);
  let isStill = false;
  for (let at = 8; at + 4 <= end; at += 4) {
    if (at !== 12 && file.has(at, AVIF_BRAND)) {
      return 'avif';
    }

    isStill ||= at !== 12 && STILL_BRANDS.some((brand) => file.has(at, brand));
  }

  if (isStill) {
    return 'heic';
  }

  const isOther = ['crx ', 'jp2 ', 'jxl '].some((brand) => file.has(8, brand));
  const isSound = ['M4A ', 'M4B '].some((brand) => file.has(8, brand));
  throw new PictureRefused(isOther ? 'unsupported-format' : isSound ? 'not-a-picture' : 'video');
}

function refuse(file: ByteView): never {
  const isVideo =
    VIDEOS.some((start) => file.has(0, start)) ||
    OLD_QUICKTIME.some((start) => file.has(4, start)) ||
    (file.has(0, 'G') && file.has(188, 'G') && file.has(376, 'G'));
  if (isVideo) {
    throw new PictureRefused('video');
  }

  const isOther = OTHER_PICTURES.some((start) => file.has(0, start)) || isPortableMap(file) || isDrawing(file);
  throw new PictureRefused(isOther ? 'unsupported-format' : 'not-a-picture');
}

function isPortableMap(file: ByteView): boolean {
  return /^P[1-7]\s/.test(start(file));
}

function isDrawing(file: ByteView): boolean {
  const text = start(file);
  return /^(?:\xef\xbb\xbf)?\s*</.test(text) && text.includes('<svg');
}

function start(file: ByteView): string {
  return String.fromCharCode(...file.bytes.subarray(0, 1024));
}
