import { describe, expect, it, test } from 'vitest';
import { inspect } from '../../src/hashing/formats';
import { PictureRefused, type RefusalReason } from '../../src/hashing/refusal';
import { exifData, gifFile, heifFile, jpegFile, latin, pngFile, transparentAvif, webpFile } from './files';

function refusalOf(bytes: Uint8Array): RefusalReason | undefined {
  try {
    inspect(bytes);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(PictureRefused);
    return (error as PictureRefused).reason;
  }
}

function latinIndex(bytes: Uint8Array, text: string): number {
  return String.fromCharCode(...bytes).indexOf(text);
}

// Where the last part that is taken over from a file ends.
function endOf(bytes: Uint8Array): number {
  return Math.max(...inspect(bytes).parts.map((part) => (part instanceof Uint8Array ? 0 : part[1])));
}

// The bytes that a decoder gets to see.
function shown(bytes: Uint8Array, parts = inspect(bytes).parts): string {
  return parts
    .map((part) => String.fromCharCode(...(part instanceof Uint8Array ? part : bytes.subarray(part[0], part[1]))))
    .join('');
}

const whole = {
  jpeg: jpegFile(640, 480, 3),
  png: pngFile(640, 480, 2),
  webp: webpFile(640, 480),
  gif: gifFile(640, 480),
  heic: heifFile('heic', 640, 480),
  avif: heifFile('avif', 640, 480),
};

describe('inspect of an AVIF with transparency', () => {
  test('reads it as two pictures', () => {
    const bytes = transparentAvif();
    const { split } = inspect(bytes);
    const whole = String.fromCharCode(...bytes);
    const main = 'pitm\0\0\0\0\0';

    expect(shown(bytes, split?.colours)).toBe(whole.replace('auxl', 'cdsc'));
    expect(shown(bytes, split?.opacity)).toBe(whole.replace('auxl', 'cdsc').replace(`${main}\x03`, `${main}\x07`));
    expect(shown(bytes)).toBe(whole);
  });

  test.each([
    ['is turned', transparentAvif('\0\0\0\x09irot\x01')],
    ['has another picture beside it', transparentAvif('', '\0\0\0\x0eauxl\0\x08\0\x01\0\x03')],
    ['is multiplied already', transparentAvif('', '\0\0\0\x0eprem\0\x03\0\x01\0\x07')],
    ['is not said to be transparent', heifFile('avif', 64, 48)],
  ])('leaves one to the browser that %s', (_, bytes) => {
    expect(inspect(bytes).split).toBeUndefined();
  });
});

