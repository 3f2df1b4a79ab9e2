import { Decimal } from 'decimal.js';
import type { Design } from './rules.ts';

const percent = (probability: number): string =>
  `${new Decimal(probability).times(100).toDecimalPlaces(2).toString()}%`;

/** The design in words that go on paper. It says what the sample can tell and asks for no other sample. */
export function designStatement(design: Omit<Design, 'statement'>): { zh: string; en: string } {
  const { n, c, clause, producerRisk, consumerRisk, power, coverage, cost } = design;
  const tenth = power.find(({ p }) => p === 0.1)!.detect;
  const zh = [
    `每批检验 ${n} 件，不合格品数不超过 ${c} 件的，该批未发现不合格。依据：${clause}。`,
    `批不合格品率为 ${percent(producerRisk.p)} 时，被判不合格的概率为 ${percent(producerRisk.risk)}；`,
    `为 ${percent(consumerRisk.p)} 时，未被发现的概率为 ${percent(consumerRisk.risk)}；为 10% 时，发现的概率为 ${percent(tenth)}。`,
  ];
  const en = [
    `${n} units of a batch are tested; the batch passes with at most ${c} nonconforming. Basis: ${clause}.`,
    ` A batch with ${percent(producerRisk.p)} nonconforming fails with probability ${percent(producerRisk.risk)};`,
    ` one with ${percent(consumerRisk.p)} passes with probability ${percent(consumerRisk.risk)}; one with 10% is found out with probability ${percent(tenth)}.`,
  ];
  if (coverage !== null) {
    const twentieth = coverage.detect.find(({ p }) => p === 0.05)!.detect;
    const { low, high } = coverage.interval;
    zh.push(
      `共 ${coverage.population} 家企业，抽 ${coverage.batches} 批次；若 5% 的企业产品不合格，至少抽到一家的概率为 ${percent(twentieth)}；`,
      `若抽查不合格率为 10%，其 95% 置信区间约为 ${percent(low)}～${percent(high)}。`,
    );
    en.push(
      ` ${coverage.batches} batches from ${coverage.population} firms; if 5% of the firms fail, at least one is drawn with probability ${percent(twentieth)};`,
      ` a failure rate of 10% would be known to within ${percent(low)} to ${percent(high)} (95 %).`,
    );
  }
  zh.push(`每批费用 ${cost.perBatch} 元，合计 ${cost.total} 元。`);
  en.push(` Cost: ${cost.perBatch} yuan a batch, ${cost.total} yuan in all.`);
  return { zh: zh.join(''), en: en.join('') };
}
