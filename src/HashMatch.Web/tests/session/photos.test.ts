import { describe, expect, it, vi } from 'vitest';
import type { HashOptions, HashResult, PictureHasher } from '../../src/hashing/hasher';
import type { PictureView } from '../../src/hashing/views/viewHasher';
import { maxPhotos, Photos } from '../../src/session/photos';

// Hashes a file to a view for each byte that it holds; an empty one is refused. What is called "slow" waits for its removal.
class ByteHasher {
  warmed = 0;
  closed = 0;
  aborted: string[] = [];

  warm(): void {
    this.warmed++;
  }

  close(): void {
    this.closed++;
  }

  async hash(file: Blob, { signal, onProgress }: HashOptions): Promise<HashResult> {
    onProgress?.({ stage: 'hashing', fraction: 0.5 });
    const { name } = file as File;
    if (name.startsWith('slow')) {
      await new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          this.aborted.push(name);
          reject(signal.reason as Error);
        });
      });
    }

    const bytes = new Uint8Array(await file.arrayBuffer());
    return bytes.length === 0
      ? { kind: 'refused', reason: 'empty' }
      : { kind: 'hashed', views: viewsOf(bytes), width: 1, height: 1 };
  }
}

function viewsOf(bytes: Uint8Array): PictureView[] {
  return Array.from(bytes, (byte) => ({ name: `${byte}`, hash: new Uint8Array(32).fill(byte), quality: 100 }));
}

function photosWith(hasher: ByteHasher): Photos {
  return new Photos(() => Promise.resolve(hasher as unknown as PictureHasher));
}

function fileOf(name: string, ...bytes: number[]): File {
  return Object.assign(new Blob([Uint8Array.from(bytes)]), { name, lastModified: 0, webkitRelativePath: '' });
}

describe('photos', () => {
  it('are hashed, told of, and sent once each in their order', async () => {
    const photos = photosWith(new ByteHasher());
    const onChange = vi.fn();
    photos.onChange = onChange;

    expect(photos.add([fileOf('a', 1), fileOf('none'), fileOf('b', 2), fileOf('a again', 1)])).toBe(0);
    expect(photos.busy).toBe(true);
    await vi.waitUntil(() => !photos.busy);

    expect(photos.list.map(({ state }) => state.kind)).toEqual(['ready', 'refused', 'ready', 'ready']);
    expect(photos.list.map((photo) => photos.isDuplicate(photo))).toEqual([false, false, false, true]);
    expect(photos.ready.map(({ fingerprints, number }) => [fingerprints[0].hash[0], number])).toEqual([
      [1, 1],
      [2, 3],
    ]);
    expect(onChange).toHaveBeenCalled();
  });

  it('are given up when they are removed, and one that was the same is sent then', async () => {
    const hasher = new ByteHasher();
    const photos = photosWith(hasher);
    photos.add([fileOf('a', 1), fileOf('slow', 2), fileOf('a again', 1)]);
    await vi.waitUntil(() => photos.list.filter(({ state }) => state.kind === 'ready').length === 2);

    photos.remove(photos.list[1]);
    photos.remove(photos.list[0]);

    expect(hasher.aborted).toEqual(['slow']);
    expect(photos.busy).toBe(false);
    expect(photos.ready.map(({ number }) => number)).toEqual([1]);
  });

  it('are no more than a case can hold', () => {
    const photos = photosWith(new ByteHasher());

    expect(photos.add(Array.from({ length: maxPhotos + 3 }, (_, i) => fileOf(`${i}`, 1)))).toBe(3);
    expect(photos.add([fileOf('one more', 1)])).toBe(1);
    expect(photos.list).toHaveLength(maxPhotos);
  });

  it('have their hasher loaded before they are chosen', async () => {
    const hasher = new ByteHasher();

    await photosWith(hasher).warm();

    expect(hasher.warmed).toBe(1);
  });

  it('share one hasher, however many are chosen before it is loaded, and load it again where that failed', async () => {
    const load = vi.fn(() => Promise.resolve(new ByteHasher() as unknown as PictureHasher));
    load.mockImplementationOnce(() => Promise.reject(new Error('no connection')));
    const photos = new Photos(load);
    photos.add([fileOf('a', 1), fileOf('b', 2)]);
    await vi.waitUntil(() => !photos.busy);
    photos.add([fileOf('c', 3), fileOf('d', 4)]);
    await vi.waitUntil(() => !photos.busy);

    expect(photos.list.map(({ state }) => state.kind)).toEqual(['refused', 'refused', 'ready', 'ready']);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('leave nothing behind when they are cleared and closed', async () => {
    const hasher = new ByteHasher();
    const photos = photosWith(hasher);
    photos.add([fileOf('slow', 1), fileOf('slow too', 2)]);
    await vi.waitUntil(() => photos.list.every(({ state }) => state.kind === 'working'));

    photos.close();
    photos.clear();

    expect(hasher.closed).toBe(1);
    expect(hasher.aborted).toEqual(['slow', 'slow too']);
    expect(photos.list).toEqual([]);
    expect(photos.ready).toEqual([]);
  });
});