describe('inspect', () => {
  test.each(Object.entries(whole))('tells that it is %s, and its sides', (format, bytes) => {
    expect(inspect(bytes)).toMatchObject({ format, width: 640, height: 480, isGrey: false });
  });

  test.each(Object.entries(whole))('refuses %s cut anywhere', (_, bytes) => {
    // What comes behind the first frame of a GIF or the end of a JPEG is not needed; too few bytes could be anything.
    const end = endOf(bytes);
    for (let length = 16; length < end; length++) {
      expect(refusalOf(bytes.slice(0, length)), `${length} bytes`).toBe('damaged');
    }
  });

  test('drops the colour profile of a JPEG and what comes behind its end', () => {
    const kept = shown(jpegFile(640, 480, 3));

    expect(kept).toMatch(/^\xff\xd8.*data[^]*more[^]*\xff\xd9$/);
    expect(kept).not.toMatch(/ICC_PROFILE|Exif/);
  });

  test('drops text, profile and animation of a PNG', () => {
    const kinds = shown(pngFile(640, 480, 2)).match(/[a-zA-Z]{4}(?=\0|pixels|others|\xae)/g);

    expect(kinds).toEqual(['IHDR', 'tRNS', 'IDAT', 'IDAT', 'IEND']);
  });

  test('hides profile and EXIF data of a WebP, whose length stays, and tells how to turn it', () => {
    const bytes = webpFile(640, 480, 6);
    const kept = shown(bytes);

    expect(inspect(bytes).orientation).toBe(6);
    expect(kept).toHaveLength(bytes.length);
    expect(kept).not.toMatch(/ICCP|EXIF/);
    expect(inspect(webpFile(640, 480)).orientation).toBe(1);
  });

  test('keeps the first frame of a GIF, and its end', () => {
    const kept = shown(gifFile(640, 480));

    expect(kept.startsWith('GIF89a')).toBe(true);
    expect(kept.endsWith('xy\0;')).toBe(true);
    expect(kept.match(/codes/g)).toHaveLength(1);
  });

  test('refuses a PNG of which one bit that shows is wrong', () => {
    const bytes = pngFile(640, 480, 2);
    bytes[latinIndex(bytes, 'others')] ^= 4;

    expect(refusalOf(bytes)).toBe('damaged');
  });

  test('tells how to turn a JPEG and a PNG, whatever the order of their EXIF bytes', () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      expect(inspect(jpegFile(9, 9, 3, exifData(orientation, 'II'))).orientation).toBe(orientation);
      expect(inspect(pngFile(9, 9, 2, exifData(orientation, 'MM'))).orientation).toBe(orientation);
    }
  });

  test('leaves upright what states no way to turn it, or a broken one', () => {
    const broken = [
      '',
      'MM',
      'XX\0\x2a\0\0\0\x08\0\0',
      'II\x2a\0\xff\xff\xff\x7f',
      exifData(0),
      exifData(9),
      exifData(6).slice(0, 30),
    ];

    expect(broken.map((exif) => inspect(pngFile(9, 9, 2, exif)).orientation)).toEqual(broken.map(() => 1));
  });

  test('knows grey pictures, which are hashed by their values', () => {
    expect(inspect(jpegFile(9, 9, 1)).isGrey).toBe(true);
    expect(inspect(jpegFile(9, 9, 4)).isGrey).toBe(false);
    expect([0, 2, 3, 4, 6].map((kind) => inspect(pngFile(9, 9, kind)).isGrey)).toEqual([
      true,
      false,
      false,
      true,
      false,
    ]);
  });

  test('takes 100 million pixels and no more, and no longer side than 65,535', () => {
    expect(refusalOf(pngFile(10_000, 10_000, 2))).toBeUndefined();
    expect(refusalOf(pngFile(10_000, 10_001, 2))).toBe('too-many-pixels');
    expect(refusalOf(pngFile(65_535, 8, 2))).toBeUndefined();
    expect(refusalOf(pngFile(65_536, 8, 2))).toBe('too-many-pixels');
    expect(refusalOf(jpegFile(65_500, 65_500, 3))).toBe('too-many-pixels');
    expect(refusalOf(webpFile(16_383, 16_383))).toBe('too-many-pixels');
    expect(refusalOf(gifFile(65_535, 65_535))).toBe('too-many-pixels');
    expect(refusalOf(heifFile('heic', 60_000, 60_000))).toBe('too-many-pixels');
    expect(refusalOf(pngFile(0, 8, 2))).toBe('damaged');
    expect(refusalOf(jpegFile(8, 0, 3))).toBe('damaged');
  });

  test('refuses 256 MiB and a byte', () => {
    expect(refusalOf(new Uint8Array(256 * 2 ** 20 + 1))).toBe('file-too-large');
  });

  test('follows a GIF whose frame is larger than its screen', () => {
    expect(inspect(gifFile(10, 10, 30, 20))).toMatchObject({ width: 30, height: 20 });
  });

  test.each<[string, string, RefusalReason]>([
    ['nothing', '', 'empty'],
    ['a TIFF', 'II\x2a\0\x08\0\0\0', 'unsupported-format'],
    ['a bitmap', 'BM\x36\0\0\0\0\0\0\0\x36', 'unsupported-format'],
    ['a JPEG XL', '\xff\x0a\x10', 'unsupported-format'],
    ['a drawing', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'unsupported-format'],
    ['a portable map', 'P6\n1 1\n255\nabc', 'unsupported-format'],
    ['a camera raw file in boxes', '\0\0\0\x18ftypcrx \0\0\0\x01crx isom', 'unsupported-format'],
    ['an MP4', '\0\0\0\x18ftypisom\0\0\0\x01isommp42', 'video'],
    ['a QuickTime film', '\0\0\0\x14ftypqt  \0\0\0\0qt  ', 'video'],
    ['an AVI', 'RIFF\x10\0\0\0AVI LIST', 'video'],
    ['a WebM', '\x1a\x45\xdf\xa3\x01', 'video'],
    ['a PDF', '%PDF-1.7\n', 'not-a-picture'],
    ['an archive', 'PK\x03\x04', 'not-a-picture'],
    ['a sound', 'RIFF\x10\0\0\0WAVEfmt ', 'not-a-picture'],
    ['text', 'hello, this is text', 'not-a-picture'],
  ])('refuses %s', (_, text, reason) => {
    expect(refusalOf(latin(text))).toBe(reason);
  });

  it('says nothing of the file in the refusal', () => {
    expect(() => inspect(latin('secret'))).toThrow(/^not-a-picture$/);
  });
});
