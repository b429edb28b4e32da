import qrcode from 'qrcode-generator';

const namespace = 'http://www.w3.org/2000/svg';

// Cells of white around the code, without which cameras do not find it.
const margin = 4;

/** Draws a text as a QR code, from shapes: dark on light whatever the colours of the page. */
export function qrCode(text: string, label: string): SVGSVGElement {
  const code = qrcode(0, 'M');
  code.addData(text, 'Byte');
  code.make();
  const count = code.getModuleCount();
  const size = count + 2 * margin;
  const cells = Array.from({ length: count * count }, (_, i) => [i % count, Math.floor(i / count)] as const)
    .filter(([column, row]) => code.isDark(row, column))
    .map(([column, row]) => `M${column + margin} ${row + margin}h1v1h-1z`);
  const drawing = svg('svg', { viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': label, class: 'qr' });
  drawing.append(
    svg('rect', { width: `${size}`, height: `${size}`, fill: '#fff' }),
    svg('path', { d: cells.join(''), fill: '#000', 'shape-rendering': 'crispEdges' }),
  );
  return drawing;
}

function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string>,
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }

  return made;
}
