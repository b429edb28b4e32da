// A 128th of the line, rounded up: two passes of that window leave detail for 64 samples.
const LINES_PER_WINDOW = 128;

/**
 * The running mean of one line of samples, as a clock: which sample enters and leaves at each tick.
 *
 * At tick t sample t enters the sum (while t is below the length), then sample t - width leaves it (once t has reached
 * the width), and the mean of position t - lag is due (once that is not negative). The order "enter, then leave" is
 * what the last float bit hangs on.
 */
export class BoxWindow {
  /** The most samples in one mean. Never more than the length. */
  readonly width: number;

  /** How many ticks after its own sample a position's mean is due. */
  readonly lag: number;

  constructor(readonly length: number) {
    this.width = Math.floor((length + LINES_PER_WINDOW - 1) / LINES_PER_WINDOW);
    this.lag = Math.floor((this.width + 2) / 2) - 1;
  }

  /** The number of ticks until the last mean is due. */
  get ticks(): number {
    return this.length + this.lag;
  }

  /** The number of samples in the sum after a tick: the divisor of the mean. */
  countAt(tick: number): number {
    return Math.min(tick + 1, this.length) - Math.max(0, tick - this.width + 1);
  }
}
