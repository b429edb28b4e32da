// Files with the structure of pictures, and nothing in them that a decoder would take.

export function latin(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

const u16 = (value: number): string => String.fromCharCode((value >> 8) & 255, value & 255);
const u16le = (value: number): string => String.fromCharCode(value & 255, (value >> 8) & 255);
const u24le = (value: number): string => u16le(value & 0xffff) + String.fromCharCode(value >> 16);
const u32 = (value: number): string => u16(value >>> 16) + u16(value & 0xffff);
const u32le = (value: number): string => u16le(value & 0xffff) + u16le(value >>> 16);

/** EXIF data that state an orientation. */
export function exifData(orientation: number, order: 'II' | 'MM' = 'MM'): string {
  const [two, four] = order === 'II' ? [u16le, u32le] : [u16, u32];
  const entry = `${two(0x0112)}${two(3)}${four(1)}${two(orientation)}\0\0`;
  return `${order}${two(42)}${four(8)}${two(2)}${two(0x010f)}${two(2)}${four(1)}a\0\0\0${entry}\0\0\0\0`;
}

export function jpegFile(width: number, height: number, components: number, exif = exifData(1)): Uint8Array {
  const segment = (marker: number, content: string): string =>
    `\xff${String.fromCharCode(marker)}${u16(content.length + 2)}${content}`;
  const thumbnail = '\xff\xd8\xff\xc0\xff\xd9';
  return latin(
    '\xff\xd8' +
      segment(0xe1, `Exif\0\0${exif}${thumbnail}`) +
      segment(0xe2, 'ICC_PROFILE\0\x01\x01profile') +
      segment(0xdb, '\0'.repeat(65)) +
      segment(0xc0, `\x08${u16(height)}${u16(width)}${String.fromCharCode(components)}${'\0'.repeat(3 * components)}`) +
      segment(0xda, '\0'.repeat(6)) +
      'data\xff\0data\xff\xd0data\xff\xd1' +
      segment(0xc4, 'table') +
      segment(0xda, '\0'.repeat(6)) +
      'more\xff\0\xff\xff\xd9TRAILER',
  );
}

// CRC-32, bit by bit.
function checksum(text: string): number {
  let crc = -1;
  for (const byte of latin(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc & 1) !== 0 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
  }

  return ~crc >>> 0;
}

export function pngFile(width: number, height: number, kind: number, exif = exifData(1)): Uint8Array {
  const chunk = (name: string, content: string): string =>
    u32(content.length) + name + content + u32(checksum(name + content));
  return latin(
    '\x89PNG\r\n\x1a\n' +
      chunk('IHDR', `${u32(width)}${u32(height)}\x08${String.fromCharCode(kind)}\0\0\0`) +
      chunk('acTL', u32(1) + u32(0)) +
      chunk('iCCP', 'profile') +
      chunk('zTXt', 'text') +
      chunk('tRNS', '\0\0') +
      chunk('eXIf', exif) +
      chunk('IDAT', 'pixels, a first part of them') +
      chunk('IDAT', 'others') +
      chunk('fdAT', 'later frame') +
      chunk('IEND', ''),
  );
}

export function webpFile(width: number, height: number, orientation?: number): Uint8Array {
  const chunk = (name: string, content: string): string =>
    name + u32le(content.length) + content + '\0'.repeat(content.length % 2);
  const chunks =
    chunk('VP8X', `\0\0\0\0${u24le(width - 1)}${u24le(height - 1)}`) +
    chunk('ICCP', 'profile') +
    chunk('VP8 ', `\0\0\0\x9d\x01\x2a${u16le(width)}${u16le(height)}pixels`) +
    (orientation === undefined ? '' : chunk('EXIF', exifData(orientation, 'II')));
  return latin(`RIFF${u32le(chunks.length + 4)}WEBP${chunks}`);
}

export function gifFile(width: number, height: number, frameWidth = width, frameHeight = height): Uint8Array {
  const frame = `\x2c\0\0\0\0${u16le(frameWidth)}${u16le(frameHeight)}\x80abcdef\x02\x05codes\x02xy\0`;
  return latin(
    `GIF89a${u16le(width)}${u16le(height)}\x80\0\0abcdef` +
      `\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0\x21\xf9\x04\0\0\0\0\0${frame}${frame};`,
  );
}

export function heifFile(brand: string, width: number, height: number): Uint8Array {
  const box = (name: string, content: string): string => u32(content.length + 8) + name + content;
  const sides = (w: number, h: number): string => box('ispe', `\0\0\0\0${u32(w)}${u32(h)}`);
  const properties = box('ipco', sides(512, 512) + box('hvcC', 'codec') + sides(width, height) + sides(160, 120));
  const meta = box('meta', `\0\0\0\0${box('hdlr', 'pict')}${box('iprp', properties + box('ipma', '\0'))}`);
  return latin(box('ftyp', `${brand}\0\0\0\0mif1${brand}`) + meta + box('mdat', 'tiles and tiles'));
}

/** An AVIF whose second picture says how much is seen of its first. */
export function transparentAvif(property = '', reference = ''): Uint8Array {
  const box = (name: string, content: string): string => u32(content.length + 8) + name + content;
  const about = box('auxC', '\0\0\0\0urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0');
  const properties = box('ipco', box('ispe', `\0\0\0\0${u32(64)}${u32(48)}`) + about + property);
  const references = box('iref', `\0\0\0\0${box('auxl', u16(7) + u16(1) + u16(3))}${reference}`);
  const meta = `\0\0\0\0${box('pitm', `\0\0\0\0${u16(3)}`)}${references}${box('iprp', properties)}`;
  return latin(box('ftyp', 'avif\0\0\0\0mif1avif') + box('meta', meta) + box('mdat', 'both'));
}
