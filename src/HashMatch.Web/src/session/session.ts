import type { GetStatusResponse, PictureReceipt } from '../gen/hashmatch/v1/cases_pb.ts';
import type { PictureHasher } from '../hashing/hasher.ts';
import type { CaseKey } from '../service/caseKey.ts';
import type { PictureHash, SubmissionCall } from '../service/submission.ts';
import { Photos, type ViewSet } from './photos.ts';

/** What the person answered about their age. */
export type AgeAnswer = 'under-18' | 'adult';

/** Whatever the person entered. It is in memory only, and gone when the page is left. */
export class Session {
  readonly photos: Photos;
  age: AgeAnswer | undefined;
  /** Which fingerprints of each picture are sent. */
  views: ViewSet = 'wide';
  /** The key of the case that is being made, or that the person entered. */
  key: CaseKey | undefined;
  /** The key as it is being typed. */
  typedKey = '';
  /** Whether the case is there already, and pictures are added to it. */
  adding = false;
  /** The calls that register the pictures; they stay the same however often they are tried. */
  calls: SubmissionCall[] = [];
  /** What the calls that were acknowledged said. */
  receipts: PictureReceipt[] = [];
  /** What the case held when it was last asked. */
  status: GetStatusResponse | undefined;
  /** The picture to be withdrawn, by its number; nothing means the whole case. */
  withdrawing: number | undefined;
  /** How many pictures were withdrawn. */
  withdrawn = 0;
  /** The country whose contacts are shown, by its two letters; empty means another one. */
  country: string | undefined;
  /** Screenshots for the evidence kit. */
  evidence: File[] = [];

  #calls = new AbortController();

  constructor(loadHasher: () => Promise<PictureHasher>) {
    this.photos = new Photos(loadHasher);
  }

  /** The fingerprints to be sent, picture by picture. */
  get fingerprints(): (readonly PictureHash[])[] {
    const most = this.views === 'wide' ? undefined : 1;
    return this.photos.ready.map(({ fingerprints }) => fingerprints.slice(0, most));
  }

  /** Ends the calls of this session. */
  get signal(): AbortSignal {
    return this.#calls.signal;
  }

  /** Forgets everything and ends the hashing itself: the page is being left. */
  end(): void {
    this.photos.close();
    this.clear();
  }

  /** Starts anew: nothing of what was entered is left, and nothing is under way any more. */
  clear(): void {
    this.#calls.abort();
    this.#calls = new AbortController();
    this.photos.clear();
    this.age = undefined;
    this.views = 'wide';
    this.key = undefined;
    this.typedKey = '';
    this.adding = false;
    this.calls = [];
    this.receipts = [];
    this.status = undefined;
    this.withdrawing = undefined;
    this.withdrawn = 0;
    this.country = undefined;
    this.evidence = [];
  }
}
