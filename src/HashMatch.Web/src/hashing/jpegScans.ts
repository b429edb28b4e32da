import type { ByteView } from './byteView';
import { CodeReader, type CodeTable, readTable } from './jpegCodes';
import { PictureRefused } from './refusal';

const BASELINE = 0xc0;
const EXTENDED = 0xc1;
const PROGRESSIVE = 0xc2;
const TABLES = 0xc4;
const START_OF_SCAN = 0xda;
const END = 0xd9;
const RESTART_INTERVAL = 0xdd;

// The code of sixteen zeros, which more values follow.
const ZEROS = 0xf0;

const NONE: CodeTable = new Uint16Array(0);

// How many groups of blocks are read before others have their turn: a few milliseconds' work.
const GROUPS_AT_ONCE = 8192;

interface Component {
  readonly id: number;
  readonly across: number;
  readonly down: number;
  /** Blocks a row, and rows of them, where it is coded by itself. */
  readonly wide: number;
  readonly high: number;
  /** A bit for each of the 64 values of each block: whether it is other than zero so far. Progressive ones only. */
  readonly known: Uint32Array;
}

interface Frame {
  readonly isProgressive: boolean;
  /** Groups of blocks of all components. */
  readonly groups: number;
  readonly components: readonly Component[];
}

interface ScanPart {
  readonly component: Component;
  readonly dc: CodeTable;
  readonly ac: CodeTable;
}

/** Reads a block of a scan. */
type BlockReader = (reader: CodeReader, part: ScanPart, block: number) => void;

interface Scan {
  readonly parts: readonly ScanPart[];
  readonly groups: number;
  readonly readBlock: BlockReader;
}

/**
 * Reads every code of a JPEG, as decoders do, without making pixels of them. Browsers show grey, or other pictures' parts,
 * where a piece of the file is missing or was spoiled, and say nothing of it; this notices as the command does.
 * @returns what stops now and then, for others to have their turn.
 * @throws PictureRefused if data are missing, spoiled or left over.
 */
export function* readScans(file: ByteView): Generator<undefined> {
  const tables = new Map<number, CodeTable>();
  let frame: Frame | undefined;
  let interval = 0;
  for (let at = 2; ;) {
    while (file.u8(at) !== 0xff || file.u8(at + 1) === 0xff) {
      at++;
    }

    const marker = file.u8(at + 1);
    if (marker === END) {
      return;
    }

    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
      continue;
    }

    const end = at + 2 + file.u16(at + 2);
    switch (marker) {
      case BASELINE:
      case EXTENDED:
      case PROGRESSIVE:
        frame = readFrame(file, at, marker === PROGRESSIVE);
        break;
      case TABLES:
        for (let next = at + 4; next < end;) {
          const { table, end: behind } = readTable(file, next + 1);
          tables.set(file.u8(next), table);
          next = behind;
        }

        break;
      case RESTART_INTERVAL:
        interval = file.u16(at + 4);
        break;
    }

    if (marker === START_OF_SCAN) {
      const scan = frame && readHeader(file, at, frame, tables);
      if (scan === undefined) {
        // Another kind of coding, or tables that go without saying: the browser's decoder decides.
        return;
      }

      const reader = new CodeReader(file, end);
      yield* readScan(reader, scan, interval);
      at = reader.marker;
    } else {
      at = end;
    }
  }
}

function readFrame(file: ByteView, at: number, isProgressive: boolean): Frame {
  const [height, width, count] = [file.u16(at + 5), file.u16(at + 7), file.u8(at + 9)];
  const stated = Array.from({ length: count }, (_, i) => {
    const sampling = file.u8(at + 11 + 3 * i);
    return { id: file.u8(at + 10 + 3 * i), across: sampling >> 4, down: sampling & 15 };
  });
  const across = Math.max(...stated.map((one) => one.across));
  const down = Math.max(...stated.map((one) => one.down));
  if (count > 4 || stated.some((one) => one.across < 1 || one.down < 1 || one.across > 4 || one.down > 4)) {
    throw new PictureRefused('damaged');
  }

  return {
    isProgressive,
    groups: Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down)),
    components: stated.map((one) => {
      const wide = Math.ceil(Math.ceil((width * one.across) / across) / 8);
      const high = Math.ceil(Math.ceil((height * one.down) / down) / 8);
      return { ...one, wide, high, known: new Uint32Array(isProgressive ? 2 * wide * high : 0) };
    }),
  };
}

