/** A rectangle of whole cells of a `ReducedLuma`, or of pixels. */
export class PixelBox {
  constructor(
    readonly x: number,
    readonly y: number,
    readonly width: number,
    readonly height: number,
  ) {}

  get right(): number {
    return this.x + this.width;
  }

  get bottom(): number {
    return this.y + this.height;
  }

  get area(): number {
    return this.width * this.height;
  }

  equals(other: PixelBox): boolean {
    return this.x === other.x && this.y === other.y && this.width === other.width && this.height === other.height;
  }

  /** How much two rectangles are one: the shared part of what they cover together, 0 (apart) to 1000 (equal). */
  overlapInThousandths(other: PixelBox): number {
    const width = Math.min(this.right, other.right) - Math.max(this.x, other.x);
    const height = Math.min(this.bottom, other.bottom) - Math.max(this.y, other.y);
    if (width <= 0 || height <= 0) {
      return 0;
    }

    const shared = width * height;
    return Math.floor((shared * 1000) / (this.area + other.area - shared));
  }
}
