import { publicationOf } from '@hengjian/cases';
import { flow } from '@hengjian/kernel';

/** A penalty decision → its public version, redacted and waiting for the officer who publishes it (order 45 arts 2–9). */
export const penaltyDecidedToPublication = flow({
  name: 'penalty-decided-to-publication',
  on: [{ entity: 'cases.case', action: 'decide' }],
  sends: [{ entity: 'cases.publication', action: 'prepare' }],
  owner: 'section-chief',
  decide: async ({ record, office }, sql) => {
    const [bureau] = await sql.query<{ zh: string }>(
      `select b.zh from kernel.office o join kernel.office b on b.code = any(o.place) and b.kind = 'bureau'
       where o.code = $1 order by cardinality(b.place) desc limit 1`,
      [office],
    );
    const input = await publicationOf(sql, record, bureau?.zh ?? office);
    return input === undefined ? [] : [{ entity: 'cases.publication', action: 'prepare', office, input }];
  },
});
