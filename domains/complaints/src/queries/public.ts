import { field, query } from '@hengjian/kernel';
import { z } from 'zod';
import { complaintCategories } from '../../../../data/complaints/index.ts';
import { complaintLifecycle } from '../complaint/lifecycle.ts';
import { fingerprintOf } from '../vault/follow.ts';

const everybody = ['public', 'enterprise-agent', 'complaint-desk', 'complaint-handler', 'report-verifier'] as const;

/** What a reporter reads: that it was received, or where to turn; how it is handled is confidential (order 121 arts 36, 37). */
const reportStates: Record<string, { zh: string; en: string }> = {
  received: { zh: '已收到', en: 'Received' },
  redirected: { zh: '请向有处理权限的机关提出', en: 'Please turn to the competent authority' },
  told: { zh: '处理结果已告知', en: 'The result is told' },
};

/** complaints.follow: how a matter stands, for whoever holds its number and secret. */
export const follow = query({
  name: 'complaints.follow',
  label: { zh: '查询投诉举报', en: 'Follow a matter' },
  roles: everybody,
  input: z.object({
    number: field.text('查询编号', { en: 'Number', pattern: /^\d{12}$/ }),
    secret: field.text('查询密码', { en: 'Secret', max: 20 }),
  }),
  answer: async ({ number, secret }, { sql, kernel }) => {
    const [told] = await sql.query<{
      record: string;
      office: string;
      kind: 'complaint' | 'report';
      receivedOn: string;
      state: string;
      told: string | null;
      toldOn: string;
    }>(
      `select record, office, kind, to_char(received_on, 'YYYY-MM-DD') as "receivedOn", state, told, to_char(told_on, 'YYYY-MM-DD') as "toldOn"
       from complaints.follow_of($1, $2)`,
      [number, fingerprintOf(number, secret)],
    );
    if (told === undefined) return null;
    const { kind, receivedOn, state, told: text, toldOn, office } = told;
    const name = kind === 'report' ? reportStates[state] : complaintLifecycle.states[state];
    return {
      kind,
      receivedOn,
      toldOn,
      text,
      state,
      stateName: name ? { zh: name.zh, en: name.en } : { zh: state, en: state },
      open: kind === 'complaint' && complaintLifecycle.states[state]?.closed === false,
      office: kernel.offices.get(office)?.label ?? null,
    };
  },
});

/** complaints.categories: what can be complained of, as the form offers it. */
export const categories = query({
  name: 'complaints.categories',
  label: { zh: '投诉举报类别', en: 'Categories' },
  roles: everybody,
  input: z.object({}),
  answer: async () =>
    complaintCategories().map(({ code, zh, en, parent }) => ({ code, zh, en, parent: parent ?? null })),
});
