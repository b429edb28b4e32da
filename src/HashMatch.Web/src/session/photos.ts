import type { PictureHash } from '../service/submission.ts';
import type { HashFile, Hashing, HashingResult, RefusalReason } from './hashing.ts';

/** How many pictures a case holds at most. */
export const maxPhotos = 1000;

/** How far a picture has come. */
export type PhotoState =
  | { kind: 'waiting' }
  | { kind: 'working'; share: number }
  | ({ kind: 'ready' } & PictureHash)
  | { kind: 'refused'; reason: RefusalReason };

/** A picture that the person chose. The file itself is let go as soon as its hash is made. */
export class Photo {
  readonly name: string;
  state: PhotoState = { kind: 'waiting' };
  file: File | undefined;

  constructor(file: File) {
    this.name = file.name;
    this.file = file;
  }
}

/** The pictures that the person chose, which are hashed one after the other. */
export class Photos {
  /** Called whenever something about them changed. */
  onChange: (() => void) | undefined;

  readonly #loadHasher: () => Promise<HashFile>;
  #list: Photo[] = [];
  #current: { photo: Photo; hashing: Hashing | undefined } | undefined;

  constructor(loadHasher: () => Promise<HashFile>) {
    this.#loadHasher = loadHasher;
  }

  get list(): readonly Photo[] {
    return this.#list;
  }

  /** Whether one is still to be hashed. */
  get busy(): boolean {
    return this.#list.some(({ state }) => state.kind === 'waiting' || state.kind === 'working');
  }

  /** The hashes to be sent: those that are ready, each once. */
  get hashes(): PictureHash[] {
    return this.#list.flatMap((photo) =>
      photo.state.kind === 'ready' && !this.isDuplicate(photo)
        ? [{ hash: photo.state.hash, quality: photo.state.quality }]
        : [],
    );
  }

  /** Adds files, as many as a case can hold. Tells how many were left out. */
  add(files: readonly File[]): number {
    const taken = files.slice(0, maxPhotos - this.#list.length);
    this.#list.push(...taken.map((file) => new Photo(file)));
    this.onChange?.();
    void this.#hashNext();
    return files.length - taken.length;
  }

  /** Forgets one, at whatever step it is. */
  remove(photo: Photo): void {
    this.#list = this.#list.filter((other) => other !== photo);
    if (this.#current?.photo === photo) {
      this.#current.hashing?.cancel();
      this.#current = undefined;
      void this.#hashNext();
    }

    this.onChange?.();
  }

  /** Forgets all of them at once. */
  clear(): void {
    this.#list = [];
    this.#current?.hashing?.cancel();
    this.#current = undefined;
    this.onChange?.();
  }

  /** Whether an earlier one has the same hash. */
  isDuplicate(photo: Photo): boolean {
    const hash = hashText(photo);
    return hash !== undefined && this.#list.slice(0, this.#list.indexOf(photo)).some((other) => hashText(other) === hash);
  }

  // One at a time: a picture of 100 megapixels takes all the memory that a phone has to give.
  async #hashNext(): Promise<void> {
    const photo = this.#list.find(({ state }) => state.kind === 'waiting');
    if (this.#current !== undefined || photo?.file === undefined) {
      return;
    }

    const current: { photo: Photo; hashing: Hashing | undefined } = { photo, hashing: undefined };
    this.#current = current;
    this.#tell(photo, { kind: 'working', share: 0 });
    let result: HashingResult;
    try {
      const hashFile = await this.#loadHasher();
      // It may have been removed while the hasher was loaded.
      if (this.#current !== current) {
        return;
      }

      current.hashing = hashFile(photo.file, (share) => {
        this.#tell(photo, { kind: 'working', share });
      });
      result = await current.hashing.result;
    } catch {
      result = { refusal: 'failed' };
    }

    if (this.#current !== current) {
      return;
    }

    this.#current = undefined;
    photo.file = undefined;
    this.#tell(photo, 'refusal' in result ? { kind: 'refused', reason: result.refusal } : { kind: 'ready', ...result });
    await this.#hashNext();
  }

  #tell(photo: Photo, state: PhotoState): void {
    if (this.#current?.photo === photo || photo.state.kind === 'working') {
      photo.state = state;
      this.onChange?.();
    }
  }
}

function hashText({ state }: Photo): string | undefined {
  return state.kind === 'ready' ? state.hash.join() : undefined;
}
