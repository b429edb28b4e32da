import { PictureRefused } from './refusal';

/** Reads numbers out of a file. Reading behind its end means that the file is cut short: it is refused as damaged. */
export class ByteView {
  readonly #view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(at: number): number {
    return this.bytes[this.#within(at, 1)];
  }

  u16(at: number): number {
    return this.#view.getUint16(this.#within(at, 2));
  }

  u16le(at: number): number {
    return this.#view.getUint16(this.#within(at, 2), true);
  }

  u24le(at: number): number {
    return this.u16le(at) + this.u8(at + 2) * 65_536;
  }

  u32(at: number): number {
    return this.#view.getUint32(this.#within(at, 4));
  }

  u32le(at: number): number {
    return this.#view.getUint32(this.#within(at, 4), true);
  }

  /** A number of 64 bits; those that a float cannot hold are far beyond any file. */
  u64(at: number): number {
    return this.u32(at) * 4_294_967_296 + this.u32(at + 4);
  }

  /** Whether these characters stand there. Behind the end none do. */
  has(at: number, text: string): boolean {
    if (at + text.length > this.length) {
      return false;
    }

    for (let i = 0; i < text.length; i++) {
      if (this.bytes[at + i] !== text.charCodeAt(i)) {
        return false;
      }
    }

    return true;
  }

  /** Refuses a file that ends before this. */
  mustReach(end: number): void {
    this.#within(end, 0);
  }

  #within(at: number, count: number): number {
    if (at + count > this.length) {
      throw new PictureRefused('damaged');
    }

    return at;
  }
}
