import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where the data lies that is shared beside the checkout, looked for upwards from here; undefined where there is none.
 * Under CI it must be there.
 */
export function sharedFolder(name: string): string | undefined {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, 'shared', name);
    if (existsSync(candidate)) {
      return candidate;
    }

    if (dirname(folder) === folder) {
      break;
    }
  }

  if (process.env.CI === 'true') {
    throw new Error(`The shared folder ${name} is missing.`);
  }

  return undefined;
}
