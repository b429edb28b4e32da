import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { evidenceKit, type EvidenceFile } from '../../src/help/evidenceKit';
import { loadVoice } from '../../src/text/languages';

const made = new Date(2026, 10, 22, 12, 0);

describe('the evidence kit', () => {
  it('holds the files unchanged, their digests and a summary', async () => {
    const files = [
      evidenceFile('chat <1>.png', [1, 2, 3]),
      evidenceFile('../../profile.png', []),
      evidenceFile(
        'صورة.png',
        Array.from({ length: 70_000 }, (_, i) => i % 251),
      ),
    ];

    const entries = await unpacked(files);

    const names = ['files/01-chat _1_.png', 'files/02-__.._profile.png', 'files/03-صورة.png'];
    expect([...entries.keys()]).toEqual(['summary.html', 'sha256.txt', ...names]);
    for (const [i, name] of names.entries()) {
      expect(entries.get(name)?.equals(Buffer.from(await files[i].arrayBuffer()))).toBe(true);
    }

    const list = names.map(
      (name) =>
        `${createHash('sha256')
          .update(entries.get(name) ?? '')
          .digest('hex')}  ${name}\n`,
    );
    expect(entries.get('sha256.txt')?.toString()).toBe(list.join(''));
    const summary = entries.get('summary.html')?.toString() ?? '';
    expect(list.every((line) => summary.includes(line.slice(0, 64)))).toBe(true);
    expect(summary).toContain('<html lang="en" dir="ltr">');
    expect(summary).not.toMatch(/<script|<img|src=|href=/);
  });

  it('lets no name of a file become markup in the summary', async () => {
    const entries = await unpacked([evidenceFile('a&lt;b"\'<script>.png', [1])]);

    expect(entries.get('summary.html')?.toString()).not.toContain('&lt;');
    expect(entries.get('summary.html')?.toString()).not.toContain('<script');
  });
});

function evidenceFile(name: string, content: readonly number[]): EvidenceFile {
  return Object.assign(new Blob([Uint8Array.from(content)]), { name, lastModified: made.getTime() });
}

// A reader of its own: the central directory at the end, and from it each entry, stored as it is.
async function unpacked(files: readonly EvidenceFile[]): Promise<Map<string, Buffer>> {
  const voice = await loadVoice('en');
  const kit = await evidenceKit(files, { voice, code: 'en', direction: 'ltr' }, made);
  const bytes = Buffer.from(await kit.arrayBuffer());
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const entries = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < bytes.readUInt16LE(end + 10); i++) {
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    expect(bytes.readUInt16LE(at + 10)).toBe(0);
    entries.set(name, bytes.subarray(start, start + bytes.readUInt32LE(at + 24)));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }

  return entries;
}
