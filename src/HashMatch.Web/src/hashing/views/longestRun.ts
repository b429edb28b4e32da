/** Where a run starts and how long it is; of length 0 if there was none. */
export interface Run {
  readonly start: number;
  readonly length: number;
}

/** The longest run of true in a line of bits, gaps of up to so many bits within it allowed. */
export function longestRun(bits: readonly boolean[], longestGap: number): Run {
  let best: Run = { start: 0, length: 0 };
  let start = -1;
  let last = 0;
  const close = (): void => {
    const length = last + 1 - start;
    best = length > best.length ? { start, length } : best;
    start = -1;
  };
  bits.forEach((bit, position) => {
    if (bit) {
      start = start < 0 ? position : start;
      last = position;
    } else if (start >= 0 && position - last > longestGap) {
      close();
    }
  });
  if (start >= 0) {
    close();
  }

  return best;
}
