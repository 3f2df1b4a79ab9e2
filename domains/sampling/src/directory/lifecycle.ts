import { type Act, field, lifecycle, on, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { DirectoryEntry, type DirectoryRow, directoryBases, directoryRoles, makingStates } from './entity.ts';

const status = field.choice('生产经营状况', makingStates, { en: 'Status' });
const checkedOn = field.date('核查日期', { en: 'Checked on' });
const creditClass = optional(
  field.choice('信用风险分类', { A: 'A', B: 'B', C: 'C', D: 'D' }, { en: 'Credit-risk class' }),
);
const note = optional(field.longText('说明', { en: 'Remark', max: 2000 }));

const EnterInput = z.strictObject({
  enterprise: field.identifier('企业', { en: 'Firm' }),
  enterpriseName: field.text('企业名称', { en: 'Name of firm' }),
  product: field.text('产品分类代码', { en: 'Product class', max: 40 }),
  productName: field.text('产品名称', { en: 'Product' }),
  role: optional(
    field.choice('角色', directoryRoles, { en: 'Role', help: { zh: '不填为生产者。', en: 'Producer when left out.' } }),
  ),
  address: optional(field.text('经营地址', { en: 'Place of business', max: 300 })),
  platform: optional(field.text('所在平台', { en: 'Platform' })),
  basis: field.choice('列入依据', directoryBases, { en: 'Basis' }),
  reference: optional(field.text('许可、认证或批次编号', { en: 'Number of licence, certificate or batch' })),
  status,
  checkedOn,
  pastFailures: optional(field.integer('历次不合格', { en: 'Failures so far' })),
  creditClass,
  note,
});
const VerifyInput = z.strictObject({ status, checkedOn, creditClass, note });

const checkDate = (_row: DirectoryRow, input: { checkedOn: string }, act: Act): true | Refusal =>
  input.checkedOn <= act.occurredOn ||
  refuse('checked-in-future', '核查日期不能晚于今天。', 'It cannot have been checked in the future.', 'checkedOn');

function checkEntry(row: DirectoryRow, input: z.infer<typeof EnterInput>, act: Act): true | Refusal {
  if (input.role === 'online-shop' && !input.platform)
    return refuse(
      'platform-missing',
      '网店须填写所在平台。',
      'An online shop stands on a platform: name it.',
      'platform',
    );
  return checkDate(row, input, act);
}

/** 名录: entered, verified again and again; the state is the firm's own, the date of the last look says how fresh it is. */
export const directoryLifecycle = lifecycle(DirectoryEntry, {
  editions: [
    {
      name: 'O18-2020',
      basis: '总局令第18号第十五条；《市场监管领域双随机、一公开监管工作制度》',
      inForce: '2020-01-01',
    },
  ],
  states: {
    making: makingStates.making,
    stopped: makingStates.stopped,
    moved: makingStates.moved,
    closed: { ...makingStates.closed, closed: true },
  },
  readers: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor', 'data-steward', 'result-handler'],
  ingestible: ['making', 'stopped', 'moved'],
  columns: ['enterpriseName', 'productName', 'role', 'basis', 'checkedOn'],
  actions: {
    enter: on({
      label: { zh: '列入名录', en: 'Enter' },
      from: null,
      to: ['making', 'stopped', 'moved', 'closed'],
      by: ['planner', 'organiser', 'data-steward', 'result-handler', 'system'],
      basis: '总局令第18号第十五条',
      input: EnterInput,
      check: checkEntry,
      run: (_row: DirectoryRow, input) => ({
        role: input.role ?? 'producer',
        pastFailures: input.pastFailures ?? 0,
        to: input.status,
      }),
    }),
    verify: on({
      label: { zh: '核查', en: 'Verify' },
      from: ['making', 'stopped', 'moved'],
      to: ['making', 'stopped', 'moved', 'closed'],
      by: ['planner', 'organiser', 'data-steward', 'result-handler'],
      basis: '总局令第18号第十五条',
      aside: true,
      input: VerifyInput,
      check: checkDate,
      run: (_row: DirectoryRow, input) => ({ to: input.status }),
    }),
    recordFailure: on({
      label: { zh: '记入不合格', en: 'Record a failure' },
      from: ['making', 'stopped', 'moved'],
      to: 'same',
      by: ['organiser', 'system'],
      aside: true,
      basis: '总局令第18号第五条（汇总、分析监督抽查信息）',
      input: z.strictObject({
        concludedOn: field.date('结论生效日期', { en: 'Final on' }),
        task: field.identifier('抽样任务', { en: 'Task' }),
      }),
      reserves: (row: DirectoryRow, input) => [
        {
          key: `sampling.directory:${row.id}:${input.task}`,
          refusal: refuse(
            'failure-recorded',
            '这项任务的不合格已经记入。',
            'The failure of this task has been recorded.',
          ),
        },
      ],
      run: (row: DirectoryRow) => ({ pastFailures: row.pastFailures + 1 }),
    }),
  },
});
