const round = Math.fround;

/** The side of the decimated picture. */
export const SIDE = 64;

/** The side of the kept coefficients. */
export const OUTPUTS = 16;

/** The least quality at which a hash tells pictures apart. */
export const MINIMUM_QUALITY = 50;

/** What PDQ says of a picture. */
export interface Fingerprint {
  /** 32 bytes: the 256-bit number, greatest byte first. All zeros for a picture under 5 pixels a side. */
  readonly hash: Uint8Array<ArrayBuffer>;

  /** 0 (flat) to 100. */
  readonly quality: number;
}

/** The hashes of a picture and of its turned and mirrored forms. */
export interface TurnedFingerprints {
  /** As it is; turned by 90, 180, 270 degrees; mirrored top-bottom, left-right, along the falling, rising diagonal. */
  readonly hashes: readonly Uint8Array<ArrayBuffer>[];

  /** One for all: 0 to 100. */
  readonly quality: number;
}

const MATRIX = /* @__PURE__ */ cosines();

function cosines(): Float32Array {
  const scale = round(Math.sqrt(2 / SIDE));
  const matrix = new Float32Array(OUTPUTS * SIDE);
  for (let i = 0; i < OUTPUTS; i++) {
    for (let k = 0; k < SIDE; k++) {
      matrix[i * SIDE + k] = scale * Math.cos((Math.PI / 2 / SIDE) * (i + 1) * (2 * k + 1));
    }
  }

  return matrix;
}

/** How much detail 64 by 64 samples have: the sum of the steps between neighbours, each cut to whole percent. */
export function qualityOf(samples: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < SIDE; i++) {
    for (let j = 0; j < SIDE; j++) {
      const here = samples[i * SIDE + j];
      if (i < SIDE - 1) {
        sum += step(here, samples[(i + 1) * SIDE + j]);
      }

      if (j < SIDE - 1) {
        sum += step(here, samples[i * SIDE + j + 1]);
      }
    }
  }

  return Math.min(100, Math.floor(sum / 90));
}

function step(left: number, right: number): number {
  return Math.abs(Math.trunc(round(round(round(left - right) * 100) / 255)));
}

/** The 16 by 64 half-way products of 64 by 64 samples: the cosines times the samples. */
export function halfTransform(samples: Float32Array): Float32Array {
  const half = new Float32Array(OUTPUTS * SIDE);
  for (let i = 0; i < OUTPUTS; i++) {
    for (let j = 0; j < SIDE; j++) {
      let sum = round(0);
      for (let k = 0; k < SIDE; k++) {
        sum = round(sum + round(MATRIX[i * SIDE + k] * samples[k * SIDE + j]));
      }

      half[i * SIDE + j] = sum;
    }
  }

  return half;
}

/** The 16 by 16 coefficients: the half-way products times the cosines, transposed. */
export function transform(half: Float32Array): Float32Array {
  const coefficients = new Float32Array(OUTPUTS * OUTPUTS);
  for (let i = 0; i < OUTPUTS; i++) {
    for (let j = 0; j < OUTPUTS; j++) {
      let sum = round(0);
      for (let k = 0; k < SIDE; k++) {
        sum = round(sum + round(half[i * SIDE + k] * MATRIX[j * SIDE + k]));
      }

      coefficients[i * OUTPUTS + j] = sum;
    }
  }

  return coefficients;
}

/** The bits of the coefficients above the 128th smallest of them. */
export function hashBits(coefficients: Float32Array): Uint8Array<ArrayBuffer> {
  const median = Float32Array.from(coefficients).sort()[coefficients.length / 2 - 1];
  const hash = new Uint8Array(coefficients.length / 8);
  for (let k = 0; k < coefficients.length; k++) {
    if (coefficients[k] > median) {
      hash[hash.length - 1 - (k >> 3)] |= 1 << (k & 7);
    }
  }

  return hash;
}

// Each gives the coefficient at row i, column j of the turned picture, from those of the picture as it is.
type Turn = (at: (row: number, column: number) => number, i: number, j: number) => number;

const TURNS: readonly Turn[] = [
  (at, i, j) => at(i, j),
  (at, i, j) => (i % 2 === 1 ? at(j, i) : -at(j, i)),
  (at, i, j) => ((i + j) % 2 === 1 ? -at(i, j) : at(i, j)),
  (at, i, j) => (j % 2 === 1 ? at(j, i) : -at(j, i)),
  (at, i, j) => (i % 2 === 1 ? at(i, j) : -at(i, j)),
  (at, i, j) => (j % 2 === 1 ? at(i, j) : -at(i, j)),
  (at, i, j) => at(j, i),
  (at, i, j) => ((i + j) % 2 === 1 ? -at(j, i) : at(j, i)),
];

/** The hashes of the eight ways to turn the picture, in the order of `TurnedFingerprints`. */
export function turnedHashBits(coefficients: Float32Array): Uint8Array<ArrayBuffer>[] {
  const at = (row: number, column: number): number => coefficients[row * OUTPUTS + column];
  return TURNS.map((turn) => hashBits(coefficients.map((_, k) => turn(at, Math.floor(k / OUTPUTS), k % OUTPUTS))));
}
