import type { PictureHasher } from './hashing/hasher.ts';
import { prefetch } from './page/prefetch.ts';
import { QuickExit } from './page/exit.ts';
import { Page, type ScreenMaker } from './page/page.ts';
import type { ScreenName } from './page/screenNames.ts';
import { start } from './screens/start.ts';
import { Session } from './session/session.ts';
import { loadVoice, preferredLanguage } from './text/languages.ts';

async function loadHasher(): Promise<PictureHasher> {
  const { PictureHasher } = await import('./hashing/hasher.ts');
  return new PictureHasher();
}

async function loadScreen(name: ScreenName): Promise<ScreenMaker> {
  return name === 'start' ? start : (await import('./screens/later.ts')).laterScreens[name];
}

// A file that is dropped beside the field would be opened in the place of the page, and shown.
for (const kind of ['dragover', 'drop']) {
  window.addEventListener(kind, (event) => {
    event.preventDefault();
  });
}

async function begin(): Promise<void> {
  const session = new Session(loadHasher);
  const exit = new QuickExit(() => {
    session.end();
  });
  const language = preferredLanguage(navigator.languages);
  const page = new Page(session, exit, language, await loadVoice(language), loadScreen);
  page.start(start);

  // After the first screen was painted.
  requestAnimationFrame(() => setTimeout(() => void prefetch(page)));
}

void begin();
