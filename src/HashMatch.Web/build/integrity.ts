import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin } from 'vite';

const minCompressed = 512;

/**
 * Pins what the page loads: `integrity` attributes in the HTML, and `integrity.json` with the digest of every file, which
 * is printed too, so that anyone can build the page and compare. Beside each file it leaves a compressed one.
 */
export function integrity(): Plugin {
  let folder = '';
  return {
    name: 'hashmatch-integrity',
    apply: 'build',
    configResolved(config) {
      // A worker is bundled by a build of its own within this one.
      folder = config.isWorker ? '' : join(config.root, config.build.outDir);
    },
    closeBundle() {
      if (folder === '') {
        return;
      }

      const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(folder.length + 1)
            .replaceAll('\\', '/'),
        )
        .sort();
      for (const path of paths.filter((name) => name.endsWith('.html'))) {
        const html = readFileSync(join(folder, path), 'utf8');
        writeFileSync(join(folder, path), pinned(html, folder));
      }

      const digests = Object.fromEntries(paths.map((path) => [`/${path}`, digest(join(folder, path))]));
      writeFileSync(join(folder, 'integrity.json'), `${JSON.stringify(digests, null, 2)}\n`);
      for (const path of [...paths, 'integrity.json']) {
        const compressed = compress(join(folder, path));
        console.log(`${digests[`/${path}`] ?? ''}  ${path}  ${compressed} bytes compressed`);
      }
    },
  };
}

function pinned(html: string, folder: string): string {
  return html.replace(/<(script|link)\b[^>]*\b(?:src|href)="\/([^"]+)"[^>]*>/g, (tag, _kind, path: string) =>
    tag.replace(/\s*\/?>$/, ` integrity="${digest(join(folder, path))}">`),
  );
}

function digest(file: string): string {
  return `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`;
}

function compress(file: string): number {
  const content = readFileSync(file);
  if (content.length < minCompressed) {
    return content.length;
  }

  const compressed = brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  });
  writeFileSync(`${file}.br`, compressed);
  return compressed.length;
}
