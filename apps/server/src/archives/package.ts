import { createHash } from 'node:crypto';
import { type FileRow, matterKinds, retentionClasses, type Volume } from '@hengjian/archives';
import { type Actor, type Kernel, Problem } from '@hengjian/kernel';
import { zipSync } from 'fflate';
import { renderPaper } from '../papers/render.ts';

/** A file of the package before it is packed: its path in the archive and its bytes. */
type Parts = Record<string, Uint8Array>;

interface Held {
  id: string;
  sha256: string;
  name: string | null;
  mediaType: string | null;
  template: string | null;
  content: Record<string, unknown> | null;
  title: string;
  number: string | null;
  created_at: string;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);
const element = (name: string, value: string | number | null | undefined): string =>
  value === null || value === undefined ? '' : `<${name}>${escaped(String(value))}</${name}>`;

const extensions: Record<string, string> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
  'text/csv': 'csv',
  'text/plain': 'txt',
};
const extensionOf = ({ mediaType, name }: Held): string =>
  extensions[mediaType ?? ''] ?? /\.([a-z0-9]{1,5})$/i.exec(name ?? '')?.[1]?.toLowerCase() ?? 'bin';

/** Every path says volume, number and title, so that the package reads without this kernel. */
const pathOf = (volume: string, ordinal: number, title: string, extension: string): string =>
  `${volume}/${String(ordinal).padStart(3, '0')}-${title.replaceAll(/[^\p{L}\p{N}（）()〔〕-]/gu, '_').slice(0, 60)}.${extension}`;

const volumeNames = { main: '正卷', internal: '副卷' } as const;

/**
 * Metadata by the elements of GB/T 18894-2016 and DA/T 46-2009 as far as they are known here. The names of elements were taken from general
 * knowledge of the standards and not from their text: an archive may ask for others, so the file says its confidence.
 */
