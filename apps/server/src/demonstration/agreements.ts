import type { Laboratory } from './campaign.ts';
import { later, type OfficeWork } from './office-work.ts';

const planner = 'planner.430000';

/** Agreements with every body of the demonstration and the prices of the province, before the first campaign. */
export async function signAgreements(work: OfficeWork, bodies: readonly Laboratory[], day: string): Promise<void> {
  work.on(day);
  const { record: catalogue } = await work.act(work.who(planner), 'sampling.cost-catalogue', 'draft', {
    name: '监督抽查成本核算指导目录（演示）',
    document: '演示资料，金额不作为任何依据',
    effectiveFrom: day,
    lines: [
      { kind: 'sampling', amount: '600.00', per: 'batch' },
      { kind: 'testing', amount: '1500.00', per: 'batch' },
      { kind: 'carriage', amount: '150.00', per: 'batch' },
    ],
  });
  await work.approve(work.who(planner), 'sampling.cost-catalogue', 'submit', catalogue);
  for (const [index, { id, name }] of bodies.entries()) {
    const { record } = await work.act(work.who(planner), 'sampling.entrustment', 'draft', {
      body: { id, name },
      kind: 'procured',
      procurement: `湘财采演〔${day.slice(0, 4)}〕${index + 1}号`,
      agreementNumber: `演协${String(index + 1).padStart(3, '0')}`,
      signedOn: day,
      validFrom: day,
      validUntil: later(day, 1_825),
      work: ['sampling', 'testing', 'retest'],
      products: [],
      ceiling: '5000000.00',
      prices: [{ kind: 'testing', amount: '1350.00', per: 'batch' }],
      qualification: `CMA演示${String(index + 1).padStart(3, '0')}`,
      qualifiedUntil: later(day, 2_190),
      duties: '按任务书、实施细则抽样检验，按时报送，保守秘密。',
      liability: '违约的按协议扣减费用，情节严重的终止协议。',
    });
    await work.approve(work.who(planner), 'sampling.entrustment', 'submit', record);
  }
}
