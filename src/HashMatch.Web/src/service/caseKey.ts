// Crockford's base32 alphabet, and the five symbols that only a check character can be.
const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U';
const digitCount = 26;
const byteCount = 16;
const groupLength = 5;

/**
 * The key of a case: 128 random bits made on this device, the only thing by which the case is known. As text it is 26
 * characters of Crockford's base32 and a check character (the value modulo 37), as the service's other clients write it.
 */
export class CaseKey {
  readonly #value: bigint;

  private constructor(value: bigint) {
    this.#value = value;
  }

  /** Makes a new key from the browser's cryptographic random numbers. */
  static create(): CaseKey {
    return CaseKey.fromBytes(crypto.getRandomValues(new Uint8Array(byteCount)));
  }

  /** Reads a key from its 16 bytes. */
  static fromBytes(bytes: Uint8Array): CaseKey {
    if (bytes.length !== byteCount) {
      throw new RangeError('A case key is 16 bytes long.');
    }

    return new CaseKey(bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n));
  }

  /**
   * Reads a key as a person typed it: case, hyphens and white space do not matter, O is taken for 0, I and L for 1.
   * Gives nothing if it is no key: the wrong length, an unknown character, the wrong check character.
   */
  static parse(text: string): CaseKey | undefined {
    const digits = Array.from(text.replace(/[-\s]/g, ''), digitOf);
    const check = digits.pop();
    // 26 digits hold 130 bits, so the first one is below 8.
    if (digits.length !== digitCount || (digits[0] ?? 8) >= 8 || digits.some((digit) => digit < 0 || digit >= 32)) {
      return undefined;
    }

    const value = digits.reduce((sum, digit) => (sum << 5n) | BigInt(digit), 0n);
    return check === Number(value % 37n) ? new CaseKey(value) : undefined;
  }

  /** Gives the key as 16 bytes, as on the wire. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length: byteCount }, (_, i) => Number((this.#value >> BigInt(8 * (15 - i))) & 255n));
  }

  /** Writes the key out as 27 characters in groups of five, for the person who owns the case. */
  toText(): string {
    const digits = Array.from({ length: digitCount }, (_, i) => Number((this.#value >> BigInt(5 * (25 - i))) & 31n));
    const text = [...digits, Number(this.#value % 37n)].map((digit) => symbols.charAt(digit)).join('');
    return Array.from({ length: Math.ceil(text.length / groupLength) }, (_, i) =>
      text.slice(i * groupLength, (i + 1) * groupLength),
    ).join('-');
  }
}

function digitOf(letter: string): number {
  // A letter of another script whose capital is one of ours is still another letter.
  const upper = letter <= '~' ? letter.toUpperCase() : letter;
  switch (upper) {
    case 'O':
      return 0;
    case 'I':
    case 'L':
      return 1;
    default:
      return symbols.indexOf(upper);
  }
}
