import type { ByteView } from './byteView';
import type { PictureStructure } from './formats';
import { PictureRefused } from './refusal';

/** Follows the boxes of a HEIC or AVIF file to its end, and finds the largest picture that one of them states. */
export function readHeif(file: ByteView): PictureStructure {
  let largest: readonly [number, number] = [0, 0];
  let hasMeta = false;
  let hasData = false;
  for (const box of boxes(file, 0, file.length)) {
    if (file.has(box.start + 4, 'meta')) {
      hasMeta = true;
      // Small pictures may lie in the description itself.
      hasData ||= !inside(file, box.content + 4, box.end, 'idat').next().done;
      largest = largestSides(file, box);
    }

    hasData ||= file.has(box.start + 4, 'mdat');
  }

  if (!hasMeta || !hasData) {
    throw new PictureRefused('damaged');
  }

  return { width: largest[0], height: largest[1], isGrey: false, orientation: 1, parts: [[0, file.length]] };
}

interface Box {
  readonly start: number;
  readonly content: number;
  readonly end: number;
}

function* boxes(file: ByteView, from: number, to: number): Generator<Box> {
  for (let start = from; start < to;) {
    const stated = file.u32(start);
    file.mustReach(start + 8);
    const isLong = stated === 1;
    const size = isLong ? file.u64(start + 8) : stated === 0 ? to - start : stated;
    const content = start + (isLong ? 16 : 8);
    const end = start + size;
    if (end < content || end > to) {
      throw new PictureRefused('damaged');
    }

    yield { start, content, end };
    start = end;
  }
}

// meta (which has 4 bytes of its own) holds iprp, that ipco, and that the properties of all pictures.
function largestSides(file: ByteView, meta: Box): readonly [number, number] {
  let largest: readonly [number, number] = [0, 0];
  for (const properties of inside(file, meta.content + 4, meta.end, 'iprp')) {
    for (const list of inside(file, properties.content, properties.end, 'ipco')) {
      for (const sides of inside(file, list.content, list.end, 'ispe')) {
        const [width, height] = [file.u32(sides.content + 4), file.u32(sides.content + 8)];
        if (width * height > largest[0] * largest[1]) {
          largest = [width, height];
        }
      }
    }
  }

  return largest;
}

function* inside(file: ByteView, from: number, to: number, kind: string): Generator<Box> {
  for (const box of boxes(file, from, to)) {
    if (file.has(box.start + 4, kind)) {
      yield box;
    }
  }
}
