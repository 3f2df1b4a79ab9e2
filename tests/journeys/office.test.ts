import { afterAll, describe, expect, it } from 'vitest';
import { createCast } from './cast.ts';
import { journeyCoverage } from './coverage.ts';
import { signIn } from './visitor.ts';

const coverage = journeyCoverage('office', import.meta.url);
const exchange = 'electronic-document-exchange';
const cast = createCast();
let passed = 0;
const steps = 4;
afterAll(() => coverage.finish(passed === steps));

interface Me {
  grant: { office: string; role: string; actingFor: { name: string } | null };
  grants: { id: string; role: string; actingFor: { name: string } | null }[];
}
interface InboxAnswer {
  groups: { rows: { id: string; next: { action: string } | null }[] }[];
}
const story = { letter: '' };

describe('办公：函件、归档、值班与代行、发件箱', () => {
  it('省局向县局发协查函，县局在待办里看到，签收并回复', async () => {
    const organiser = await cast.officer('Organiser');
    const handler = await signIn('Result handler');
    const { body: me } = await handler.get<Me>('/api/me');
    const letter = { toOffice: me.grant.office, matter: '核实某批次产品的标称生产者', demand: '请书面答复' };
    const sent = await organiser.act('correspondence.letter', 'issueAssistance', letter);
    story.letter = sent.record.id;
    const { text } = await organiser.get(`/api/records/${story.letter}`);
    expect(text).toMatch(/湘市监协查〔\d{4}〕\d+号/);
    coverage.step(exchange, 'letter sent');
    const { body: inbox } = await handler.get<InboxAnswer>('/api/inbox');
    const waiting = inbox.groups.flatMap(({ rows }) => rows).find(({ id }) => id === story.letter);
    expect(waiting?.next?.action).toBe('receive');
    coverage.step(exchange, "letter in the receiver's inbox");
    await handler.act('correspondence.letter', 'receive', {}, story.letter);
    coverage.step(exchange, 'letter signed for');
    await handler.act('correspondence.letter', 'reply', { reply: '不是该厂产品' }, story.letter, ['replyLetter']);
    const open = await organiser.refused('archives.file', 'arrange', { target: story.letter });
    expect(open.code).toBe('matter-open');
    await organiser.act('correspondence.letter', 'close', { verdict: '材料齐全' }, story.letter);
    passed += 1;
  });

  it('办结的函件立卷、归档，数据包只给立卷机关', async () => {
    const organiser = await cast.officer('Organiser');
    const { record } = await organiser.act('archives.file', 'arrange', { target: story.letter });
    const parcel = `/api/archives/${record.id}/package.zip`;
    expect((await organiser.get(parcel)).status).toBe(409);
    await organiser.act('archives.file', 'file', {}, record.id);
    const packed = await organiser.get(parcel);
    expect([packed.status, packed.text.slice(0, 2)]).toEqual([200, 'PK']);
    expect((await organiser.get(`${parcel}?internal=1`)).status).toBe(403);
    expect((await (await cast.officer('Planner')).get(parcel)).status).toBe(403);
    coverage.step(exchange, 'letter answered and filed');
    passed += 1;
  });

  it('请假由他人批准，B 角得到写明代行何人的岗位；值班表的坏行逐行说明', async () => {
    const organiser = await cast.officer('Organiser');
    const planner = await cast.officer('Planner');
    const chief = await cast.officer('Section chief');
    const { body: clock } = await organiser.get<{ today: string }>('/api/demonstration/clock');
    const ask = { kind: 'annual', firstDay: clock.today, lastDay: clock.today, deputy: planner.person.id };
    const { record } = await organiser.act('people.leave', 'ask', ask);
    await chief.act('people.leave', 'grant', {}, record.id);
    const { body: deputy } = await planner.get<Me>('/api/me');
    expect(deputy.grants.find(({ role }) => role === 'organiser')?.actingFor?.name).toBe(organiser.person.name);
    const { body: presence } = await chief.get<{ leaves: { id: string }[] }>('/api/queries/people.presence');
    expect(presence.leaves.map(({ id }) => id)).toContain(record.id);
    await organiser.act('people.leave', 'comeBack', {}, record.id);
    passed += 1;
  });

  it('发件箱遮住号码；提醒偏好只有本人看得到', async () => {
    const planner = await cast.officer('Planner');
    const preference = { nearDue: false, handovers: true, phone: '13900001234', language: 'zh' };
    const { record } = await planner.act('correspondence.preference', 'set', preference);
    const chief = await cast.officer('Section chief');
    expect((await chief.get(`/api/records/${record.id}`)).status).toBe(404);
    const { status, text } = await chief.get('/api/queries/correspondence.outbox');
    expect(status).toBe(200);
    expect(text).not.toContain('13900001234');
    passed += 1;
  });
});