function metadata(row: FileRow & { number: string | null }, fonds: string, volumes: readonly Volume[]): string {
  const kind = matterKinds[row.matter as keyof typeof matterKinds];
  const lines = volumes.flatMap((volume) =>
    volume.lines.map(
      (line) =>
        `    <文件>${element('卷别', volumeNames[volume.name])}${element('顺序号', line.ordinal)}${element('题名', line.title)}${element('文件编号', line.number)}${element('日期', line.on)}${element('起页', line.firstPage)}${element('止页', line.lastPage)}${element('SHA-256', line.sha256)}</文件>`,
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<案卷 依据="GB/T 18894-2016；DA/T 85-2019" 把握="practice：元素名称按通行做法，未经标准文本核对">
  ${element('档号', `${row.archivalNumber}-${row.number ?? ''}`)}
  ${element('全宗名称', fonds)}
  ${element('门类', kind?.zh ?? row.matter)}
  ${element('题名', row.title)}
  ${element('年度', row.year)}
  ${element('保管期限', retentionClasses[row.retention].zh)}
  ${element('保管至', row.keptUntil)}
  ${element('办结日期', row.closedOn)}
  ${element('归档日期', row.filedOn)}
  ${element('页数', row.pages)}
  <卷内文件>
${lines.join('\n')}
  </卷内文件>
</案卷>
`;
}

/** The document as it goes into a package: an upload as it was taken, a paper as PDF with its frozen content beside it. */
async function partsOf(
  kernel: Kernel,
  held: Held,
  path: (extension: string) => string,
  { baseUrl, across }: { baseUrl: string; across: string | null },
): Promise<Parts> {
  if (held.template !== null && held.content !== null) {
    const pdf = await renderPaper({
      ...held,
      template: held.template,
      content: held.content,
      verifyAt: `${baseUrl}/verify/${held.sha256}`,
      ...(across === null ? {} : { across }),
    });
    const { title, number, template, content, sha256 } = held;
    const frozen = { title, number, template, content, sha256 };
    return { [path('pdf')]: pdf, [path('json')]: utf8(`${JSON.stringify(frozen, null, 2)}\n`) };
  }
  const bytes = await kernel.files.get(held.sha256);
  if (digest(bytes) !== held.sha256)
    throw new Problem(
      500,
      'file-damaged',
      `材料“${held.title}”的内容与登记的校验值不符，没有打包。`,
      `The content of ${held.title} is not what was registered; nothing was packed.`,
    );
  return { [path(extensionOf(held))]: bytes };
}

/**
 * The package of a filed file: documents by volume, manifest, checksums and metadata, as one ZIP. Reads under the actor's claim, so what he
 * may not see makes the package fail rather than thin; the sub-volume goes in only when asked for.
 * @throws Problem 404 `not-found`, 409 `not-filed`, 403 `documents-withheld`
 */
export async function packFile(
  kernel: Kernel,
  actor: Actor,
  id: string,
  options: { internal: boolean; baseUrl: string; across: string | null },
): Promise<{ name: string; content: Uint8Array }> {
  const { row, documents } = await kernel.database.transaction('hengjian_app', actor.claim, async (sql) => {
    const [found] = await sql.query<FileRow & { number: string | null }>(
      `select f.id, f.office, f.state, f.matter, f.title, f.year, f.archival_number as "archivalNumber", f.retention, f.kept_until as "keptUntil",
         f.closed_on as "closedOn", f.volumes, f.pages, f.filed_on as "filedOn", r.number
       from archives.file f join kernel.record r on r.id = f.id where f.id = $1`,
      [id],
    );
    const wanted = ((found?.volumes ?? []) as unknown as Volume[]).flatMap(({ lines }) =>
      lines.map((line) => line.document),
    );
    const held = await sql.query<Held>(
      `select id, sha256, name, media_type as "mediaType", template, content, title, number, created_at from kernel.document where id = any($1::uuid[])`,
      [wanted],
    );
    return { row: found, documents: new Map(held.map((one) => [one.id, one])) };
  });
  if (row === undefined)
    throw new Problem(
      404,
      'not-found',
      '没有这个案卷，或者您无权查看。',
      'There is no such file, or you may not see it.',
    );
  if (row.state !== 'filed' && row.state !== 'transferred')
    throw new Problem(409, 'not-filed', '案卷归档以后才能打包。', 'A file is packed once it is filed.');
  const volumes = (row.volumes as unknown as Volume[]).filter(({ name }) => options.internal || name === 'main');
  const parts: Parts = {};
  const listed: Record<string, unknown>[] = [];
  for (const { name, lines } of volumes)
    for (const line of lines) {
      const held = documents.get(line.document);
      if (held === undefined)
        throw new Problem(
          403,
          'documents-withheld',
          '案卷中有您无权查看的材料，请由立卷机关打包。',
          'The file holds documents that you may not see; the office that made it packs it.',
        );
      const made = await partsOf(
        kernel,
        held,
        (extension) => pathOf(volumeNames[name], line.ordinal, line.title, extension),
        options,
      );
      Object.assign(parts, made);
      const { ordinal, title, number, on, firstPage, lastPage, sha256 } = line;
      listed.push({
        volume: name,
        ordinal,
        title,
        number,
        on,
        firstPage,
        lastPage,
        registered: sha256,
        paths: Object.keys(made),
      });
    }
  const fonds = kernel.offices.get(row.office)?.label.zh ?? row.office;
  const number = `${row.archivalNumber}-${row.number ?? ''}`;
  parts['metadata.xml'] = utf8(metadata(row, fonds, volumes));
  parts['manifest.json'] = utf8(
    `${JSON.stringify({ format: 'hengjian-archive-1', number, title: row.title, fonds, retention: row.retention, keptUntil: row.keptUntil, pages: row.pages, documents: listed }, null, 2)}\n`,
  );
  const sums = Object.entries(parts).map(([path, bytes]) => `${digest(bytes)}  ${path}`);
  parts['checksums.sha256'] = utf8(`${sums.join('\n')}\n`);
  // The same file gives the same package: the only time in it is the day on which it was filed.
  const mtime = `${row.filedOn}T00:00:00Z`;
  return {
    name: `${number.replaceAll(/[^\p{L}\p{N}·〔〕-]/gu, '_')}.zip`,
    content: zipSync(parts, { mtime, level: 6 }),
  };
}
