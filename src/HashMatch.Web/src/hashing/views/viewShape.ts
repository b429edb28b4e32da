import type { PixelBox } from './pixelBox';
import { ONE, type ViewPlacement, partOf, wholeOf } from './viewPlacement';

/** A named part of a photo, whatever its size: what of it a view shows. */
export interface ViewShape {
  /** Lower-case letters, digits and hyphens. */
  readonly name: string;

  /** Where the view is in a photo that fills a rectangle. */
  place(box: PixelBox): ViewPlacement;
}

/** A rectangle, in thousandths of the photo's sides. */
export function part(name: string, left: number, top: number, width: number, height: number): ViewShape {
  return { name, place: (box) => partOf(box, left, top, width, height) };
}

/** The middle, so many thousandths of both sides. */
export function middle(name: string, size: number): ViewShape {
  const before = Math.floor((1000 - size) / 2);
  return part(name, before, before, size, size);
}

/** The largest part of these proportions, in the middle. */
export function aspect(name: string, width: number, height: number): ViewShape {
  return {
    name,
    place: (box) => {
      const whole = wholeOf(box);
      return box.width * height > box.height * width
        ? { ...whole, halfX: Math.floor((box.height * ONE * width) / (2 * height)) }
        : { ...whole, downY: Math.floor((box.width * ONE * height) / (2 * width)) };
    },
  };
}

/**
 * The largest upright rectangle, of the photo's proportions, within the photo turned about its middle.
 * @param cosine The angle's cosine in 65,536ths: given, as a library's may differ in its last bit.
 * @param sine Its sine, positive if the view's right side is lower.
 */
export function turned(name: string, cosine: number, sine: number): ViewShape {
  return {
    name,
    place: (box) => {
      const { width, height } = box;
      const size = Math.abs(sine);
      const scale = Math.min(
        Math.floor((width * ONE * ONE) / (width * cosine + height * size)),
        Math.floor((height * ONE * ONE) / (width * size + height * cosine)),
      );
      return {
        ...wholeOf(box),
        halfX: halved(width * scale * cosine),
        halfY: halved(width * scale * sine),
        downX: halved(height * scale * -sine),
        downY: halved(height * scale * cosine),
      };
    },
  };
}

// Two 65,536ths were multiplied; halves are asked for. Too large for the shift that C# has here, but rounded as it does:
// towards minus infinity.
function halved(product: number): number {
  return Math.floor(product / (2 * ONE));
}
