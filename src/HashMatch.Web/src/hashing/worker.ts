import { hasOffscreenCanvas, readOffscreen } from './decode';
import { type HashingHost, hashPicture } from './hashPicture';
import { PageCanvas } from './pageCanvas';
import type { Reply, Request, Stage } from './protocol';
import { PictureRefused } from './refusal';

// The entry point of the worker: one file at a time, as the page sends them.

const scope = self as unknown as DedicatedWorkerGlobalScope;
const pageCanvas = new PageCanvas(reply);
const turns = new MessageChannel();
let wanted: number | undefined;
let work = Promise.resolve();

class NoLongerWanted extends Error {}

function reply(message: Reply, transfer: Transferable[] = []): void {
  scope.postMessage(message, transfer);
}

// A message to ourselves comes behind all that came before it, and sooner than any timer.
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    turns.port1.onmessage = () => {
      resolve();
    };
    turns.port2.postMessage(null);
  });
}

async function hash(id: number, file: Blob): Promise<void> {
  let isHeavy = false;
  const host: HashingHost = {
    readBitmap: (bitmap, orientation) =>
      hasOffscreenCanvas() ? readOffscreen(bitmap, orientation) : pageCanvas.open(bitmap, orientation),
    onProgress: (stage: Stage, fraction: number) => {
      // The memory of the decoder that came with the page only grows.
      isHeavy ||= stage === 'loading-decoder';
      reply({ type: 'progress', id, stage, fraction });
    },
    giveWay: async () => {
      await nextTurn();
      if (wanted !== id) {
        throw new NoLongerWanted();
      }
    },
  };
  try {
    const hashed = await hashPicture(file, host);
    reply({ type: 'hashed', id, ...hashed, isHeavy });
  } catch (error) {
    if (error instanceof NoLongerWanted) {
      reply({ type: 'cancelled', id });
    } else {
      // Whatever else goes wrong, memory above all, may say something of the picture: it stays here.
      const reason = error instanceof PictureRefused ? error.reason : 'failed';
      reply({ type: 'refused', id, reason, isHeavy });
    }
  }
}

scope.onmessage = ({ data }: MessageEvent<Request>) => {
  switch (data.type) {
    case 'hash':
      // One that is no longer wanted ends at its next turn, and lets go of its picture before this one is opened.
      wanted = data.id;
      work = work.then(() => hash(data.id, data.file));
      break;
    case 'cancel':
      wanted = wanted === data.id ? undefined : wanted;
      break;
    default:
      pageCanvas.onAnswer(data);
      break;
  }
};

reply({ type: 'ready' });
