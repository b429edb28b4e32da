import type { ByteView } from './byteView';
import type { Part, PictureStructure, SplitPicture } from './formats';
import { PictureRefused } from './refusal';

/** Follows the boxes of a HEIC or AVIF file to its end, and finds the largest picture that one of them states. */
export function readHeif(file: ByteView): PictureStructure {
  let largest: readonly [number, number] = [0, 0];
  let hasMeta = false;
  let hasData = false;
  let split: SplitPicture | undefined;
  for (const box of boxes(file, 0, file.length)) {
    if (file.has(box.start + 4, 'meta')) {
      hasMeta = true;
      // Small pictures may lie in the description itself.
      hasData ||= !inside(file, box.content + 4, box.end, 'idat').next().done;
      largest = largestSides(file, box);
      split = splitTransparency(file, box);
    }

    hasData ||= file.has(box.start + 4, 'mdat');
  }

  if (!hasMeta || !hasData) {
    throw new PictureRefused('damaged');
  }

  const parts: Part[] = [[0, file.length]];
  return { width: largest[0], height: largest[1], isGrey: false, orientation: 1, parts, split };
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

// What says of a picture that it is how much is seen of another one.
const TRANSPARENCY = 'urn:mpeg:mpegB:cicp:systems:auxiliary:alpha';

const AUXILIARY = 'auxl';
const DESCRIBING = 'cdsc';
const TURNING = ['irot', 'imir', 'clap'];

/**
 * A file with one picture of how much is seen of the main one is read as two: the main one alone, and that one alone.
 * For that a reference is called another, and the number of the main picture is the other's. Nothing where the file is
 * more than that: then the browser reads it in its own way.
 */
function splitTransparency(file: ByteView, meta: Box): SplitPicture | undefined {
  const from = meta.content + 4;
  const main = firstInside(file, from, meta.end, 'pitm');
  const references = firstInside(file, from, meta.end, 'iref');
  const properties = firstInside(file, from, meta.end, 'iprp');
  const list = properties && firstInside(file, properties.content, properties.end, 'ipco');
  // Of the other version of these boxes, numbers have four bytes: nobody has so many pictures in a file.
  if (!main || !references || !list || file.u8(main.content) !== 0 || file.u8(references.content) !== 0) {
    return undefined;
  }

  const kinds = [...boxes(file, list.content, list.end)];
  const isTurned = kinds.some(({ start }) => TURNING.some((kind) => file.has(start + 4, kind)));
  const about = kinds.filter(({ start }) => file.has(start + 4, 'auxC'));
  const auxiliaries = [...inside(file, references.content + 4, references.end, AUXILIARY)];
  if (auxiliaries.length !== 1 || isTurned || about.length !== 1) {
    return undefined;
  }

  // A reference is from one number, to a count of numbers.
  const [{ start, content: other }] = auxiliaries;
  const mainNumber = main.content + 4;
  const isOfMain = file.u16(other + 2) === 1 && file.u16(other + 4) === file.u16(mainNumber);
  const isMultiplied = firstInside(file, references.content + 4, references.end, 'prem') !== undefined;
  if (!isOfMain || isMultiplied || !file.has(about[0].content + 4, TRANSPARENCY)) {
    return undefined;
  }

  const renamed = { at: start + 4, bytes: Uint8Array.from(DESCRIBING, (letter) => letter.charCodeAt(0)) };
  const exchanged = { at: mainNumber, bytes: file.bytes.slice(other, other + 2) };
  return { colours: replaced(file, [renamed]), opacity: replaced(file, [renamed, exchanged]) };
}

function replaced(file: ByteView, pieces: readonly { at: number; bytes: Uint8Array<ArrayBuffer> }[]): Part[] {
  const parts: Part[] = [];
  let start = 0;
  for (const { at, bytes } of [...pieces].sort((one, other) => one.at - other.at)) {
    parts.push([start, at], bytes);
    start = at + bytes.length;
  }

  return [...parts, [start, file.length]];
}

function* inside(file: ByteView, from: number, to: number, kind: string): Generator<Box> {
  for (const box of boxes(file, from, to)) {
    if (file.has(box.start + 4, kind)) {
      yield box;
    }
  }
}

function firstInside(file: ByteView, from: number, to: number, kind: string): Box | undefined {
  return [...inside(file, from, to, kind)].at(0);
}