function readHeader(file: ByteView, at: number, frame: Frame, tables: Map<number, CodeTable>): Scan | undefined {
  const count = file.u8(at + 4);
  const parts = Array.from({ length: count }, (_, i): ScanPart => {
    const component = frame.components.find(({ id }) => id === file.u8(at + 5 + 2 * i));
    if (component === undefined) {
      throw new PictureRefused('damaged');
    }

    const names = file.u8(at + 6 + 2 * i);
    return { component, dc: tables.get(names >> 4) ?? NONE, ac: tables.get(0x10 | (names & 15)) ?? NONE };
  });
  const [first, last, bits] = [5, 6, 7].map((place) => file.u8(at + place + 2 * count));
  const readsDc = first === 0 && bits >> 4 === 0;
  const readsAc = last > 0;
  if (parts.some(({ dc, ac }) => (readsDc && dc === NONE) || (readsAc && ac === NONE))) {
    return undefined;
  }

  const reader = frame.isProgressive ? progressive(first, last, bits >> 4 > 0) : sequential;
  return { parts, groups: frame.groups, readBlock: reader };
}

function* readScan(reader: CodeReader, { parts, groups, readBlock }: Scan, interval: number): Generator<undefined> {
  // By itself a component has no blocks but its own; with others it has as many as fill the groups.
  const [{ component }] = parts;
  const isAlone = parts.length === 1;
  const count = isAlone ? component.wide * component.high : groups;
  for (let i = 0; i < count; i++) {
    if (interval > 0 && i > 0 && i % interval === 0) {
      reader.restart((i / interval - 1) & 7);
    }

    if (isAlone) {
      readBlock(reader, parts[0], i);
    } else {
      for (const part of parts) {
        for (let blocks = part.component.across * part.component.down; blocks > 0; blocks--) {
          readBlock(reader, part, 0);
        }
      }
    }

    reader.check();
    if (i % GROUPS_AT_ONCE === GROUPS_AT_ONCE - 1) {
      yield;
    }
  }

  reader.finish();
}

function sequential(reader: CodeReader, { dc, ac }: ScanPart): void {
  reader.skip(reader.code(dc));
  for (let i = 1; i < 64;) {
    const code = reader.code(ac);
    const size = code & 15;
    reader.skip(size);
    if (size === 0 && code !== ZEROS) {
      break;
    }

    i += (code >> 4) + 1;
  }
}

/** What reads the blocks of one scan of a progressive picture: the values from the first to the last, or bits of them. */
function progressive(first: number, last: number, isMore: boolean): BlockReader {
  if (first === 0) {
    return (reader, { dc }) => {
      reader.skip(isMore ? 1 : reader.code(dc));
    };
  }

  // How many blocks, this one among them, have no more new values.
  let ended = 0;
  const readEnd = (reader: CodeReader, code: number): void => {
    const size = code >> 4;
    ended = (1 << size) + (size > 0 ? reader.bits(size) : 0);
  };

  const readFirst: BlockReader = (reader, { component: { known }, ac }, block) => {
    for (let i = first; i <= last && ended === 0; i++) {
      const code = reader.code(ac);
      const size = code & 15;
      if (size === 0 && code !== ZEROS) {
        readEnd(reader, code);
        break;
      }

      i += code >> 4;
      if (size > 0) {
        reader.skip(size);
        know(known, block, i);
      }
    }

    ended -= ended > 0 ? 1 : 0;
  };

  const readMore: BlockReader = (reader, { component: { known }, ac }, block) => {
    let i = first;
    for (; i <= last && ended === 0; i++) {
      const code = reader.code(ac);
      const isNew = (code & 15) > 0;
      if (!isNew && code !== ZEROS) {
        readEnd(reader, code);
        break;
      }

      reader.skip(isNew ? 1 : 0);
      // Past as many values that are still zero; each of the others has a bit more.
      for (let zeros = code >> 4; i <= last; i++) {
        if (isKnown(known, block, i)) {
          reader.skip(1);
        } else if (zeros-- === 0) {
          break;
        }
      }

      if (isNew) {
        know(known, block, i);
      }
    }

    if (ended > 0) {
      ended--;
      for (; i <= last; i++) {
        reader.skip(isKnown(known, block, i) ? 1 : 0);
      }
    }
  };
  return isMore ? readMore : readFirst;
}

function isKnown(known: Uint32Array, block: number, i: number): boolean {
  return (known[2 * block + (i >> 5)] & (1 << (i & 31))) !== 0;
}

function know(known: Uint32Array, block: number, i: number): void {
  if (i < 64) {
    known[2 * block + (i >> 5)] |= 1 << (i & 31);
  }
}
