import { lifecycle, on } from '@hengjian/kernel';
import {
  absorb, absorbInput, amendAs, amendInput, checkFacts, checkSurvivor, checkUnused, closeInput, correct, correctInput, followInput,
  merge, mergeInput, reasonInput, register, registerInput, reopenInput,
} from './actions.ts';
import { Enterprise, type EnterpriseRow, factNames } from './entity.ts';
import { readers } from './reading.ts';

const order112 = '《组织机构统一社会信用代码管理办法》（市场监管总局令第112号）';
const inForce = ['registered', 'closed'] as const;

/** 经营主体: entered, changed with history, closed, merged. Nothing is deleted. */
export const enterpriseLifecycle = lifecycle(Enterprise, {
  editions: [
    { name: 'before-2026', basis: '主体库管理制度', inForce: '2000-01-01', until: '2026-02-01' },
    { name: '2026', basis: order112, inForce: '2026-02-01' },
  ],
  states: {
    registered: { zh: '在册', en: 'Registered' },
    closed: { zh: '已退出', en: 'Closed down' },
    merged: { zh: '已并入他户', en: 'Merged', closed: true },
    voided: { zh: '已作废', en: 'Void', closed: true },
  },
  readers,
  ingestible: ['registered'],
  columns: ['creditCode', 'kind', 'region', 'address', 'status'],
  documents: { evidence: { zh: '依据材料', en: 'Evidence' } },
  parties: {
    itself: { label: { zh: '企业本身', en: 'The enterprise' }, of: (row: EnterpriseRow) => [`org:${row.id}`], sees: [...factNames, 'source', 'effectiveOn'], from: 'registered' },
  },
  actions: {
    register: on({
      label: { zh: '登记', en: 'Register' }, from: null, to: 'registered', by: ['data-steward', 'planner', 'organiser', 'sampler', 'result-handler', 'system'],
      basis: `${order112}第三条`, input: registerInput, check: checkFacts, run: register,
    }),
    amend: on({
      label: { zh: '变更', en: 'Amend' }, from: inForce, to: 'same', by: ['data-steward', 'organiser', 'result-handler'], aside: true,
      basis: '主体库管理制度：变化注明起始日和依据', input: amendInput, check: checkFacts, run: amendAs('amend'),
    }),
    correct: on({
      label: { zh: '更正', en: 'Correct' }, from: inForce, to: 'same', by: ['data-steward'], aside: true,
      basis: '主体库管理制度：登记错误的更正', input: correctInput, check: checkFacts, run: correct,
    }),
    follow: on({
      label: { zh: '按来源更新', en: 'Follow the source' }, from: inForce, to: 'same', by: ['data-steward', 'system'], aside: true,
      basis: '主体库管理制度：登记资料的定期更新', input: followInput, run: amendAs('follow'),
    }),
    close: on({
      label: { zh: '退出', en: 'Close down' }, from: 'registered', to: 'closed', by: ['data-steward', 'result-handler'], aside: true, danger: true,
      basis: '主体库管理制度：注销、关闭、迁出', input: closeInput, check: checkFacts, run: amendAs('close'),
    }),
    reopen: on({
      label: { zh: '恢复在册', en: 'Reopen' }, from: 'closed', to: 'registered', by: ['data-steward'], aside: true,
      basis: '主体库管理制度：恢复经营', input: reopenInput, check: checkFacts, run: amendAs('reopen'),
    }),
    merge: on({
      label: { zh: '并入他户', en: 'Merge' }, from: inForce, to: 'merged', by: ['data-steward'], aside: true, danger: true,
      basis: `${order112}第三条：一个主体一个代码`, input: mergeInput, check: checkSurvivor, run: merge,
    }),
    absorb: on({
      label: { zh: '并入重复登记', en: 'Take over a duplicate' }, from: inForce, to: 'same', by: ['system'], aside: true,
      basis: `${order112}第三条：一个主体一个代码`, input: absorbInput, run: absorb,
    }),
    void: on({
      label: { zh: '作废', en: 'Void' }, from: inForce, to: 'voided', by: ['data-steward'], aside: true, danger: true,
      basis: '主体库管理制度：登记错误的作废', input: reasonInput, check: checkUnused,
    }),
  },
});
