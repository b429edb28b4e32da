/**
 * Where the page is left for: a search page is on every phone, in its language, and quick; nobody asks why it is open.
 * A deployment can name another in the help data.
 */
const defaultAddress = 'https://www.google.com/';

const presses = 3;
const pressesWithinMs = 5000;

/** Leaves the page at once, and nothing of it behind. */
export class QuickExit {
  address = defaultAddress;

  /** Told how many presses of Shift are still needed; nothing when the count has lapsed. */
  onPress: ((left: number | undefined) => void) | undefined;

  readonly #clear: () => void;
  #count = 0;
  #lapse: ReturnType<typeof setTimeout> | undefined;

  /** @param clear Forgets what was entered and ends what is under way. */
  constructor(clear: () => void) {
    this.#clear = clear;
    window.addEventListener('keydown', this.#countPress);
    window.addEventListener('pointerdown', this.#reset);
    // What the browser may keep of a page that was left must be empty too.
    window.addEventListener('pagehide', this.#empty);
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) {
        location.reload();
      }
    });
  }

  /** Leaves. The screen is empty at once, however long the other page takes, and no way back leads here. */
  readonly leave = (): void => {
    this.#hide();
    location.replace(this.address);
    this.#clear();
  };

  readonly #empty = (): void => {
    this.#hide();
    this.#clear();
  };

  readonly #hide = (): void => {
    document.body.replaceChildren();
    document.title = '\u200e';
  };

  // Shift with another key is how people write capitals and walk back through a form: that does not count.
  readonly #countPress = (event: KeyboardEvent): void => {
    if (event.key !== 'Shift') {
      this.#reset();
      return;
    }

    if (event.repeat) {
      return;
    }

    this.#count++;
    if (this.#count === presses) {
      this.leave();
      return;
    }

    clearTimeout(this.#lapse);
    this.#lapse = setTimeout(this.#reset, pressesWithinMs);
    this.onPress?.(presses - this.#count);
  };

  readonly #reset = (): void => {
    clearTimeout(this.#lapse);
    if (this.#count > 0) {
      this.#count = 0;
      this.onPress?.(undefined);
    }
  };
}
