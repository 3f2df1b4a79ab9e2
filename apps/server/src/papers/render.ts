import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { dayInChina } from '@hengjian/kernel';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import QRCode from 'qrcode';

/** A paper to be printed: the frozen content of a document, whose hash the QR code carries. */
export interface PaperToPrint {
  title: string;
  number: string | null;
  sha256: string;
  created_at: string;
  template: string;
  content: Record<string, unknown>;
  verifyAt: string;
  /** Stands large across every page: this paper has no effect. */
  across?: string;
}

/**
 * What a paper's content may hold; everything else in it is printed as a fact. Papers of every domain are laid out by this one
 * sheet, so a domain says what its paper contains and not how it looks.
 */
interface Sheet {
  /** Who issues the paper, where that is not the office that keeps the record: a laboratory its report. */
  issuer?: string;
  to?: string;
  facts?: [string, string | null][];
  paragraphs?: string[];
  tables?: { caption?: string; columns: string[]; rows: (string | null)[][] }[];
  signatures?: string[];
  closing?: string;
  /** The picture of a seal, with what it is worth in words: a picture is no seal (practice W18). */
  seal?: { name: string; label: string; note: string };
}

const require = createRequire(import.meta.url);
const fonts = dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'));
let compiler: NodeCompiler | undefined;

/** Lays out a paper on A4 as PDF. The same content always gives the same pages. */
export async function renderPaper(paper: PaperToPrint): Promise<Buffer> {
  compiler ??= NodeCompiler.create({
    workspace: dirname(new URL(import.meta.url).pathname),
    fontArgs: [{ fontPaths: [join(fonts, '400Regular'), join(fonts, '700Bold')] }],
  });
  const square = QRCode.create(paper.verifyAt, { errorCorrectionLevel: 'M' }).modules;
  const cells: number[][] = [];
  for (let row = 0; row < square.size; row += 1)
    cells.push([...square.data.slice(row * square.size, (row + 1) * square.size)]);
  return Buffer.from(compiler.pdf({ mainFileContent: typst(paper, cells) }));
}

/** Behind the text of every page, so that it stays readable and cannot be cut off. */
function across({ across: words }: PaperToPrint): string {
  if (words === undefined) return '';
  return `background: rotate(-35deg, text(size: 54pt, fill: luma(225), weight: "bold")[#${text(words)}]), `;
}

