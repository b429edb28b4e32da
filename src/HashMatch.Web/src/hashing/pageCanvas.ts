import { BandCanvas, uprightSides } from './bandCanvas';
import type { PixelSource } from './pixelSource';
import type { Reply, Request } from './protocol';
import { PictureRefused } from './refusal';

type Answer = Extract<Request, { type: 'rows' | 'no-rows' }>;

/** The worker's side of a canvas in the page, for browsers whose workers have none. */
export class PageCanvas {
  readonly #reply: (message: Reply, transfer?: Transferable[]) => void;
  #settle: ((answer: Answer) => void) | undefined;

  constructor(reply: (message: Reply, transfer?: Transferable[]) => void) {
    this.#reply = reply;
  }

  /** Hands a bitmap to the page, to be read there. */
  open(bitmap: ImageBitmap, orientation: number): PixelSource {
    const { width, height } = uprightSides(bitmap, orientation);
    this.#reply({ type: 'open-canvas', bitmap, orientation }, [bitmap]);
    return {
      width,
      height,
      readRows: (top, count) => this.#readRows(top, count),
      close: () => {
        this.#reply({ type: 'close-canvas' });
      },
    };
  }

  /** Takes the page's answer. */
  onAnswer(answer: Answer): void {
    this.#settle?.(answer);
  }

  #readRows(top: number, count: number): Promise<Uint8ClampedArray> {
    return new Promise((resolve, reject) => {
      this.#settle = (answer) => {
        if (answer.type === 'rows') {
          resolve(answer.rows);
        } else {
          reject(new PictureRefused(answer.reason));
        }
      };
      this.#reply({ type: 'read-rows', top, count });
    });
  }
}

/** The page's side of it. */
export class CanvasForWorker {
  #canvas: BandCanvas | undefined;

  /** Answers the worker. */
  onReply(reply: Reply, answer: (message: Request, transfer?: Transferable[]) => void): void {
    switch (reply.type) {
      case 'open-canvas':
        this.close();
        this.#canvas = new BandCanvas(makeCanvas, reply.bitmap, reply.orientation);
        break;
      case 'read-rows':
        this.#read(reply.top, reply.count, answer);
        break;
      case 'close-canvas':
        this.close();
        break;
      default:
        break;
    }
  }

  /** Lets go of the picture, if there is one. */
  close(): void {
    this.#canvas?.close();
    this.#canvas = undefined;
  }

  #read(top: number, count: number, answer: (message: Request, transfer?: Transferable[]) => void): void {
    try {
      if (this.#canvas === undefined) {
        throw new PictureRefused('failed');
      }

      if (top === 0) {
        this.#canvas.checkReading();
      }

      const rows = this.#canvas.readRows(top, count);
      answer({ type: 'rows', rows }, [rows.buffer]);
    } catch (error) {
      answer({ type: 'no-rows', reason: error instanceof PictureRefused ? error.reason : 'failed' });
    }
  }
}

function makeCanvas(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}
