import { dayInChina, flow } from '@hengjian/kernel';
import { clauseOf, findAuthorityCode } from '@hengjian/sampling';

interface Found {
  enterprise: string;
  name: string;
  code: string | null;
  region: string;
  product_name: string;
  state: string;
  unsampled_reason: string | null;
  offence: string | null;
  instant_report: string | null;
  producer: { name: string; code?: string | null; region?: string | null; enterprise?: string | null } | null;
  channel: string | null;
}

/**
 * Refused, or plainly unlawful without a test → a lead on who is at fault, from the day it was found, and at the same time the report
 * to the county where he is (order 18 arts 17, 21, 30; order 2 art. 18).
 */
export const offenceFoundToLead = flow({
  name: 'offence-found-to-lead',
  on: ['notSampled', 'terminate', 'stopTest'].map((action) => ({ entity: 'sampling.task', action })),
  sends: [
    { entity: 'sampling.follow-up', action: 'open' },
    { entity: 'kernel.handover', action: 'send' },
  ],
  owner: 'organiser',
  decide: async ({ record, office, occurredAt }, sql) => {
    const [found] = await sql.query<Found>(
      `select enterprise, enterprise_name as name, enterprise_code as code, enterprise_region as region, product_name, state, unsampled_reason,
         offence, instant_report, labelled_producer as producer, channel from sampling.task where id = $1`,
      [record],
    );
    const offends =
      found !== undefined &&
      (found.unsampled_reason === 'refused' || (found.offence !== null && found.offence !== 'impossible'));
    if (!offends) return [];
    // A missing licence found in the laboratory is the maker's (art. 30), everything found on the spot the firm's
    const maker = found.state === 'test-stopped' && found.channel !== 'producer' ? found.producer : null;
    const subject = maker
      ? {
          subjectId: maker.enterprise ?? null,
          subjectName: maker.name,
          subjectCode: maker.code ?? null,
          region: maker.region ?? null,
        }
      : { subjectId: found.enterprise, subjectName: found.name, subjectCode: found.code, region: found.region };
    const input = {
      ...subject,
      task: record,
      kind: 'lead',
      productName: found.product_name,
      ground: found.instant_report ?? '阻碍、拒绝监督抽查',
      clause: clauseOf('lead'),
      startedOn: dayInChina(occurredAt),
    };
    const lead = { entity: 'sampling.follow-up', action: 'open', office, parent: record, input };
    const county = subject.region === null ? undefined : await findAuthorityCode(sql, subject.region);
    if (county === undefined || county === office) return [lead];
    const report = { target: record, toOffice: county, purpose: input.ground, kind: 'notification' };
    return [lead, { entity: 'kernel.handover', action: 'send', office, parent: record, input: report }];
  },
});
