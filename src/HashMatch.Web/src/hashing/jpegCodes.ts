import type { ByteView } from './byteView';
import { PictureRefused } from './refusal';

/** The bits of the longest code. */
const LONGEST = 16;

// What a block may ask for behind the end before that is noticed: 64 codes of 31 bits.
const SPARE_BYTES = 256;

const READ_AHEAD_BYTES = 7;

/**
 * A Huffman table: for whatever 16 bits come next, the length of the code that they begin with, in bits 8 to 12, and
 * below that what it stands for. 0 where no code begins so.
 */
export type CodeTable = Uint16Array;

/** Reads a table as JPEG has them: the number of codes of each length, then what they stand for. */
export function readTable(file: ByteView, at: number): { table: CodeTable; end: number } {
  const table = new Uint16Array(1 << LONGEST);
  let value = at + LONGEST;
  let next = 0;
  for (let length = 1; length <= LONGEST; length++) {
    const step = 1 << (LONGEST - length);
    for (let count = file.u8(at + length - 1); count > 0; count--) {
      table.fill((length << 8) | file.u8(value), next, next + step);
      value++;
      next += step;
    }
  }

  if (next > 1 << LONGEST) {
    throw new PictureRefused('damaged');
  }

  return { table, end: value };
}

/** The bits of a scan, from one marker to the next. */
export class CodeReader {
  readonly #file: ByteView;
  #data = new Uint8Array(SPARE_BYTES);
  #at = 0;
  #end = 0;
  #marker = 0;

  /** Begins behind a scan's header. */
  constructor(file: ByteView, from: number) {
    this.#file = file;
    this.#load(from);
  }

  /** Where the marker is that ends these bits. */
  get marker(): number {
    return this.#marker;
  }

  /** Reads a code. @returns what it stands for */
  code(table: CodeTable): number {
    const found = table[this.#peek()];
    if (found === 0) {
      throw new PictureRefused('damaged');
    }

    this.#at += found >> 8;
    return found & 255;
  }

  /** Reads a number of at most 16 bits. */
  bits(count: number): number {
    const value = this.#peek() >> (LONGEST - count);
    this.#at += count;
    return value;
  }

  /** Leaves bits out. */
  skip(count: number): void {
    this.#at += count;
  }

  /** Refuses what asked for more bits than there are. Must be called after each block at the latest. */
  check(): void {
    if (this.#at > this.#end) {
      throw new PictureRefused('damaged');
    }
  }

  /** Goes on behind the restart marker of this number, 0 to 7. */
  restart(number: number): void {
    this.finish();
    if (this.#file.u8(this.#marker + 1) !== 0xd0 + number) {
      throw new PictureRefused('damaged');
    }

    this.#load(this.#marker + 2);
  }

  /** Refuses bits that nothing asked for: some of the picture's were taken for others. */
  finish(): void {
    this.check();
    const rest = this.#data.subarray((this.#at + 7) >>> 3, this.#end >>> 3);
    // Decoders do not mind as many as they read ahead, and some cameras fill up with zeros.
    if (rest.length > READ_AHEAD_BYTES && rest.some((byte) => byte !== rest[0])) {
      throw new PictureRefused('damaged');
    }
  }

  #peek(): number {
    const data = this.#data;
    const byte = this.#at >>> 3;
    return (((data[byte] << 16) | (data[byte + 1] << 8) | data[byte + 2]) >> (8 - (this.#at & 7))) & 0xffff;
  }

  // In the data 0xff is followed by a zero, which is none of them. Another 0xff before it is filler.
  #load(from: number): void {
    const { bytes } = this.#file;
    const pieces: Uint8Array[] = [];
    let length = 0;
    for (let start = from, isData = true; isData;) {
      const at = bytes.indexOf(0xff, start);
      let next = at + 1;
      while (this.#file.u8(next) === 0xff) {
        next++;
      }

      isData = at >= 0 && bytes[next] === 0;
      const piece = bytes.subarray(start, isData ? at + 1 : Math.max(at, start));
      pieces.push(piece);
      length += piece.length;
      start = next + 1;
      this.#marker = next - 1;
    }

    if (this.#data.length < length + SPARE_BYTES) {
      this.#data = new Uint8Array(length + SPARE_BYTES);
    }

    let filled = 0;
    for (const piece of pieces) {
      this.#data.set(piece, filled);
      filled += piece.length;
    }

    this.#data.fill(0, filled, filled + SPARE_BYTES);
    this.#at = 0;
    this.#end = 8 * length;
  }
}
