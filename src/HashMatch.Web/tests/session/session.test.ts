import { expect, it, vi } from 'vitest';
import type { HashResult, PictureHasher } from '../../src/hashing/hasher';
import { Session } from '../../src/session/session';

// Gives each file three views of its own.
const hasher = {
  warm: () => undefined,
  close: () => undefined,
  hash: async (file: Blob): Promise<HashResult> => {
    const [first] = new Uint8Array(await file.arrayBuffer());
    const views = [0, 1, 2].map((i) => ({ name: `${i}`, hash: new Uint8Array(32).fill(first + i), quality: 90 + i }));
    return { kind: 'hashed', views, width: 1, height: 1 };
  },
};

function fileOf(byte: number): File {
  return Object.assign(new Blob([Uint8Array.of(byte)]), { name: 'x', lastModified: 0, webkitRelativePath: '' });
}

async function sessionWith(...bytes: number[]): Promise<Session> {
  const session = new Session(() => Promise.resolve(hasher as unknown as PictureHasher));
  session.photos.add(bytes.map(fileOf));
  await vi.waitUntil(() => !session.photos.busy);
  return session;
}

it('sends all fingerprints of each picture unless the person says otherwise', async () => {
  const session = await sessionWith(10, 20);

  const told = session.fingerprints.map((prints) => prints.map(({ hash, quality }) => [hash[0], quality]));

  expect(session.views).toBe('wide');
  expect(told).toEqual([10, 20].map((byte) => [0, 1, 2].map((i) => [byte + i, 90 + i])));
});

it('sends the first of each alone where the person wants it so', async () => {
  const session = await sessionWith(10, 20);
  session.views = 'plain';

  expect(session.fingerprints.map((prints) => prints.map(({ hash }) => hash[0]))).toEqual([[10], [20]]);
});

it('forgets the choice with all else', async () => {
  const session = await sessionWith(10);
  session.views = 'plain';

  session.clear();

  expect(session.views).toBe('wide');
  expect(session.fingerprints).toEqual([]);
});
