/** What an upload is: told by its content, and only believed when its name says the same. */
interface FileKind {
  type: string;
  name: RegExp;
  is: (content: Buffer) => boolean;
}

/** Most bytes that a workbook or document may unpack to: more is a bomb, not a paper. */
const mostUnpacked = 400 * 1024 * 1024;

const begins =
  (...bytes: number[]) =>
  (content: Buffer) =>
    bytes.every((byte, at) => content[at] === byte);
const says = (text: string, at: number) => (content: Buffer) =>
  content.subarray(at, at + text.length).toString('latin1') === text;

const kinds: FileKind[] = [
  {
    type: 'application/pdf',
    name: /\.pdf$/i,
    is: (content) => says('%PDF-', 0)(content) && content.subarray(-2048).includes('%%EOF'),
  },
  { type: 'image/jpeg', name: /\.jpe?g$/i, is: begins(0xff, 0xd8, 0xff) },
  { type: 'image/png', name: /\.png$/i, is: begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  { type: 'image/webp', name: /\.webp$/i, is: (content) => says('RIFF', 0)(content) && says('WEBP', 8)(content) },
  { type: 'video/mp4', name: /\.mp4$/i, is: says('ftyp', 4) },
  {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    name: /\.xlsx$/i,
    is: (content) => isOfficeFile(content, 'xl/workbook.xml'),
  },
  {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    name: /\.docx$/i,
    is: (content) => isOfficeFile(content, 'word/document.xml'),
  },
  { type: 'text/csv', name: /\.csv$/i, is: isText },
  { type: 'text/plain', name: /\.txt$/i, is: isText },
];

/** The media type of an upload, or undefined when it is none that is taken or not what its name says. */
export function mediaTypeOf(name: string, content: Buffer): string | undefined {
  return kinds.find((kind) => kind.name.test(name) && kind.is(content))?.type;
}

/** A name as it may be shown and stored: without folders, control and direction signs, at most 200 characters, its ending kept. */
export function safeName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[\\/:*?"<>|]/g, '_')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return plain.slice(-200) || '_';
}

/** Text in UTF-8 or GB 18030 without signs that no text has. */
export function isText(content: Buffer): boolean {
  if (content.length === 0) return false;
  const utf16 = content[0] === 0xff && content[1] === 0xfe;
  if (utf16) return content.length % 2 === 0;
  for (const byte of content) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) return false;
  return ['utf-8', 'gb18030'].some((encoding) => {
    try {
      new TextDecoder(encoding, { fatal: true }).decode(content);
      return true;
    } catch {
      return false;
    }
  });
}

/** A ZIP archive that is an Office file: its main part is there, no macro is, no part lies outside, and it unpacks to a lawful size. */
export function isOfficeFile(content: Buffer, main: string): boolean {
  const entries = zipEntries(content);
  if (entries === undefined) return false;
  const names = entries.map(({ name }) => name);
  return (
    names.includes('[Content_Types].xml') &&
    names.includes(main) &&
    !names.some((name) => /vbaProject/i.test(name) || name.startsWith('/') || name.split(/[\\/]/).includes('..')) &&
    entries.reduce((sum, { size }) => sum + size, 0) <= mostUnpacked
  );
}

/** Names and unpacked sizes by the central directory; undefined when there is none that holds. */
function zipEntries(content: Buffer): { name: string; size: number }[] | undefined {
  if (!says('PK', 0)(content)) return undefined;
  const end = content.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > content.length) return undefined;
  const count = content.readUInt16LE(end + 10);
  let at = content.readUInt32LE(end + 16);
  const entries: { name: string; size: number }[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > content.length || content.readUInt32LE(at) !== 0x02014b50) return undefined;
    const length = content.readUInt16LE(at + 28);
    entries.push({ name: content.subarray(at + 46, at + 46 + length).toString(), size: content.readUInt32LE(at + 24) });
    at += 46 + length + content.readUInt16LE(at + 30) + content.readUInt16LE(at + 32);
  }
  return entries;
}
