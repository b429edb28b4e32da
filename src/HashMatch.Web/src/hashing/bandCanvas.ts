import { type Canvas2D, readsBackExactly } from './canary';
import { PictureRefused } from './refusal';

const WHITE = '#fff';

/** Makes a canvas: in a worker, or in a page where workers have none. */
export type MakeCanvas = (width: number, height: number) => OffscreenCanvas | HTMLCanvasElement;

/** Reads a picture through a canvas as high as a few of its rows, so that it is never in memory twice. */
export class BandCanvas {
  readonly #makeCanvas: MakeCanvas;
  readonly #bitmap: ImageBitmap;
  #context: Canvas2D | undefined;

  /** Takes the picture over: closing this closes it. */
  constructor(makeCanvas: MakeCanvas, bitmap: ImageBitmap) {
    this.#makeCanvas = makeCanvas;
    this.#bitmap = bitmap;
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
    const { width } = this.#bitmap;
    const context = this.#contextFor(width, count);
    context.fillStyle = WHITE;
    context.fillRect(0, 0, width, count);
    context.drawImage(this.#bitmap, 0, top, width, count, 0, 0, width, count);
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
