/** How many bits differ between two hashes of one length. */
export function bitsApart(one: Uint8Array, other: Uint8Array): number {
  let count = 0;
  for (let k = 0; k < one.length; k++) {
    for (let bits = one[k] ^ other[k]; bits !== 0; bits &= bits - 1) {
      count++;
    }
  }

  return count;
}
