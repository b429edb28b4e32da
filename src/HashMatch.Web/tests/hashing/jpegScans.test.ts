import { describe, expect, test } from 'vitest';
import { ByteView } from '../../src/hashing/byteView';
import { readScans } from '../../src/hashing/jpegScans';
import { PictureRefused } from '../../src/hashing/refusal';
import { jpegPictures } from './jpegPictures';

const START_OF_SCAN = 0xda;
const END = [0xff, 0xd9];

function isRefused(bytes: Uint8Array): boolean {
  try {
    Array.from(readScans(new ByteView(bytes)));
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(PictureRefused);
    expect((error as PictureRefused).reason).toBe('damaged');
    return true;
  }
}

// From behind each scan's header up to the next marker that is none of restarting.
function scansOf(bytes: Uint8Array): [from: number, to: number][] {
  const scans: [number, number][] = [];
  for (let at = 2; bytes[at + 1] !== END[1];) {
    const end = at + 2 + bytes[at + 2] * 256 + bytes[at + 3];
    let next = end;
    if (bytes[at + 1] === START_OF_SCAN) {
      while (bytes[next] !== 0xff || bytes[next + 1] === 0 || (bytes[next + 1] & 0xf8) === 0xd0) {
        next++;
      }

      scans.push([end, next]);
    }

    at = next;
  }

  return scans;
}

const joined = (...pieces: (Uint8Array | number[])[]): Uint8Array =>
  Uint8Array.from(pieces.flatMap((piece) => Array.from(piece)));

describe.each(Object.entries(jpegPictures))('readScans of a JPEG (%s)', (_, bytes) => {
  test('takes a whole one', () => {
    expect(isRefused(bytes)).toBe(false);
  });

  test('refuses it where a scan is cut and the end put back', () => {
    for (const [from, to] of scansOf(bytes)) {
      for (let at = from; at < to - 1; at++) {
        expect(isRefused(joined(bytes.subarray(0, at), END)), `cut at ${at}`).toBe(true);
      }
    }
  });

  test('refuses it where a third of a scan is missing', () => {
    const [from, to] = scansOf(bytes).sort((one, other) => other[1] - other[0] - one[1] + one[0])[0];
    const third = Math.floor((to - from) / 3);

    expect(isRefused(joined(bytes.subarray(0, from + third), bytes.subarray(from + 2 * third)))).toBe(true);
  });

  test('refuses what nothing asks for before the end, but not what only fills up', () => {
    const last = scansOf(bytes).at(-1)?.[1] ?? 0;
    const [start, end] = [bytes.subarray(0, last), bytes.subarray(last)];

    expect(isRefused(joined(start, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], end))).toBe(true);
    expect(isRefused(joined(start, Array<number>(40).fill(0), end))).toBe(false);
    expect(isRefused(joined(start, Array<number>(40).fill(0xff), end))).toBe(false);
  });
});

test('readScans refuses restart markers in another order', () => {
  const bytes = jpegPictures.restarts.slice();
  const at = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xd0);

  bytes[at + 1] = 0xd3;

  expect(at).toBeGreaterThan(0);
  expect(isRefused(bytes)).toBe(true);
});

test('readScans refuses tables with more codes than there can be', () => {
  const bytes = jpegPictures.baseline.slice();
  const at = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc4);

  bytes[at + 5] = 3;

  expect(isRefused(bytes)).toBe(true);
});
