import type { Act, Paper } from '@hengjian/kernel';
import { conclusions } from '../task/items.ts';
import { resultsOf } from '../task/results.ts';
import { grounds, type ObjectionRow, outcomes, spareFates } from './entity.ts';

const about = (row: ObjectionRow) => ({ to: row.applicant.name, sample: row.sampleName, filedOn: row.filedOn });

/** 复检通知书: what to do in seven days, and what happens otherwise (order 18 art. 38). */
export const retestNotice = (row: ObjectionRow): Paper => ({
  template: 'retest-notice',
  title: '复检通知书',
  content: {
    ...about(row),
    items: row.contested ?? [],
    term: '自收到本通知之日起七日内办理复检手续，先行支付复检费用；逾期未办理的，视为放弃复检（第三十八条、第四十三条）。',
  },
});

/** 复检委托书 to the laboratory named (order 18 art. 39). */
export const retestOrder = (row: ObjectionRow): Paper => ({
  template: 'retest-order',
  title: '复检委托书',
  content: {
    laboratory: row.retestLab!.name,
    sample: row.sampleName,
    spareKeptAt: row.spareKeptAt === 'firm' ? row.applicant.name : row.firstLab.name,
    items: row.items.filter(({ item }) => row.contested?.includes(item)),
    exception: row.onlyLabReason ?? null,
    until: row.retestDueOn,
  },
});

/** 复检报告: the contested items alone, judged as the first time (order 18 art. 42). */
export async function retestReport(row: ObjectionRow, act: Act): Promise<Paper> {
  const results = await resultsOf(act.sql, row.id);
  return {
    template: 'retest-report',
    title: '复检报告',
    content: {
      laboratory: row.retestLab!.name,
      reportNumber: row.retestReport,
      sample: row.sampleName,
      spareState: row.spareState,
      items: results.map(({ item, value, unit, verdict, judgement }) => {
        const first = row.firstVerdicts.find((found) => found.item === item);
        return {
          item,
          result: value,
          unit,
          verdict,
          first: first?.value ?? null,
          steps: judgement.steps.map(({ zh }) => zh),
        };
      }),
      conclusion: conclusions[row.retestConclusion!].zh,
      signatory: act.actor.name,
    },
  };
}

/** 处理结论告知书: the answer to the applicant, the fee and the spare sample settled (order 18 arts 37, 42, 43). */
export const answer = (row: ObjectionRow): Paper => ({
  template: 'objection-answer',
  title: row.retestConclusion ? '复检结论告知书' : '异议处理结论告知书',
  content: {
    ...about(row),
    ground: row.ground ? grounds[row.ground].zh : null,
    decision: row.decision ?? null,
    decisionReason: row.decisionReason ?? null,
    refusalReason: row.refusalReason ?? null,
    spareFate: row.spareFate ? spareFates[row.spareFate].zh : null,
    retestConclusion: row.retestConclusion ? conclusions[row.retestConclusion].zh : null,
    outcome: outcomes[row.outcome ?? 'stands'].zh,
    fee: row.retestFee ?? null,
    feeBearer: row.feeBearer ?? null,
    sparePayment: row.sparePayment ?? null,
    remedy: row.retestConclusion ? '复检结论为最终结论（第四十二条）。' : null,
  },
});
