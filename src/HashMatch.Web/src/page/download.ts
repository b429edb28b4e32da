import { element } from './element.ts';

// Long enough for the browser to have begun with it.
const keptMs = 60_000;

/** Saves something among the device's downloads. It is made here: nothing is fetched. */
export function download(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  element('a', { href: address, download: name }).click();
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, keptMs);
}
