import { button, form, hint, linkButton, statusLine, subheading } from '../page/components.ts';
import { element } from '../page/element.ts';
import type { Page, ScreenMaker } from '../page/page.ts';
import { maxPhotos, type Photo } from '../session/photos.ts';
import type { TextKey } from '../text/texts.ts';
import { fileChoice, shortName } from './fileChoice.ts';
import { refusalTexts } from './refusalTexts.ts';

const inputId = 'photo-files';

/** Lets the person choose pictures and tells what became of each. The pictures themselves are never shown. */
export const photos: ScreenMaker = (page) => {
  const { say, session } = page;
  const { photos: chosen } = session;
  const rows = new Map<Photo, PhotoRow>();
  const list = element('ul', { class: 'files' });
  const heading = subheading(say('photosList'));
  const status = statusLine();
  const choice = fileChoice(
    inputId,
    say(chosen.list.length > 0 ? 'photosMore' : 'photosChoose'),
    say('photosDrop'),
    (files) => {
      page.clearError();
      const leftOut = chosen.add(files);
      if (leftOut > 0) {
        page.showError(say('photosTooMany', { count: leftOut, max: maxPhotos }));
      }
    },
  );

  const update = (): void => {
    for (const [photo, row] of rows) {
      if (!chosen.list.includes(photo)) {
        // The focus would be lost with the button that had it.
        if (row.element.contains(document.activeElement)) {
          document.getElementById(inputId)?.focus();
        }

        row.element.remove();
        rows.delete(photo);
      }
    }

    chosen.list.forEach((photo, i) => {
      const row = rows.get(photo) ?? new PhotoRow(page, photo);
      if (!rows.has(photo)) {
        rows.set(photo, row);
        list.append(row.element);
      }

      row.update(i + 1);
    });
    heading.hidden = chosen.list.length === 0;
    const label = choice.querySelector('label');
    if (label) {
      label.textContent = say(chosen.list.length > 0 ? 'photosMore' : 'photosChoose');
    }

    // Said once all is done: a word for each picture would be a flood.
    status.textContent = chosen.busy || chosen.list.length === 0 ? '' : summary(page);
  };

  const submit = (): void => {
    if (chosen.busy) {
      page.showError(say('photosErrorBusy'), document.getElementById(inputId) ?? undefined);
    } else if (chosen.ready.length === 0) {
      page.showError(say('photosErrorNone'), document.getElementById(inputId) ?? undefined);
    } else {
      void page.show('review');
    }
  };

  chosen.onChange = update;
  update();
  return {
    heading: say('photosHeading'),
    back: session.adding ? 'case' : 'age',
    leave: () => {
      chosen.onChange = undefined;
    },
    content: [hint(say('photosHint')), form(submit, choice, heading, list, status, button(say('continue')))],
  };
};

function summary({ say, session }: Page): string {
  const ready = session.photos.ready.length;
  const refused = session.photos.list.filter(({ state }) => state.kind === 'refused').length;
  const parts = [say('photosReady', { count: ready })];
  return (refused > 0 ? [...parts, say('photosRefused', { count: refused })] : parts).join(' ');
}

/** One picture's line: its number, its shortened name, how far it is, and a way to remove it. */
class PhotoRow {
  readonly element: HTMLLIElement;
  readonly #page: Page;
  readonly #photo: Photo;
  readonly #number = element('strong', {});
  readonly #state = element('p', {});
  readonly #progress = element('progress', { max: '1' });
  readonly #remove: HTMLButtonElement;

  constructor(page: Page, photo: Photo) {
    this.#page = page;
    this.#photo = photo;
    this.#remove = linkButton(page.say('photoRemove'), () => {
      page.session.photos.remove(photo);
    });
    this.element = element(
      'li',
      {},
      element('p', {}, this.#number, ' ', element('bdi', { class: 'file-name' }, shortName(photo.name))),
      this.#state,
      this.#progress,
      this.#remove,
    );
  }

  update(number: number): void {
    const { say } = this.#page;
    const { state, name } = this.#photo;
    this.#number.textContent = say('photo', { number });
    this.#remove.setAttribute('aria-label', say('photoRemoveWhich', { number, name: shortName(name) }));
    this.#state.className = `state ${state.kind}`;
    this.#state.textContent =
      state.kind === 'refused'
        ? `${say('photoRefused')}. ${say(refusalTexts[state.reason])}`
        : say(this.#stateText(state.kind));
    this.#progress.hidden = state.kind !== 'working';
    this.#progress.setAttribute('aria-label', `${say('photo', { number })}: ${say('photoWorking')}`);
    if (state.kind === 'working' && state.share !== undefined) {
      this.#progress.value = state.share;
    } else {
      this.#progress.removeAttribute('value');
    }
  }

  #stateText(kind: 'waiting' | 'working' | 'ready'): TextKey {
    switch (kind) {
      case 'waiting':
        return 'photoWaiting';
      case 'working':
        return 'photoWorking';
      case 'ready':
        return this.#page.session.photos.isDuplicate(this.#photo) ? 'photoDuplicate' : 'photoReady';
    }
  }
}
