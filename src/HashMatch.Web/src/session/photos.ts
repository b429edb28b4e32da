import type { PictureHasher } from '../hashing/hasher.ts';
import type { RefusalReason } from '../hashing/refusal.ts';
import type { PictureHash } from '../service/submission.ts';

/**
 * Which fingerprints of a picture are sent: `wide` is up to 16, of which some show parts and turns of it; `plain` is the
 * first of them alone, of the whole photo.
 */
export type ViewSet = 'wide' | 'plain';

/** A picture that can be sent. */
export interface ReadyPicture {
  /** Its number in the list, from 1. */
  number: number;
  fingerprints: readonly PictureHash[];
}

/** How many pictures a case holds at most. */
export const maxPhotos = 1000;

/** How far a picture has come. The share of the work that is done, 0 to 1, is not always known. */
export type PhotoState =
  | { kind: 'waiting' }
  | { kind: 'working'; share: number | undefined }
  | { kind: 'ready'; fingerprints: readonly PictureHash[] }
  | { kind: 'refused'; reason: RefusalReason };

/** A picture that the person chose: its name and its fingerprints, never the picture. */
export class Photo {
  readonly name: string;
  readonly abort = new AbortController();
  state: PhotoState = { kind: 'waiting' };

  constructor(name: string) {
    this.name = name;
  }
}

/** The pictures that the person chose. They are hashed one after the other. */
export class Photos {
  /** Called whenever something about them changed. */
  onChange: (() => void) | undefined;

  readonly #loadHasher: () => Promise<PictureHasher>;
  #loading: Promise<PictureHasher> | undefined;
  #hasher: PictureHasher | undefined;
  #list: Photo[] = [];

  constructor(loadHasher: () => Promise<PictureHasher>) {
    this.#loadHasher = loadHasher;
  }

  get list(): readonly Photo[] {
    return this.#list;
  }

  /** Whether one is still to be hashed. */
  get busy(): boolean {
    return this.#list.some(({ state }) => state.kind === 'waiting' || state.kind === 'working');
  }

  /** The pictures to be sent: those that are ready, each once, with all their fingerprints. */
  get ready(): ReadyPicture[] {
    return this.#list.flatMap((photo, i) =>
      photo.state.kind === 'ready' && !this.isDuplicate(photo)
        ? [{ number: i + 1, fingerprints: photo.state.fingerprints }]
        : [],
    );
  }

  /** Loads what hashes, while there is a connection. */
  async warm(): Promise<void> {
    (await this.#load()).warm();
  }

  /** Adds files, as many as a case can hold. Tells how many were left out. */
  add(files: readonly File[]): number {
    const photos = files.slice(0, maxPhotos - this.#list.length).map((file) => ({ file, photo: new Photo(file.name) }));
    this.#list.push(...photos.map(({ photo }) => photo));
    for (const { file, photo } of photos) {
      void this.#hash(file, photo);
    }

    this.onChange?.();
    return files.length - photos.length;
  }

  /** Forgets one, at whatever step it is. */
  remove(photo: Photo): void {
    this.#list = this.#list.filter((other) => other !== photo);
    photo.abort.abort();
    this.onChange?.();
  }

  /** Forgets all of them. */
  clear(): void {
    for (const { abort } of this.#list) {
      abort.abort();
    }

    this.#list = [];
    this.onChange?.();
  }

  /** Ends the hashing at once, with all memory that it holds. */
  close(): void {
    this.#hasher?.close();
  }

  /** Whether an earlier one has the same fingerprint of the whole photo. */
  isDuplicate(photo: Photo): boolean {
    const hash = hashText(photo);
    return (
      hash !== undefined && this.#list.slice(0, this.#list.indexOf(photo)).some((other) => hashText(other) === hash)
    );
  }

  // Once, however many ask before it is there: each hasher would have a worker of its own, all of them at work at once.
  async #load(): Promise<PictureHasher> {
    this.#loading ??= this.#loadHasher();
    try {
      this.#hasher = await this.#loading;
      return this.#hasher;
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
  }

  // The hasher takes them in turn. Nothing here holds the file any longer than that.
  async #hash(file: File, photo: Photo): Promise<void> {
    try {
      const hasher = await this.#load();
      const result = await hasher.hash(file, {
        signal: photo.abort.signal,
        onProgress: ({ stage, fraction }) => {
          photo.state = { kind: 'working', share: stage === 'hashing' ? fraction : undefined };
          this.onChange?.();
        },
      });
      photo.state =
        result.kind === 'hashed'
          ? { kind: 'ready', fingerprints: result.views.map(({ hash, quality }) => ({ hash, quality })) }
          : { kind: 'refused', reason: result.reason };
    } catch {
      photo.state = { kind: 'refused', reason: 'failed' };
    }

    this.onChange?.();
  }
}

function hashText({ state }: Photo): string | undefined {
  return state.kind === 'ready' ? state.fingerprints[0].hash.join() : undefined;
}
