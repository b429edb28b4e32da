import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Package {
  version: string;
  license: string;
  dependencies: Record<string, string>;
}

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const licences = read('../public/licences.txt');
const { dependencies } = JSON.parse(read('../package.json')) as Package;

test.each(Object.keys(dependencies))('the licence of %s is named with its version', (name) => {
  const { version, license } = JSON.parse(read(`../node_modules/${name}/package.json`)) as Package;
  const line = licences.split('\n').find((text) => text.startsWith(`${name} ${version} `)) ?? '';

  for (const each of license.split(/\(|\)| AND /).filter((part) => part !== '')) {
    expect(line).toContain(each);
    expect(licences).toContain(`\n${each}\n====`);
  }
});
