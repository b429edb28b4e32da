import { CanvasForWorker } from './pageCanvas';
import type { Reply, Request, Stage } from './protocol';
import type { RefusalReason } from './refusal';
import type { PictureView } from './views/viewHasher';
import { workerAddress } from './workerAddress';

/** What became of a file. */
export type HashResult = HashedPicture | RefusedPicture;

/** A picture that can be registered. */
export interface HashedPicture {
  readonly kind: 'hashed';

  /** Its fingerprints, 1 to 16: the photo as a whole first. As sensitive as the picture. */
  readonly views: readonly PictureView[];

  /** Pixels a row, upright. */
  readonly width: number;

  /** Rows, upright. */
  readonly height: number;
}

/** A file that was not hashed, and why. */
export interface RefusedPicture {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
}

/** How far a file has come: 0 to 1 of the stage, which can be told for `hashing` only. */
export interface HashProgress {
  readonly stage: Stage;
  readonly fraction: number;
}

/** What may be said along with a file. */
export interface HashOptions {
  readonly onProgress?: (progress: HashProgress) => void;

  /** Gives the file up. The worker is let go of with all that it holds. */
  readonly signal?: AbortSignal;
}

// Milliseconds.
const RENEWAL_PATIENCE = 3000;

interface Job {
  readonly id: number;
  readonly file: Blob;
  readonly options: HashOptions;
  readonly settle: (result: HashResult) => void;
}

/**
 * Hashes files on the device, one at a time, in a worker that is loaded once, so that no connection is needed later.
 * The page's own thread only passes messages on.
 */
export class PictureHasher {
  readonly #makeWorker: () => Worker;
  readonly #canvas = new CanvasForWorker();
  readonly #waiting: Job[] = [];
  #worker: Worker | undefined;
  #current: Job | undefined;
  #isRenewing = false;
  #lastId = 0;

  constructor(makeWorker: () => Worker = defaultWorker) {
    this.#makeWorker = makeWorker;
  }

  /** Loads the worker, while there is a connection. */
  warm(): void {
    this.#worker ??= this.#listenTo(this.#makeWorker());
  }

  /**
   * Hashes a file once those before it are done.
   * @returns A promise that is rejected only if the signal says so, with its reason.
   */
  hash(file: Blob, options: HashOptions = {}): Promise<HashResult> {
    return new Promise((resolve, reject) => {
      const { signal } = options;
      const abort = (): void => {
        this.#giveUp(job);
        reject(signal?.reason as Error);
      };
      const settle = (result: HashResult): void => {
        signal?.removeEventListener('abort', abort);
        resolve(result);
      };
      const job: Job = { id: ++this.#lastId, file, options, settle };
      if (signal?.aborted === true) {
        abort();
        return;
      }

      signal?.addEventListener('abort', abort, { once: true });
      this.#waiting.push(job);
      this.#next();
    });
  }

  /** Ends the worker with all that it holds. Files still waiting come to nothing. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#canvas.close();
    for (const job of [this.#current, ...this.#waiting.splice(0)]) {
      job?.settle({ kind: 'refused', reason: 'failed' });
    }

    this.#current = undefined;
  }

  #next(): void {
    if (this.#current !== undefined || this.#isRenewing || this.#waiting.length === 0) {
      return;
    }

    this.warm();
    const job = this.#waiting.splice(0, 1)[0];
    this.#current = job;
    this.#worker?.postMessage({ type: 'hash', id: job.id, file: job.file } satisfies Request);
  }

  #giveUp(job: Job): void {
    const at = this.#waiting.indexOf(job);
    if (at >= 0) {
      this.#waiting.splice(at, 1);
    } else if (this.#current === job) {
      this.#current = undefined;
      this.#worker?.postMessage({ type: 'cancel', id: job.id } satisfies Request);
      this.#renew();
    }
  }

  // Puts a new worker in the place of the old one, whose memory is then free. The old one goes only once the new one is
  // there: without a connection it may not be loaded, and then the old one has to do.
  #renew(): void {
    if (this.#isRenewing) {
      return;
    }

    this.#isRenewing = true;
    const old = this.#worker;
    const fresh = this.#makeWorker();
    const end = (isLoaded: boolean): void => {
      clearTimeout(patience);
      // What it says later must not count a second time.
      fresh.onmessage = fresh.onerror = null;
      const isWanted = isLoaded && this.#worker === old && old !== undefined;
      (isWanted ? old : fresh).terminate();
      if (isWanted) {
        this.#canvas.close();
        this.#worker = this.#listenTo(fresh);
      }

      this.#isRenewing = false;
      this.#next();
    };
    const patience = setTimeout(end, RENEWAL_PATIENCE, false);
    fresh.onmessage = () => {
      end(true);
    };
    fresh.onerror = () => {
      end(false);
    };
  }

  #listenTo(worker: Worker): Worker {
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      this.#onReply(worker, data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#onCrash(worker);
    };
    return worker;
  }

  #onReply(worker: Worker, reply: Reply): void {
    switch (reply.type) {
      case 'ready':
      case 'cancelled':
        break;
      case 'progress':
        if (reply.id === this.#current?.id) {
          this.#current.options.onProgress?.({ stage: reply.stage, fraction: reply.fraction });
        }

        break;
      case 'hashed': {
        const { views, width, height } = reply;
        this.#finish(reply.id, { kind: 'hashed', views, width, height }, reply.isHeavy);
        break;
      }

      case 'refused':
        this.#finish(reply.id, { kind: 'refused', reason: reply.reason }, reply.isHeavy);
        break;
      default:
        this.#canvas.onReply(reply, (message, transfer = []) => {
          worker.postMessage(message, transfer);
        });
        break;
    }
  }

  #finish(id: number | undefined, result: HashResult, isHeavy: boolean): void {
    if (this.#current === undefined || this.#current.id !== id) {
      return;
    }

    this.#canvas.close();
    const job = this.#current;
    this.#current = undefined;
    if (isHeavy) {
      this.#renew();
    }

    job.settle(result);
    this.#next();
  }

  // A script that could not be loaded, or that broke down.
  #onCrash(worker: Worker): void {
    if (this.#worker !== worker) {
      return;
    }

    worker.terminate();
    this.#worker = undefined;
    this.#finish(this.#current?.id, { kind: 'refused', reason: 'failed' }, false);
  }
}

function defaultWorker(): Worker {
  return new Worker(workerAddress(), { type: 'module', name: 'hashing' });
}
