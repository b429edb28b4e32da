import { element } from '../page/element.ts';

/** What the browser offers first when pictures are chosen: phones name some kinds only by their file's ending. */
const accepted = 'image/*,.heic,.heif,.avif';

/**
 * A button that opens the device's own choice of files, on a field into which files may be dropped. The browser's own
 * file field would keep the names of the files on the screen.
 */
export function fileChoice(
  id: string,
  label: string,
  dropHint: string,
  onFiles: (files: readonly File[]) => void,
): HTMLElement {
  const input = element('input', { type: 'file', id, class: 'hidden', multiple: true, accept: accepted });
  input.addEventListener('change', () => {
    const files = Array.from(input.files ?? []);
    // So that the same file can be chosen again after it was removed, and the field holds none of them.
    input.value = '';
    onFiles(files);
  });
  const field = element(
    'div',
    { class: 'drop' },
    input,
    element('label', { class: 'button secondary', for: id }, label),
    element('p', { class: 'hint drop-hint' }, dropHint),
  );
  const mark = (over: boolean) => (event: Event) => {
    event.preventDefault();
    field.classList.toggle('over', over);
  };
  field.addEventListener('dragover', mark(true));
  field.addEventListener('dragleave', mark(false));
  field.addEventListener('drop', (event) => {
    mark(false)(event);
    onFiles(Array.from(event.dataTransfer?.files ?? []));
  });
  return field;
}

const shownLength = 24;
const endLength = 9;

/** Shortens a file's name for the screen: its start and its end are enough to know it by. */
export function shortName(name: string): string {
  const letters = Array.from(name);
  return letters.length <= shownLength
    ? name
    : `${letters.slice(0, shownLength - endLength - 1).join('')}…${letters.slice(-endLength).join('')}`;
}
