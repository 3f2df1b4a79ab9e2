import { lifecycle, on } from '@hengjian/kernel';
import {
  assignTargets,
  checkApproval,
  checkTargets,
  ReasonInput,
  settleTargets,
  TargetingInput,
  targetingPaper,
} from './actions.ts';
import { Targeting } from './entity.ts';

/** 定向名单: written with its ground, signed, then one task for each firm. */
export const targetingLifecycle = lifecycle(Targeting, {
  editions: [
    {
      name: 'O18-2020',
      basis: '总局令第18号第八条第三款；总局令第15号第八条第三款、第十六条',
      inForce: '2020-01-01',
    },
  ],
  states: {
    drafted: { zh: '拟定中', en: 'Drafted' },
    assigned: { zh: '已下达', en: 'Assigned', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
  },
  readers: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['productName', 'planKind', 'dueOn', 'assignedOn'],
  documents: { list: { zh: '定向抽样名单', en: 'List of named firms', paper: targetingPaper } },
  actions: {
    draft: on({
      label: { zh: '拟定', en: 'Draft' },
      from: null,
      to: 'drafted',
      by: ['planner', 'organiser'],
      basis: '总局令第18号第八条第三款；总局令第15号第八条第三款',
      input: TargetingInput,
      check: checkTargets,
      run: settleTargets,
    }),
    submit: on({
      label: { zh: '报批下达', en: 'Submit and assign' },
      from: 'drafted',
      to: 'assigned',
      by: ['planner', 'organiser'],
      basis: '总局令第18号第八条第三款、第十五条',
      approval: ['section-chief'],
      papers: ['list'],
      check: checkApproval,
      run: assignTargets,
    }),
    withdraw: on({
      label: { zh: '撤回', en: 'Withdraw' },
      from: 'drafted',
      to: 'withdrawn',
      by: ['planner', 'organiser'],
      aside: true,
      danger: true,
      basis: '总局令第18号第十五条',
      input: ReasonInput,
    }),
  },
});
