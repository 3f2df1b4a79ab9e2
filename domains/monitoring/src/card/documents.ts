import type { Act, Paper } from '@hengjian/kernel';
import { findRule } from '../rules/declaration.ts';
import { type CardRow, findings, levels } from './entity.ts';

const facts = (row: CardRow): [string, string | null][] => [
  ['监察规则', findRule(row.rule)?.zh ?? row.rule],
  ['等级', levels[row.level].zh],
  ['发现日期', row.foundOn],
  ['承办人', row.officerName ?? null],
  ['依据', row.basis],
];

/** 监察督办单: what was found and what is asked until when. */
export const orderPaper = (row: CardRow, act: Act): Paper => ({
  template: 'monitoring-order',
  title: '监察督办单',
  content: {
    to: act.offices.get(row.office)?.label.zh ?? row.office,
    facts: [...facts(row), ['回复期限', row.deadline ?? null]],
    paragraphs: [row.facts, row.demand ?? '', '逾期不回复的，按督查制度处理；对本单有异议的，可以申辩。'],
  },
});

/** 监察结论书: how a card ended. */
export const conclusionPaper = (row: CardRow, act: Act): Paper => ({
  template: 'monitoring-conclusion',
  title: row.state === 'struck' ? '撤销监察牌决定书' : '监察结论书',
  content: {
    to: act.offices.get(row.office)?.label.zh ?? row.office,
    facts: [...facts(row), ['结论', row.state === 'struck' ? '撤销' : row.finding ? findings[row.finding].zh : null]],
    paragraphs: [
      row.facts,
      row.reply ? `承办机关说明：${row.reply}` : '',
      row.state === 'struck' ? `理由：${row.reason ?? ''}` : (row.opinion ?? ''),
    ],
  },
});
