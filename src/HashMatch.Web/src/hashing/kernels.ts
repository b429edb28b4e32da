import type { BoxWindow } from './boxWindow';

// Every sum here is rounded to 32 bits after each step: Math.fround where it stays in a variable, the store into a
// Float32Array elsewhere. A 64-bit sum, difference, product or quotient of two 32-bit numbers, rounded to 32 bits, is
// the 32-bit result exactly.
const round = Math.fround;

const OPAQUE = 255;

/** Rows that go through the means side by side: one running sum alone would wait for its own last addition. */
export const LANES = 4;

const RED = weighted(0.299);
const GREEN = weighted(0.587);
const BLUE = weighted(0.114);

function weighted(weight: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, value) => round(weight) * value);
}

/** Composites one channel over white, rounded to the nearest integer. */
export function overWhite(channel: number, alpha: number): number {
  return Math.floor((channel * alpha + OPAQUE * (OPAQUE - alpha) + 127) / OPAQUE);
}

/**
 * The brightness of a row of RGBA pixels, each a little-endian integer, over white. Grey is the value itself, which
 * the weights would miss by a float's last bit.
 */
export function lumaRow(
  pixels: Int32Array,
  from: number,
  length: number,
  isGrey: boolean,
  out: Float32Array,
  at: number,
): void {
  for (let x = 0; x < length; x++) {
    const pixel = pixels[from + x];
    let red = pixel & 255;
    let green = (pixel >>> 8) & 255;
    let blue = (pixel >>> 16) & 255;
    const alpha = pixel >>> 24;
    if (alpha !== OPAQUE) {
      red = overWhite(red, alpha);
      green = overWhite(green, alpha);
      blue = overWhite(blue, alpha);
    }

    out[at + x] = isGrey ? red : round(RED[red] + GREEN[green]) + BLUE[blue];
  }
}

/** The running means along four rows, which follow one another in both arrays. */
export function meansAlongRows(rows: Float32Array, window: BoxWindow, out: Float32Array, at: number): void {
  const { length, width, lag } = window;
  const second = length;
  const third = 2 * length;
  const fourth = 3 * length;
  let a = round(0);
  let b = round(0);
  let c = round(0);
  let d = round(0);
  for (let t = 0; t < width; t++) {
    a = round(a + rows[t]);
    b = round(b + rows[second + t]);
    c = round(c + rows[third + t]);
    d = round(d + rows[fourth + t]);
    if (t >= lag) {
      const to = at + t - lag;
      const count = t + 1;
      out[to] = a / count;
      out[to + second] = b / count;
      out[to + third] = c / count;
      out[to + fourth] = d / count;
    }
  }

  for (let t = width; t < length; t++) {
    const leaves = t - width;
    const to = at + t - lag;
    a = round(round(a + rows[t]) - rows[leaves]);
    b = round(round(b + rows[second + t]) - rows[second + leaves]);
    c = round(round(c + rows[third + t]) - rows[third + leaves]);
    d = round(round(d + rows[fourth + t]) - rows[fourth + leaves]);
    out[to] = a / width;
    out[to + second] = b / width;
    out[to + third] = c / width;
    out[to + fourth] = d / width;
  }

  for (let t = length; t < length + lag; t++) {
    const leaves = t - width;
    const to = at + t - lag;
    const count = length - leaves - 1;
    a = round(a - rows[leaves]);
    b = round(b - rows[second + leaves]);
    c = round(c - rows[third + leaves]);
    d = round(d - rows[fourth + leaves]);
    out[to] = a / count;
    out[to + second] = b / count;
    out[to + third] = c / count;
    out[to + fourth] = d / count;
  }
}

/** Lets a row enter the sums down the columns. */
export function enterRow(sums: Float32Array, row: Float32Array, at: number): void {
  for (let x = 0; x < sums.length; x++) {
    sums[x] += row[at + x];
  }
}

/** Lets a row leave the sums down the columns. */
export function leaveRow(sums: Float32Array, row: Float32Array, at: number): void {
  for (let x = 0; x < sums.length; x++) {
    sums[x] -= row[at + x];
  }
}

/** Divides the sums down the columns. */
export function divideRow(sums: Float32Array, count: number, out: Float32Array, at: number): void {
  for (let x = 0; x < sums.length; x++) {
    out[at + x] = sums[x] / count;
  }
}

/** The three steps above at once, for the rows away from the edges. */
export function exchangeRow(
  sums: Float32Array,
  ring: Float32Array,
  enters: number,
  leaves: number,
  count: number,
  out: Float32Array,
  at: number,
): void {
  for (let x = 0; x < sums.length; x++) {
    const sum = round(round(sums[x] + ring[enters + x]) - ring[leaves + x]);
    sums[x] = sum;
    out[at + x] = sum / count;
  }
}

/** RGBA pixels as integers, where they lie if there can be a view. Browsers run on little-endian machines only. */
export function asIntegers(bytes: Uint8ClampedArray | Uint8Array): Int32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}
