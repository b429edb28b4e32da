/** The pixels of a decoded picture, upright, to be read from the top row to the bottom, once or more. */
export interface PixelSource {
  readonly width: number;
  readonly height: number;

  /** Reads whole rows as red, green, blue and straight alpha. What an earlier call gave may be overwritten. */
  readRows(top: number, count: number): Uint8ClampedArray | Promise<Uint8ClampedArray>;

  /** Lets go of the picture. */
  close(): void;
}
