const SIDE = 64;
const WHITE = 255;

/** What canvases in pages and in workers have in common. */
export type Canvas2D = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

const OPAQUE_PIXELS = opaquePixels();
const CLEAR_PIXELS = clearPixels();

// No two neighbours alike: some browsers leave plain areas alone.
function opaquePixels(): Uint8ClampedArray<ArrayBuffer> {
  let state = 1;
  return new Uint8ClampedArray(SIDE * SIDE * 4).map((_, at) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return at % 4 === 3 ? WHITE : state >>> 24;
  });
}

// Every alpha, with the colours that survive being multiplied by it and divided again: none and full.
function clearPixels(): Uint8ClampedArray<ArrayBuffer> {
  const colours = opaquePixels();
  return colours.map((value, at) => {
    const alpha = (at >> 2) & 255;
    return at % 4 === 3 ? alpha : alpha === 0 || value < 128 ? 0 : WHITE;
  });
}

/**
 * Whether a page reads from canvases what it drew. Some browsers change a few pixels of what is read, so that canvases
 * cannot tell their owners apart (Brave, Firefox and Safari in private windows, Tor Browser), and some give nothing of
 * it: a hash of that would be another picture's.
 * @param makeContext Makes a canvas of that side, opaque or with alpha, in the way in which pictures are read.
 */
export function readsBackExactly(makeContext: (side: number, alpha: boolean) => Canvas2D | null): boolean {
  return isExact(makeContext(SIDE, false), OPAQUE_PIXELS) && isExact(makeContext(SIDE, true), CLEAR_PIXELS);
}

function isExact(context: Canvas2D | null, pixels: Uint8ClampedArray<ArrayBuffer>): boolean {
  if (context === null) {
    return false;
  }

  context.putImageData(new ImageData(pixels, SIDE, SIDE), 0, 0);
  const read = context.getImageData(0, 0, SIDE, SIDE).data;
  return read.length === pixels.length && read.every((value, at) => value === pixels[at]);
}
