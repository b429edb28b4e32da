const CHANNELS: Readonly<Record<string, readonly number[]>> = {
  Gray8: [0, 0, 0],
  Rgb24: [0, 1, 2],
  Rgba32: [0, 1, 2, 3],
  Bgra32: [2, 1, 0, 3],
};

/** The pixels of SyntheticPicture.cs, to the letter. */
export function fill(
  kind: string,
  width: number,
  height: number,
  format: string,
  padding: number,
  seed: number,
): Uint8ClampedArray {
  const channels = CHANNELS[format];
  const bytesPerPixel = format === 'Gray8' ? 1 : channels.length;
  const stride = width * bytesPerPixel + padding;
  const stored = new Uint8Array((height - 1) * stride + width * bytesPerPixel);
  let state = (Math.imul(seed, 2_654_435_761) + 12_345) >>> 0;
  for (let at = 0; at < stored.length; at++) {
    const y = Math.floor(at / stride);
    const x = Math.floor((at % stride) / bytesPerPixel);
    const channel = (at % stride) % bytesPerPixel;
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const noise = state >>> 24;
    stored[at] = x < width ? sample(kind, x, y, channel, noise, width, height, seed) : noise;
  }

  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) {
    const from = Math.floor(i / width) * stride + (i % width) * bytesPerPixel;
    channels.forEach((stores, channel) => {
      rgba[4 * i + channel] = stored[from + stores];
    });
  }

  return rgba;
}

function sample(
  kind: string,
  x: number,
  y: number,
  channel: number,
  noise: number,
  width: number,
  height: number,
  seed: number,
): number {
  const div = (dividend: number, divisor: number): number => Math.trunc(dividend / divisor);
  if (kind === 'Noise') {
    return noise;
  }

  if (channel === 3) {
    return (div(x, 40) + div(y, 24)) % 2 === 0 ? 255 : Math.min(255, noise + (x % 128));
  }

  switch (kind) {
    case 'Constant':
      return (seed * 37 + channel * 11) & 255;
    case 'Gradient':
      return (div(x * 255, Math.max(1, width - 1)) + y * (channel + 1)) & 255;
    case 'Checker':
      return ((div(x, 8 + seed) + div(y, 8 + seed)) & 1) * 200 + channel * 20;
    default: {
      const hill = (position: number, period: number): number =>
        div((position % period) * (period - (position % period)) * 4 * 255, period * period);
      const u = div(x * 1024, width);
      const v = div(y * 1024, height);
      const hills = hill(u + seed * 131, 700 + channel * 90) + hill(v + div(u, 3), 450) + hill(u - v + 4096, 230);
      const edge = u * 3 + v * 2 > 2600 + channel * 40 ? 50 : 0;
      return Math.min(255, Math.max(0, div(hills, 5) + edge + div(noise, 12)));
    }
  }
}
