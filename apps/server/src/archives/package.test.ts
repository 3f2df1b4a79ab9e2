import { createHash, randomUUID } from 'node:crypto';
import { archivesLifecycles } from '@hengjian/archives';
import { correspondenceLifecycles } from '@hengjian/correspondence';
import { type Actor, execute } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { roles } from '@hengjian/people';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packFile } from './package.ts';

let kernel: TestKernel;
let chief: Actor;
let handler: Actor;
const act = (actor: Actor, entity: string, action: string, input: Record<string, unknown> = {}, record?: string) =>
  execute(kernel, actor, {
    id: randomUUID(),
    entity,
    action,
    input,
    ...(record === undefined ? {} : { record }),
  });
const rows = <T = Record<string, unknown>>(text: string, params: unknown[] = []) =>
  kernel.database.asOwner((tx) => tx.query<T & Record<string, unknown>>(text, params));
const folder = (name: string) => ({
  name,
  path: new URL(`../../../../domains/${name}/migrations`, import.meta.url).pathname,
});

/** A circular, sent and done: the smallest matter there is. */
async function matter(): Promise<string> {
  const letter = { matter: '某批次不合格', demand: '请予关注', toName: '芙蓉区人民政府' };
  return (await act(chief, 'correspondence.letter', 'issueCircular', letter)).record;
}
const arranged = async (target: string, more: Record<string, unknown> = {}) =>
  (await act(handler, 'archives.file', 'arrange', { target, ...more })).record;

beforeAll(async () => {
  kernel = await testKernel({
    lifecycles: [...correspondenceLifecycles, ...archivesLifecycles],
    roles,
    migrations: [folder('correspondence'), folder('archives')],
  });
  chief = await kernel.officer('赵科长', 'section-chief', '430102');
  handler = await kernel.officer('周县局', 'result-handler', '430102');
});
beforeEach(() => kernel.at('2026-03-02T02:00:00Z'));
afterAll(() => kernel.close());

describe('归档', () => {
  it('没有办结的不归档；一件事项一个案卷；保管期限不短于规定；归档写卷内目录', async () => {
    const target = await matter();
    await expect(arranged(target)).rejects.toMatchObject({ code: 'matter-open' });
    await act(chief, 'correspondence.letter', 'file', {}, target);
    const file = await arranged(target);
    await expect(arranged(target)).rejects.toMatchObject({ code: 'filed-already' });
    await expect(arranged(file)).rejects.toMatchObject({ code: 'no-such-file' });
    const [row] = await rows<{ volumes: { lines: { document: string }[] }[] }>(
      'select archival_number, kept_until, pages, volumes from archives.file where id = $1',
      [file],
    );
    expect(row).toMatchObject({ archival_number: '430102-HJ·2026·D10', kept_until: '2036-12-31', pages: 1 });
    const document = row!.volumes[0]!.lines[0]!.document;
    await act(handler, 'archives.file', 'paginate', { counts: [{ document, pages: 3 }] }, file);
    await act(handler, 'archives.file', 'file', {}, file);
    expect(await rows(`select kind from kernel.document where record = $1`, [file])).toEqual([{ kind: 'index' }]);
    expect(await rows('select pages, state from archives.file where id = $1', [file])).toEqual([
      { pages: 3, state: 'filed' },
    ]);
  });

  it('数据包有清单、元数据和可以核对的校验值；同一案卷两次打包一样；别的机关打不了', async () => {
    const target = await matter();
    await act(chief, 'correspondence.letter', 'file', {}, target);
    const file = await arranged(target);
    const options = { internal: false, baseUrl: 'http://x', across: null };
    await expect(packFile(kernel, handler, file, options)).rejects.toMatchObject({ code: 'not-filed' });
    await act(handler, 'archives.file', 'file', {}, file);
    const { content } = await packFile(kernel, handler, file, options);
    const packed = unzipSync(content);
    const sums = strFromU8(packed['checksums.sha256']!).trim().split('\n');
    expect(sums.length).toBe(Object.keys(packed).length - 1);
    for (const line of sums) {
      const [sum, path] = line.split('  ') as [string, string];
      expect(createHash('sha256').update(packed[path]!).digest('hex'), path).toBe(sum);
    }
    const manifest = JSON.parse(strFromU8(packed['manifest.json']!)) as { documents: { paths: string[] }[] };
    expect(manifest.documents[0]!.paths.map((path) => path.replace(/^.*\./, ''))).toEqual(['pdf', 'json']);
    expect(strFromU8(packed['metadata.xml']!)).toContain('<题名>通报：芙蓉区人民政府</题名>');
    const again = (await packFile(kernel, handler, file, options)).content;
    expect(Buffer.compare(Buffer.from(content), Buffer.from(again))).toBe(0);
    const elsewhere = await kernel.officer('林闽', 'organiser', '35');
    await expect(packFile(kernel, elsewhere, file, options)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('借阅和移交', () => {
  it('借阅由他人批准、到期归还；借出的不移交；档案馆签收后移交完毕', async () => {
    const target = await matter();
    await act(chief, 'correspondence.letter', 'file', {}, target);
    const file = await arranged(target);
    const ask = { file, purpose: '复议答复', until: '2026-03-10' };
    await expect(act(handler, 'archives.borrowing', 'ask', ask)).rejects.toMatchObject({ code: 'not-filed' });
    await act(handler, 'archives.file', 'file', {}, file);
    const { record } = await act(handler, 'archives.borrowing', 'ask', ask);
    await act(chief, 'archives.borrowing', 'lend', {}, record);
    expect(await rows(`select due_on from kernel.clock where record = $1`, [record])).toEqual([
      { due_on: '2026-03-10' },
    ]);
    const draft = { recipient: '长沙市档案馆', files: [file] };
    await expect(act(chief, 'archives.transfer', 'draft', draft)).rejects.toMatchObject({ code: 'lent-out' });
    await act(handler, 'archives.borrowing', 'giveBack', {}, record);
    const own = await act(chief, 'archives.borrowing', 'ask', ask);
    await expect(act(chief, 'archives.borrowing', 'lend', {}, own.record)).rejects.toMatchObject({
      code: 'separation',
    });
    const transfer = (await act(chief, 'archives.transfer', 'draft', draft)).record;
    await act(chief, 'archives.transfer', 'send', {}, transfer);
    await rows(
      `insert into kernel.document (id, record, kind, title, event, created_at, sha256) values ($1, $2, 'receipt', 'x', $1, now(), 'x')`,
      [randomUUID(), transfer],
    );
    await act(handler, 'archives.transfer', 'accept', {}, transfer);
    expect(await rows('select state, transferred_on from archives.file where id = $1', [file])).toEqual([
      { state: 'transferred', transferred_on: '2026-03-02' },
    ]);
  });
});
