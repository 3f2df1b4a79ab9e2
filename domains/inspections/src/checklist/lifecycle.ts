import { type Act, field, lifecycle, on, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { arrangers, edition, enterpriseInspections, overseers } from '../clauses.ts';
import { Checklist, type ChecklistRow, draftShape, type Item } from './entity.ts';

const Draft = z.strictObject({
  ...draftShape,
  replaces: optional(field.reference('替代', 'inspections.checklist', { en: 'Replaces' })),
});
type Draft = z.infer<typeof Draft>;
const Redraft = z.strictObject({ name: draftShape.name, matter: draftShape.matter, items: draftShape.items });
const Review = z.strictObject({ reviewOpinion: field.longText('审核意见', { en: 'Opinion', max: 2000 }) });
const Reason = z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 2000 }) });

/** A template hangs together: keys are unique, choices lead somewhere, conditions point back to an item. */
function checkItems(items: readonly Item[]): true | Refusal {
  if (items.length === 0) return refuse('no-items', '检查表没有检查项目。', 'The checklist has no item.', 'items');
  const before = new Set<string>();
  for (const [index, item] of items.entries()) {
    const at = `items.${index}`;
    if (before.has(item.key))
      return refuse('key-twice', `编号“${item.key}”出现两次。`, `The key ${item.key} stands twice.`, at);
    if (item.when && !before.has(item.when.item))
      return refuse(
        'condition-ahead',
        `“${item.text}”的适用条件指向后面或者不存在的项目。`,
        `The condition of ${item.key} points to an item that does not stand before it.`,
        at,
      );
    if (item.kind === 'choice' && (item.choices ?? []).length < 2)
      return refuse('choices-missing', `“${item.text}”少于两个选项。`, `${item.key} has fewer than two choices.`, at);
    before.add(item.key);
  }
  return true;
}

/** Nothing is asked of a firm that no clause asks (国办发〔2024〕54号). */
function checkClauses({ items }: Pick<ChecklistRow, 'items'>): true | Refusal {
  const index = items.findIndex(({ clause }) => !clause);
  return (
    index === -1 ||
    refuse(
      'clause-missing',
      `“${items[index]!.text}”没有依据条款；没有法定依据的内容不得检查。`,
      `${items[index]!.key} has no clause; what no clause asks is not inspected.`,
      `items.${index}.clause`,
    )
  );
}

async function checkDraft(row: ChecklistRow, input: Draft, act: Act): Promise<true | Refusal> {
  const sound = checkItems(input.items);
  if (sound !== true || !input.replaces) return sound;
  const [former] = await act.sql.query<{ code: string; state: string }>(
    'select code, state from inspections.checklist where id = $1 and id <> $2',
    [input.replaces, row.id],
  );
  return (
    (former?.state === 'published' && former.code === input.code) ||
    refuse(
      'replaces-other',
      '只能替代同一编号、正在使用的检查表。',
      'A new version replaces the checklist in force of the same code.',
      'replaces',
    )
  );
}

async function versionOf(input: Draft, act: Act): Promise<number> {
  const [last] = await act.sql.query<{ version: number | null }>(
    `select max(version) as version from inspections.checklist where code = $1 and state <> 'discarded'`,
    [input.code],
  );
  return Number(last?.version ?? 0) + 1;
}

/** The former version ends when the new one begins: on one day one version is in force. */
async function publish(row: ChecklistRow, _input: unknown, act: Act): Promise<Partial<ChecklistRow>> {
  const former = await act.sql.query<{ id: string }>(
    `select id from inspections.checklist where code = $1 and state = 'published' and id <> $2 and office = $3`,
    [row.code, row.id, row.office],
  );
  for (const { id } of former) await act.perform('inspections.checklist', id, 'supersede', {});
  return { publishedOn: act.occurredOn };
}

/** 检查表: drafted or imported, reviewed by another person, published by a chief, superseded by its next version. */
export const checklistLifecycle = lifecycle(Checklist, {
  editions: [edition],
  states: {
    drafted: { zh: '起草中', en: 'Drafted' },
    reviewed: { zh: '已审核', en: 'Reviewed' },
    published: { zh: '使用中', en: 'In force' },
    superseded: { zh: '已被替代', en: 'Superseded', closed: true },
    withdrawn: { zh: '已停用', en: 'Withdrawn', closed: true },
    discarded: { zh: '已放弃', en: 'Discarded', closed: true },
  },
  readers: [...overseers],
  columns: ['matter', 'version', 'publishedOn'],
  documents: { form: { zh: 'XLSForm 原件', en: 'The XLSForm' } },
  actions: {
    draft: on({
      label: { zh: '起草', en: 'Draft' },
      from: null,
      to: 'drafted',
      by: [...arrangers, 'inspector'],
      basis: enterpriseInspections,
      input: Draft,
      check: checkDraft,
      run: async (_row: ChecklistRow, input, act) => ({ version: await versionOf(input, act) }),
    }),
    redraft: on({
      label: { zh: '修改', en: 'Change' },
      from: 'drafted',
      to: 'same',
      by: [...arrangers, 'inspector'],
      aside: true,
      basis: enterpriseInspections,
      input: Redraft,
      check: (_row: ChecklistRow, input) => checkItems(input.items),
    }),
    review: on({
      label: { zh: '审核通过', en: 'Pass the review' },
      from: 'drafted',
      to: 'reviewed',
      by: ['organiser', 'inspector', 'section-chief'],
      basis: enterpriseInspections,
      input: Review,
      notBy: [{ actions: ['draft', 'redraft'], same: 'person' }],
      when: checkClauses,
    }),
    sendBack: on({
      label: { zh: '退回修改', en: 'Send back' },
      from: 'reviewed',
      to: 'drafted',
      by: ['section-chief'],
      aside: true,
      basis: enterpriseInspections,
      input: Reason,
    }),
    publish: on({
      label: { zh: '启用', en: 'Put in force' },
      from: 'reviewed',
      to: 'published',
      by: ['section-chief'],
      basis: enterpriseInspections,
      notBy: [{ actions: ['draft', 'redraft'], same: 'person' }],
      run: publish,
    }),
    supersede: on({
      label: { zh: '被替代', en: 'Supersede' },
      from: 'published',
      to: 'superseded',
      by: ['section-chief'],
      aside: true,
      basis: enterpriseInspections,
      check: async (row: ChecklistRow, _input, act) => {
        const [next] = await act.sql.query(
          `select 1 from inspections.checklist where code = $1 and version > $2 and office = $3 and state in ('reviewed', 'published')`,
          [row.code, row.version, row.office],
        );
        return next !== undefined || refuse('no-next-version', '没有新版本。', 'There is no next version.');
      },
    }),
    withdraw: on({
      label: { zh: '停用', en: 'Withdraw' },
      from: 'published',
      to: 'withdrawn',
      by: ['section-chief'],
      aside: true,
      danger: true,
      basis: enterpriseInspections,
      input: Reason,
    }),
    discard: on({
      label: { zh: '放弃', en: 'Discard' },
      from: ['drafted', 'reviewed'],
      to: 'discarded',
      by: [...arrangers, 'inspector', 'section-chief'],
      aside: true,
      basis: enterpriseInspections,
      input: Reason,
    }),
  },
});
