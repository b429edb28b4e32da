import { fill } from './syntheticPixels';

/** A view as C# gives it. */
export interface ExpectedView {
  readonly name: string;
  readonly quality: number;
  readonly hex: string;
}

/** A picture of our own, perhaps in a frame, with the views that C# registers. */
export interface ViewedPicture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly isGrey: boolean;
  readonly rgba: Uint8ClampedArray;
  readonly views: readonly ExpectedView[];
}

/** The pictures of the list that C# writes, `views.csv`, made one at a time. */
export function* viewedPictures(list: string): Generator<ViewedPicture> {
  const pictures = new Map<string, ExpectedView[]>();
  for (const line of list.trim().split('\n').slice(1)) {
    const fields = line.trim().split(',');
    const [set, name, , quality, hex] = fields.slice(6);
    if (set === 'register') {
      const picture = fields.slice(0, 6).join(',');
      pictures.set(picture, [...(pictures.get(picture) ?? []), { name, quality: Number(quality), hex }]);
    }
  }

  for (const [name, views] of pictures) {
    const [kind, width, height, format, seed, frame] = name.split(',');
    yield {
      name,
      isGrey: format === 'Gray8',
      ...framed(
        Number(width),
        Number(height),
        fill(kind, Number(width), Number(height), format, 0, Number(seed)),
        frame,
      ),
      views,
    };
  }
}

// A frame is written as width:height:left:top:grey of the picture that the photo lies in, and :grey at the bottom where
// its ground fades.
function framed(width: number, height: number, photo: Uint8ClampedArray, frame: string) {
  if (frame === '') {
    return { width, height, rgba: photo };
  }

  const [fullWidth, fullHeight, left, top, grey, bottom = grey] = frame.split(':').map(Number);
  const rgba = Uint8ClampedArray.from({ length: 4 * fullWidth * fullHeight }, (_, at) => {
    const y = Math.floor(at / (4 * fullWidth));
    return at % 4 === 3 ? 255 : grey + Math.trunc(((bottom - grey) * y) / fullHeight);
  });
  for (let y = 0; y < height; y++) {
    rgba.set(photo.subarray(4 * width * y, 4 * width * (y + 1)), 4 * (fullWidth * (y + top) + left));
  }

  return { width: fullWidth, height: fullHeight, rgba };
}
