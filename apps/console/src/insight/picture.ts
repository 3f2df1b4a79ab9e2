/** A map as a file: its colours come from style sheets, so they are written into a copy before it leaves the page. */

const kept = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-linejoin',
  'paint-order',
  'font-size',
  'font-family',
  'font-weight',
] as const;

function standalone(picture: SVGSVGElement): SVGSVGElement {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  const [from, to] = [picture, copy].map((svg) => [...svg.querySelectorAll<SVGElement>('path, rect, text, line')]);
  for (const [index, element] of (from ?? []).entries()) {
    const style = getComputedStyle(element);
    for (const name of kept) to?.[index]?.style.setProperty(name, style.getPropertyValue(name));
    to?.[index]?.removeAttribute('class');
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return copy;
}

export function download(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const textOf = (picture: SVGSVGElement): string => new XMLSerializer().serializeToString(standalone(picture));

export function downloadSvg(picture: SVGSVGElement, name: string): void {
  download(new Blob([textOf(picture)], { type: 'image/svg+xml' }), `${name}.svg`);
}

/** Twice the size on the screen, on the colour of the sheet. */
export async function downloadPng(picture: SVGSVGElement, name: string): Promise<void> {
  const { width, height } = picture.getBoundingClientRect();
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(textOf(picture))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * 2;
  canvas.height = height * 2;
  const drawing = canvas.getContext('2d');
  if (!drawing) return;
  drawing.fillStyle = getComputedStyle(picture).backgroundColor;
  drawing.fillRect(0, 0, canvas.width, canvas.height);
  drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((content) => content && download(content, `${name}.png`), 'image/png');
}
