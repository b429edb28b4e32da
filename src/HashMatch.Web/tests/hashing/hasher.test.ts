import { afterEach, describe, expect, test, vi } from 'vitest';
import { type HashProgress, PictureHasher } from '../../src/hashing/hasher';
import type { Reply, Request } from '../../src/hashing/protocol';

vi.mock('../../src/hashing/workerAddress', () => ({ workerAddress: () => '/worker.js' }));

const VIEWS = [{ name: 'raw', hash: new Uint8Array(32).fill(7), quality: 99 }];

/** A worker that does nothing by itself. */
class QuietWorker {
  readonly requests: Request[] = [];
  isTerminated = false;
  onmessage: ((event: { data: Reply }) => void) | null = null;
  onerror: ((event: { preventDefault: () => void }) => void) | null = null;

  postMessage(request: Request): void {
    this.requests.push(request);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  say(reply: Reply): void {
    this.onmessage?.({ data: reply });
  }

  fail(): void {
    this.onerror?.({ preventDefault: () => undefined });
  }

  sayHashed(id: number, isHeavy = false): void {
    this.say({ type: 'hashed', id, views: VIEWS, width: 6, height: 5, isHeavy });
  }
}

function make(): { hasher: PictureHasher; workers: QuietWorker[] } {
  const workers: QuietWorker[] = [];
  const hasher = new PictureHasher(() => {
    workers.push(new QuietWorker());
    return workers[workers.length - 1] as unknown as Worker;
  });
  return { hasher, workers };
}

const file = new Blob(['picture']);

describe('PictureHasher', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('loads its worker before the first file, and once', () => {
    const { hasher, workers } = make();
    hasher.warm();
    hasher.warm();
    void hasher.hash(file);

    expect(workers).toHaveLength(1);
  });

  test('gives the worker one file at a time, and tells how far it is', async () => {
    const { hasher, workers } = make();
    const seen: HashProgress[] = [];
    const first = hasher.hash(file, { onProgress: (progress) => seen.push(progress) });
    const second = hasher.hash(file);
    expect(workers[0].requests).toHaveLength(1);
    workers[0].say({ type: 'progress', id: 1, stage: 'hashing', fraction: 0.5 });
    workers[0].sayHashed(1);

    expect(await first).toEqual({
      kind: 'hashed',
      views: VIEWS,
      width: 6,
      height: 5,
    });
    expect(seen).toEqual([{ stage: 'hashing', fraction: 0.5 }]);
    expect(workers[0].requests.map((request) => request.type)).toEqual(['hash', 'hash']);
    workers[0].say({ type: 'refused', id: 2, reason: 'damaged', isHeavy: false });
    expect(await second).toEqual({ kind: 'refused', reason: 'damaged' });
  });

  test('lets go of the worker that it gave a file up in, as soon as there is another', async () => {
    const { hasher, workers } = make();
    const controller = new AbortController();
    const first = hasher.hash(file, { signal: controller.signal });
    const second = hasher.hash(file);
    controller.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    expect(workers[0].requests.at(-1)).toEqual({ type: 'cancel', id: 1 });
    expect(workers[0].isTerminated).toBe(false);
    workers[1].say({ type: 'ready' });

    expect(workers[0].isTerminated).toBe(true);
    expect(workers[1].requests).toMatchObject([{ type: 'hash', id: 2 }]);
    workers[1].sayHashed(2);
    expect((await second).kind).toBe('hashed');
  });

  test.each(['fails', 'takes too long'])('goes on with the old worker where loading another %s', async (how) => {
    vi.useFakeTimers();
    const { hasher, workers } = make();
    const controller = new AbortController();
    const first = hasher.hash(file, { signal: controller.signal });
    controller.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    const second = hasher.hash(file);
    if (how === 'fails') {
      workers[1].fail();
    } else {
      vi.advanceTimersByTime(10_000);
    }

    workers[1].say({ type: 'ready' });
    expect(workers.map((worker) => worker.isTerminated)).toEqual([false, true]);
    workers[0].say({ type: 'cancelled', id: 1 });
    workers[0].sayHashed(2);
    expect((await second).kind).toBe('hashed');
  });

  test('gives up a file that waits without disturbing the one before it', async () => {
    const { hasher, workers } = make();
    const controller = new AbortController();
    const first = hasher.hash(file);
    const second = hasher.hash(file, { signal: controller.signal });
    controller.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    await expect(hasher.hash(file, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
    workers[0].sayHashed(1);

    expect((await first).kind).toBe('hashed');
    expect(workers).toHaveLength(1);
    expect(workers[0].requests).toHaveLength(1);
  });

  test('changes the worker after a file that leaves much memory behind', async () => {
    const { hasher, workers } = make();
    const first = hasher.hash(file);
    workers[0].sayHashed(1, true);
    await first;
    workers[1].say({ type: 'ready' });

    expect(workers.map((worker) => worker.isTerminated)).toEqual([true, false]);
  });

  test('says that it failed where the worker breaks down, and begins anew with the next file', async () => {
    const { hasher, workers } = make();
    const first = hasher.hash(file);
    workers[0].fail();
    expect(await first).toEqual({ kind: 'refused', reason: 'failed' });
    const second = hasher.hash(file);
    workers[1].sayHashed(2);

    expect((await second).kind).toBe('hashed');
  });

  test('ends everything when closed', async () => {
    const { hasher, workers } = make();
    const both = Promise.all([hasher.hash(file), hasher.hash(file)]);
    hasher.close();

    expect(workers[0].isTerminated).toBe(true);
    expect((await both).map((result) => result.kind)).toEqual(['refused', 'refused']);
  });
});
