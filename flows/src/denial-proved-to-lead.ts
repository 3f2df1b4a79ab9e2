import { dayInChina, flow } from '@hengjian/kernel';
import { clauseOf } from '@hengjian/sampling';

/** The labelled producer proved that the goods are not his → a lead on counterfeits at the place where they were found (practice M8). */
export const denialProvedToLead = flow({
  name: 'denial-proved-to-lead',
  on: ['decideDenial', 'recordDenial'].map((action) => ({ entity: 'sampling.task', action })),
  sends: [{ entity: 'sampling.follow-up', action: 'open' }],
  owner: 'organiser',
  decide: async ({ record, office, occurredAt, input }, sql) => {
    if (input.denial !== 'proved') return [];
    const [task] = await sql.query<{
      enterprise: string;
      name: string;
      code: string | null;
      region: string;
      product: string;
      producer: string | null;
    }>(
      `select enterprise, enterprise_name as name, enterprise_code as code, enterprise_region as region, product_name as product,
         labelled_producer ->> 'name' as producer from sampling.task where id = $1`,
      [record],
    );
    if (task === undefined) return [];
    const { enterprise, name, code, region, product, producer } = task;
    const opening = {
      task: record,
      kind: 'lead',
      subjectId: enterprise,
      subjectName: name,
      subjectCode: code,
      region,
      productName: product,
      ground: `标称生产者${producer ?? ''}否认并经认定成立，涉嫌销售冒用他人厂名厂址的产品。`,
      clause: clauseOf('lead'),
      startedOn: dayInChina(occurredAt),
    };
    return [{ entity: 'sampling.follow-up', action: 'open', office, parent: record, input: opening }];
  },
});
