import { type HashResult, PictureHasher } from '../../src/hashing/hasher';
import { toHex } from '../../src/hashing/hex';

// A page with nothing but the hasher, for the tests that drive a browser: they choose files and read what came of them.

/** What came of a file, with its hashes as text: that of the whole photo, and all of them. */
export type ReadableResult = HashResult & {
  readonly hex?: string;
  readonly quality?: number;
  readonly hexes?: readonly string[];
};

export interface TrialResult {
  readonly name: string;
  readonly result: ReadableResult;

  /** From choosing to the result. */
  readonly milliseconds: number;

  /** From the last row's decoding on, that is reading pixels and hashing. */
  readonly hashingMilliseconds: number;

  /** The longest time for which the page's own thread did not answer. */
  readonly longestBlock: number;
}

declare global {
  var hasher: PictureHasher;
  function hashChosen(): Promise<TrialResult[]>;
  function cancelChosen(afterMilliseconds: number): Promise<string>;
}

globalThis.hasher = new PictureHasher();
globalThis.hasher.warm();

function chosen(): File[] {
  const input = document.querySelector<HTMLInputElement>('#files');
  return Array.from(input?.files ?? []);
}

function readable(result: HashResult): ReadableResult {
  if (result.kind === 'refused') {
    return result;
  }

  const hexes = result.views.map(({ hash }) => toHex(hash));
  return { ...result, hex: hexes[0], quality: result.views[0].quality, hexes };
}

globalThis.hashChosen = async () => {
  const results: TrialResult[] = [];
  for (const file of chosen()) {
    const started = performance.now();
    let hashing = started;
    let longestBlock = 0;
    let last = started;
    const pulse = setInterval(() => {
      longestBlock = Math.max(longestBlock, performance.now() - last);
      last = performance.now();
    }, 4);
    const result = await globalThis.hasher.hash(file, {
      onProgress: ({ stage, fraction }) => {
        hashing = stage === 'hashing' && fraction === 0 ? performance.now() : hashing;
      },
    });
    const ended = performance.now();
    clearInterval(pulse);
    results.push({
      name: file.name,
      result: readable(result),
      milliseconds: ended - started,
      hashingMilliseconds: ended - hashing,
      longestBlock,
    });
  }

  return results;
};

globalThis.cancelChosen = async (afterMilliseconds) => {
  const controller = new AbortController();
  const hashing = globalThis.hasher.hash(chosen()[0], { signal: controller.signal });
  setTimeout(() => {
    controller.abort();
  }, afterMilliseconds);
  return hashing.then(
    (result) => result.kind,
    (error: unknown) => (error instanceof DOMException ? error.name : 'other'),
  );
};
