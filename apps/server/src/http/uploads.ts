import { type Actor, Problem } from '@hengjian/kernel';
import { v7 as uuid } from 'uuid';
import type { Platform } from '../platform.ts';
import type { Server } from './app.ts';
import { mediaTypeOf, safeName } from './file-kinds.ts';

/** A file that is kept, as its person's upload: once, however often it is entered under the same id. */
export async function enterUpload(
  platform: Platform,
  who: Actor,
  { id, name, type, size, sha256 }: { id: string; name: string; type: string; size: number; sha256: string },
): Promise<void> {
  await platform.database.transaction('hengjian_app', who.claim, (sql) =>
    sql.query(
      `insert into desk.upload (id, person, name, media_type, size, sha256, created_at) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict do nothing`,
      [id, who.person, name, type, size, sha256, platform.now().toISOString()],
    ),
  );
}

/** Keeps an uploaded file for its person until an act binds it to a record. Throws when it is not what its name says. */
export async function keepUpload(
  { platform }: Pick<Server, 'platform'>,
  who: Actor,
  filename: string,
  content: Buffer,
) {
  const name = safeName(filename);
  const type = mediaTypeOf(name, content);
  if (type === undefined)
    throw new Problem(
      415,
      'file-kind-refused',
      '只接受 PDF、JPG、PNG、WebP、MP4、XLSX、DOCX、CSV 和 TXT 文件，且内容须与扩展名一致。',
      'Only PDF, JPG, PNG, WebP, MP4, XLSX, DOCX, CSV and TXT files are taken, and the content must be what the name says.',
    );
  const { sha256, size } = await platform.files.put(content);
  const id = uuid();
  await enterUpload(platform, who, { id, name, type, size, sha256 });
  return { id, name, size, type, sha256 };
}