function typst(paper: PaperToPrint, cells: readonly number[][]): string {
  const {
    office,
    on,
    number: _number,
    ...content
  } = paper.content as Record<string, unknown> & { office?: string; on?: string };
  const sheet = content as Sheet;
  const issuer = sheet.issuer ?? office ?? '';
  const known = new Set(['issuer', 'to', 'facts', 'paragraphs', 'tables', 'signatures', 'closing', 'seal']);
  const other = Object.entries(content).filter(
    ([name, value]) => !known.has(name) && (typeof value === 'string' || typeof value === 'number'),
  );
  const facts = [...(sheet.facts ?? []), ...other.map(([name, value]): [string, string] => [name, String(value)])];
  // The day of the paper, not of the printing: the same content gives the same bytes, today and in ten years.
  const [year, month, day] = dayInChina(paper.created_at).split('-').map(Number);
  const parts = [
    `#set document(title: ${text(paper.title)}, date: datetime(year: ${year}, month: ${month}, day: ${day}))`,
    `#set page(paper: "a4", ${across(paper)}margin: (x: 26mm, top: 24mm, bottom: 22mm), footer: context [#set text(size: 8pt, fill: luma(90)); #grid(columns: (1fr, auto), [版本 ${paper.sha256.slice(0, 16)}], [第 #counter(page).display() 页，共 #counter(page).final().first() 页])])`,
    `#set text(font: "Noto Sans SC", size: 11pt, lang: "zh", region: "cn")`,
    `#set par(leading: 0.9em, first-line-indent: 2em, justify: true)`,
    `#let square(rows) = grid(columns: (0.62mm,) * rows.len(), rows: 0.62mm, ..rows.flatten().map(cell => box(width: 0.62mm, height: 0.62mm, fill: if cell == 1 { black } else { white })))`,
    `#place(top + right, dy: -8mm, square((${cells.map((row) => `(${row.join(',')}),`).join('')})))`,
    `#align(center)[#text(size: 15pt, weight: "bold", fill: rgb("#a6231c"))[#${text(issuer)}] #v(1mm) #text(size: 18pt, weight: "bold")[#${text(paper.title)}]]`,
    paper.number === null ? '' : `#align(center)[#${text(paper.number)}]`,
    `#line(length: 100%, stroke: 0.6pt + rgb("#a6231c"))`,
    sheet.to === undefined ? '' : `#par(first-line-indent: 0em)[#${text(`${sheet.to}：`)}]`,
    ...(sheet.paragraphs ?? []).map((paragraph) => `#par[#${text(paragraph)}]`),
    facts.length === 0 ? '' : table(['', ''], facts, true),
    ...(sheet.tables ?? []).flatMap(({ caption, columns, rows }) => [
      caption === undefined ? '' : `#v(2mm)\n#text(weight: "bold")[#${text(caption)}]`,
      table(columns, rows, false),
    ]),
    sheet.closing === undefined ? '' : `#par[#${text(sheet.closing)}]`,
    sheet.signatures === undefined
      ? ''
      : `#v(8mm)\n#grid(columns: (1fr,) * ${sheet.signatures.length}, gutter: 6mm, ${sheet.signatures.map((who) => `[#${text(`${who}：`)} #box(width: 1fr, stroke: (bottom: 0.4pt))]`).join(', ')})`,
    `#v(10mm)\n#align(right)[#${text(issuer)} #linebreak() #${text(on ?? paper.created_at.slice(0, 10))}]`,
    sheet.seal === undefined ? '' : sealPicture(sheet.seal),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

/** A five-pointed star of 5 mm radius. */
const star = Array.from({ length: 10 }, (_, index) => {
  const angle = (index * Math.PI) / 5 - Math.PI / 2;
  const radius = index % 2 === 0 ? 5 : 1.91;
  return `(${(5 + radius * Math.cos(angle)).toFixed(2)}mm, ${(5 + radius * Math.sin(angle)).toFixed(2)}mm)`;
}).join(', ');

/** A round seal: the name on an arc that leaves the foot open, a star, what the seal is for, and the note below it. */
function sealPicture({ name, label, note }: NonNullable<Sheet['seal']>): string {
  const characters = [...name].slice(0, 30);
  const from = -205;
  const step = characters.length > 1 ? 230 / (characters.length - 1) : 0;
  const placed = characters.map((character, index) => {
    const angle = ((from + step * index) * Math.PI) / 180;
    const [x, y] = [15.2 * Math.cos(angle), 15.2 * Math.sin(angle)].map((length) => length.toFixed(2));
    return `#place(center + horizon, dx: ${x}mm, dy: ${y}mm, rotate(${(from + step * index + 90).toFixed(1)}deg, text(size: ${characters.length > 18 ? 7.5 : 9}pt, fill: red, weight: "bold", ${text(character).slice(5)}))`;
  });
  return [
    `#{ let red = rgb("#c8321f").transparentize(12%)`,
    `align(right, block(width: 40mm, height: 40mm, breakable: false)[`,
    `#place(center + horizon, circle(radius: 19mm, stroke: 1mm + red))`,
    ...placed,
    `#place(center + horizon, polygon(fill: red, ${star}))`,
    `#place(center + horizon, dy: 10mm, text(size: 7.5pt, fill: red, weight: "bold", ${text(label).slice(5)})`,
    `]) }`,
    `#align(right)[#text(size: 7.5pt, fill: luma(90), ${text(note).slice(5)}]`,
  ].join('\n');
}

function table(columns: readonly string[], rows: readonly (readonly (string | null)[])[], facts: boolean): string {
  const widths = facts ? '(32mm, 1fr)' : `(${columns.map(() => 'auto').join(', ')},)`;
  const head = facts ? '' : `table.header(${columns.map((column) => `[#strong(${text(column)})]`).join(', ')}),`;
  const cells = rows.flatMap((row) => columns.map((_, index) => `[#${text(row[index] ?? '')}]`));
  return `#v(2mm)\n#{ set par(first-line-indent: 0em, justify: false); set text(size: 9.5pt); table(columns: ${widths}, stroke: 0.4pt + luma(120), inset: 5pt, ${head} ${cells.join(', ')}) }`;
}

/** A text as a Typst string, so that nothing in it is ever read as markup. */
function text(value: string): string {
  return `text("${value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll(/[\n\r]+/g, '\\n')}")`;
}
