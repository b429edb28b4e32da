import { type Canvas2D, readsBackExactly } from './canary';
import { PictureRefused } from './refusal';

const WHITE = '#fff';

// Where the axes of a stored picture point once it is upright: across, then down. By EXIF's number.
const TURNS: Readonly<Record<number, readonly [number, number, number, number]>> = {
  1: [1, 0, 0, 1],
  2: [-1, 0, 0, 1],
  3: [-1, 0, 0, -1],
  4: [1, 0, 0, -1],
  5: [0, 1, 1, 0],
  6: [0, 1, -1, 0],
  7: [0, -1, -1, 0],
  8: [0, -1, 1, 0],
};

/** A picture's sides once it is turned as EXIF's number says. */
export function uprightSides(stored: ImageBitmap, orientation: number): { width: number; height: number } {
  const { width, height } = stored;
  return orientation < 5 ? { width, height } : { width: height, height: width };
}

/** Makes a canvas: in a worker, or in a page where workers have none. */
export type MakeCanvas = (width: number, height: number) => OffscreenCanvas | HTMLCanvasElement;

/** Reads a picture through a canvas as high as a few of its rows, so that it is never in memory twice. */
export class BandCanvas {
  readonly #makeCanvas: MakeCanvas;
  readonly #bitmap: ImageBitmap;
  readonly #orientation: number;
  #context: Canvas2D | undefined;

  /**
   * Takes the picture over: closing this closes it.
   * @param orientation EXIF's number for how it is to be turned.
   */
  constructor(makeCanvas: MakeCanvas, bitmap: ImageBitmap, orientation: number) {
    this.#makeCanvas = makeCanvas;
    this.#bitmap = bitmap;
    this.#orientation = orientation;
  }

  /** Refuses a picture where the browser changes what is read. */
  checkReading(): void {
    const makeContext = (side: number, alpha: boolean): Canvas2D | null =>
      contextOf(this.#makeCanvas(side, side), alpha);
    if (!readsBackExactly(makeContext)) {
      throw new PictureRefused('noisy-canvas');
    }
  }

  /** Reads rows, laid over white. */
  readRows(top: number, count: number): Uint8ClampedArray {
    const { width, height } = uprightSides(this.#bitmap, this.#orientation);
    const context = this.#contextFor(width, count);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = WHITE;
    context.fillRect(0, 0, width, count);
    if (this.#orientation === 1) {
      context.drawImage(this.#bitmap, 0, top, width, count, 0, 0, width, count);
    } else {
      const [a, b, c, d] = TURNS[this.#orientation];
      const right = a + c < 0 ? width : 0;
      const down = b + d < 0 ? height : 0;
      context.setTransform(a, b, c, d, right, down - top);
      context.drawImage(this.#bitmap, 0, 0);
    }

    return context.getImageData(0, 0, width, count).data;
  }

  /** Lets go of the picture and of the canvas. */
  close(): void {
    this.#bitmap.close();
    if (this.#context !== undefined) {
      // Some browsers keep a canvas's memory until they tidy up.
      this.#context.canvas.width = 0;
      this.#context.canvas.height = 0;
      this.#context = undefined;
    }
  }

  #contextFor(width: number, height: number): Canvas2D {
    if (this.#context === undefined || this.#context.canvas.height < height) {
      const context = contextOf(this.#makeCanvas(width, height), false);
      if (context === null) {
        throw new PictureRefused('old-browser');
      }

      context.imageSmoothingEnabled = false;
      this.#context = context;
    }

    return this.#context;
  }
}

function contextOf(canvas: OffscreenCanvas | HTMLCanvasElement, alpha: boolean): Canvas2D | null {
  return canvas.getContext('2d', { alpha, willReadFrequently: true }) as Canvas2D | null;
}
