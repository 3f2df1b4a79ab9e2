import { randomUUID } from 'node:crypto';
import type { Actor, Outcome } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { roles } from '@hengjian/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { correspondenceLifecycles } from '../index.ts';
import { letterKinds } from './kinds.ts';
import { refuseLetter } from './rules.ts';

const known = { office: '43', today: '2026-03-02' };
const code = (verdict: ReturnType<typeof refuseLetter>) => (verdict === true ? 'issued' : verdict.code);

describe('六种函件的差别只在数据里', () => {
  it.each([
    ['talk', { toSubject: 'x', toName: '某厂', meetingOn: '2026-03-05' }, 'issued'],
    ['talk', { toSubject: 'x' }, 'meeting-day-missing'],
    ['talk', { toSubject: 'x', meetingOn: '2026-03-01' }, 'meeting-in-past'],
    ['reminder', { toOffice: '4301', deadline: '2026-03-20' }, 'issued'],
    ['reminder', { toOffice: '4301' }, 'deadline-missing'],
    ['reminder', { toName: '某区人民政府', deadline: '2026-03-20' }, 'wrong-addressee'],
    ['circular', { toName: '某区人民政府' }, 'issued'],
    ['circular', { toSubject: 'x' }, 'wrong-addressee'],
    ['urging', { toOffice: '43', deadline: '2026-03-20' }, 'own-office'],
    ['urging', { toOffice: '4301', deadline: '2026-03-02' }, 'due-in-past'],
    ['assistance', { toOffice: '35' }, 'issued'],
    ['assistance', {}, 'one-addressee'],
    ['assistance', { toOffice: '35', toSubject: 'x' }, 'one-addressee'],
  ] as const)('%s %o → %s', (kind, letter, expected) => {
    expect(code(refuseLetter(kind, letter, known))).toBe(expected);
  });

  it('每种都写明依据、把握和对象', () => {
    for (const kind of Object.values(letterKinds)) expect(kind.to.length && kind.basis && kind.confidence).toBeTruthy();
  });
});

describe('办理', () => {
  let kernel: TestKernel;
  let city: Actor;
  let county: Actor;
  let fujian: Actor;
  const act = (
    actor: Actor,
    action: string,
    input: Record<string, unknown>,
    record?: string,
    papers: string[] = [],
  ): Promise<Outcome> => kernel.act(actor, 'correspondence.letter', action, input, record, papers);
  const one = async <T = Record<string, unknown>>(text: string, ...params: unknown[]): Promise<T> =>
    (await kernel.database.asOwner((tx) => tx.query<T & Record<string, unknown>>(text, params)))[0]!;
  const clock = (record: string, name: string) =>
    one('select due_on, status from kernel.clock where record = $1 and name = $2', record, name);
  const written = { matter: '某批次电线电缆抽查不合格', demand: '请协助核实' };

  beforeAll(async () => {
    kernel = await testKernel({
      lifecycles: [...correspondenceLifecycles],
      roles,
      migrations: [{ name: 'correspondence', path: new URL('../../migrations', import.meta.url).pathname }],
    });
    city = await kernel.officer('吴市局', 'organiser', '4301');
    county = await kernel.officer('周县局', 'result-handler', '430102');
    fujian = await kernel.officer('林闽', 'organiser', '35');
  });
  beforeEach(() => kernel.at('2026-03-02T02:00:00Z'));
  afterAll(() => kernel.close());

  it('协查函自收到之日起十五个工作日；延期在期限内告知一次；回复、核实、办结；别的机关看不到', async () => {
    const { record } = await act(city, 'issueAssistance', { ...written, toOffice: '35' });
    expect(await one('select number from kernel.document where record = $1', record)).toMatchObject({
      number: expect.stringContaining('协查'),
    });
    const seen = (actor: Actor) =>
      kernel.database.transaction('hengjian_app', actor.claim, (sql) =>
        sql.query('select id from correspondence.letter where id = $1', [record]),
      );
    expect([(await seen(fujian)).length, (await seen(county)).length]).toEqual([1, 0]);
    kernel.at('2026-03-04T02:00:00Z');
    await act(fujian, 'receive', {}, record);
    expect(await clock(record, 'assistance')).toMatchObject({ due_on: '2026-03-25', status: 'running' });
    await act(fujian, 'postpone', { postponedTo: '2026-04-03', postponement: '企业停产' }, record);
    expect(await clock(record, 'postponed')).toMatchObject({ due_on: '2026-04-03' });
    await expect(
      act(fujian, 'postpone', { postponedTo: '2026-05-03', postponement: '再延' }, record),
    ).rejects.toMatchObject({ code: 'postponed-to' });
    await expect(act(fujian, 'reply', { reply: '不是该厂产品' }, record)).rejects.toMatchObject({
      code: 'document-missing',
    });
    await act(fujian, 'reply', { reply: '不是该厂产品' }, record, ['replyLetter']);
    await act(city, 'close', { verdict: '材料齐全' }, record);
    expect(await one('select state from correspondence.letter where id = $1', record)).toMatchObject({
      state: 'closed',
    });
  });

  it('约谈凭笔录办结，不能当作要回复的函；通报不等回复；督办函从记录发起并写明所涉事项', async () => {
    const firm = randomUUID();
    const talk = { ...written, toSubject: firm, toName: '湖南试验电缆厂', meetingOn: '2026-03-02', place: '二楼' };
    const { record } = await act(county, 'issueTalk', talk);
    await expect(act(county, 'reply', { reply: '好' }, record, ['replyLetter'])).rejects.toMatchObject({
      code: 'no-answer-asked',
    });
    const held = { heldOn: '2026-03-02', attended: '厂长、科长', outcome: '三十日内整改' };
    await expect(act(county, 'hold', held, record)).rejects.toMatchObject({ code: 'document-missing' });
    expect(await act(county, 'hold', held, record, ['minutes'])).toMatchObject({ state: 'closed' });
    const chief = await kernel.officer('赵处长', 'section-chief', '4301');
    const circular = await act(chief, 'issueCircular', { ...written, toName: '芙蓉区人民政府' });
    expect(await act(chief, 'file', {}, circular.record)).toMatchObject({ state: 'closed' });
    const urging = { ...written, toOffice: '430102', deadline: '2026-03-20', about: circular.record };
    const urged = await act(chief, 'issueUrging', urging);
    expect(await one('select about_title from correspondence.letter where id = $1', urged.record)).toMatchObject({
      about_title: '通报：芙蓉区人民政府',
    });
    expect(await clock(urged.record, 'answer')).toMatchObject({ due_on: '2026-03-20' });
    await expect(act(county, 'issueUrging', { ...urging, about: urged.record })).rejects.toMatchObject({
      code: 'not-your-role',
    });
    const blind = { ...written, toOffice: '35', about: record };
    await expect(act(fujian, 'issueAssistance', { ...blind, toOffice: '43' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
