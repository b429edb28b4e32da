import type { ByteView } from './byteView';
import type { PictureStructure } from './formats';
import { PictureRefused } from './refusal';

const HEADER_BYTES = 13;
const END = 0x3b;
const EXTENSION = 0x21;
const DESCRIPTOR = 0x2c;
const DESCRIPTOR_BYTES = 10;

/** Follows a GIF's blocks to the end of the first frame, which is the picture. */
export function readGif(file: ByteView): PictureStructure {
  let at = HEADER_BYTES + colourTableBytes(file.u8(10));
  while (file.u8(at) === EXTENSION) {
    at = endOfBlocks(file, at + 2);
  }

  if (file.u8(at) !== DESCRIPTOR) {
    throw new PictureRefused('damaged');
  }

  const right = file.u16le(at + 1) + file.u16le(at + 5);
  const bottom = file.u16le(at + 3) + file.u16le(at + 7);
  // Behind the colours there is one byte for the size of a code.
  const end = endOfBlocks(file, at + DESCRIPTOR_BYTES + colourTableBytes(file.u8(at + 9)) + 1);
  return {
    // Decoders make room for a frame that is larger than the screen that it is for.
    width: Math.max(file.u16le(6), right),
    height: Math.max(file.u16le(8), bottom),
    isGrey: false,
    orientation: 1,
    // Without the later frames, but with an end.
    parts: [[0, end], Uint8Array.of(END)],
  };
}

function colourTableBytes(flags: number): number {
  return (flags & 0x80) !== 0 ? 3 * (2 << (flags & 7)) : 0;
}

// Blocks are each led by their length; an empty one ends them.
function endOfBlocks(file: ByteView, from: number): number {
  let at = from;
  for (let length = file.u8(at); length !== 0; length = file.u8(at)) {
    at += length + 1;
  }

  return at + 1;
}
