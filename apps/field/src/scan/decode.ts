import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';

prepareZXingModule({
  overrides: { locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? wasm : prefix + path) },
});

/** The first code in a picture or in a camera's image, or null. Everything is decoded on the device. */
export async function decode(picture: Blob | ImageData): Promise<string | null> {
  const found = await readBarcodes(picture, { tryHarder: picture instanceof Blob, maxNumberOfSymbols: 1 });
  return found.find(({ isValid, text }) => isValid && text !== '')?.text ?? null;
}
