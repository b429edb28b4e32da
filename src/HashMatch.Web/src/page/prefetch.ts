import { helpLibrary } from '../help/helpLibrary.ts';
import { languageCodes, languages } from '../text/languages.ts';
import type { Page } from './page.ts';

// What decodes HEIC is larger than all the rest, and few need it. Workers are loaded by their own means.
const leftOut = /\/(worker|libheif|heic)[^/]*$/;

/**
 * Loads all that the person may need later, so that no connection is needed until something is sent, and so that
 * whoever watches the line cannot tell by the loads what the person does. What fails is loaded when it is needed.
 */
export async function prefetch(page: Page): Promise<void> {
  await pinModules();
  await Promise.allSettled([
    import('../screens/later.ts'),
    import('../help/evidenceKit.ts'),
    page.session.photos.warm(),
    ...languageCodes.map((code) => languages[code].load()),
    helpLibrary().then(({ index }) => {
      page.exit.address = index.exit;
    }),
  ]);
}

/** Has the browser check every module that is loaded later against the digest that the service publishes for it. */
async function pinModules(): Promise<void> {
  try {
    const answer = await fetch('/integrity.json', {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
    const digests = (await answer.json()) as Record<string, string>;
    await Promise.all(
      Object.entries(digests)
        .filter(([path]) => path.startsWith('/assets/') && path.endsWith('.js') && !leftOut.test(path))
        .map(([path, digest]) => preload(path, digest)),
    );
  } catch {
    // Without a connection there is nothing to load either.
  }
}

function preload(path: string, integrity: string): Promise<void> {
  return new Promise((resolve) => {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.integrity = integrity;
    link.href = path;
    link.onload = link.onerror = () => {
      resolve();
    };
    document.head.append(link);
    // Browsers that do not know it never tell.
    if (!link.relList.supports('modulepreload')) {
      resolve();
    }
  });
}
