import { downloadZip } from 'client-zip';
import type { Voice } from '../text/texts.ts';

/** A file that goes into the kit. A browser's `File` is one. */
export type EvidenceFile = Blob & { readonly name: string; readonly lastModified: number };

interface Evidence {
  path: string;
  file: EvidenceFile;
  digest: string;
}

/** What the summary is written in. */
export interface SummaryLanguage {
  voice: Voice;
  code: string;
  direction: 'ltr' | 'rtl';
}

/**
 * Packs files into a ZIP on this device: the files as they are, the list of their SHA-256 digests in the form that
 * `sha256sum --check` reads, and a summary to print.
 */
export async function evidenceKit(
  files: readonly EvidenceFile[],
  language: SummaryLanguage,
  made: Date,
): Promise<Blob> {
  const width = Math.max(2, String(files.length).length);
  const all: Evidence[] = [];
  for (const [i, file] of files.entries()) {
    const path = `files/${String(i + 1).padStart(width, '0')}-${safeName(file.name)}`;
    all.push({ path, file, digest: await sha256(file) });
  }

  const digests = all.map(({ path, digest }) => `${digest}  ${path}\n`).join('');
  return await downloadZip([
    { name: 'summary.html', lastModified: made, input: summary(all, language, made) },
    { name: 'sha256.txt', lastModified: made, input: digests },
    ...all.map(({ path, file }) => ({ name: path, lastModified: new Date(file.lastModified), input: file })),
  ]).blob();
}

async function sha256(file: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// No device may take a part of the name for a folder or refuse it.
function safeName(name: string): string {
  // eslint-disable-next-line no-control-regex
  const safe = name.replace(/[\u0000-\u001f\u007f"*/:<>?\\|]/g, '_').replace(/^\.+/, '_');
  return safe === '' ? 'file' : safe;
}

/** Writes the summary: a page of its own that needs nothing else, and runs nothing. */
function summary(all: readonly Evidence[], { voice, code, direction }: SummaryLanguage, made: Date): string {
  const say = voice.say.bind(voice);
  const cells = (kind: string, texts: readonly string[]): string =>
    `<tr>${texts.map((text) => `<${kind}>${text}</${kind}>`).join('')}</tr>`;
  const rows = all.map(({ path, file, digest }) =>
    cells('td', [
      `<bdi dir="ltr">${escaped(path)}</bdi>`,
      escaped(voice.time(new Date(file.lastModified))),
      voice.number(file.size),
      `<code dir="ltr">${digest}</code>`,
    ]),
  );
  const notes = [say('summaryNote1'), say('summaryNote2'), say('summaryNote3'), say('summaryNote4')];
  const head = [say('summaryFile'), say('summaryChanged'), say('summarySize'), say('summaryDigest')];
  return `<!doctype html>
<html lang="${code}" dir="${direction}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(say('summaryTitle'))}</title>
<style>
body { font: 11pt/1.4 sans-serif; margin: 2em auto; max-width: 50em; padding: 0 1em }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid; padding: .3em; text-align: start; vertical-align: top; overflow-wrap: anywhere }
.note { border-bottom: 1px solid; margin-bottom: 1.5em; padding-bottom: 5em }
</style>
<h1>${escaped(say('summaryTitle'))}</h1>
<p>${escaped(say('summaryMade', { time: voice.time(made) }))}</p>
<p>${escaped(say('summaryHow'))}</p>
<table>
${cells('th', head.map(escaped))}
${rows.join('\n')}
</table>
<h2>${escaped(say('summaryNotes'))}</h2>
${notes.map((note) => `<p class="note">${escaped(note)}</p>`).join('\n')}
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
