import { flow } from '@hengjian/kernel';

interface Sealed {
  regime: string;
  channel: string;
  enterprise: string;
  enterprise_name: string;
  sample_name: string;
  spare_quantity: number;
  sample_unit: string;
  unit_price: string | null;
  sampled_on: string;
  seal: string;
  spare_kept_at: 'firm' | 'laboratory';
  lab: { id: string; name: string };
  shelf_life_until: string | null;
}

/** A sample was sealed → its spare or back-up sample is kept, by whom the sheet says (order 18 arts 22–24, 27; order 15 arts 17, 22). */
export const sampleSealedToKept = flow({
  name: 'sample-sealed-to-kept',
  on: ['sample', 'takeFromLedger'].map((action) => ({ entity: 'sampling.task', action })),
  sends: [{ entity: 'sampling.kept-sample', action: 'keep' }],
  owner: 'organiser',
  decide: async ({ record, office }, sql) => {
    const [task] = await sql.query<Sealed>(
      `select regime, channel, enterprise, enterprise_name, sample_name, spare_quantity, sample_unit, unit_price::text, sampled_on, seal,
         spare_kept_at, lab, shelf_life_until
       from sampling.task t where id = $1 and sampled_on is not null and spare_quantity > 0
         and not exists (select from sampling.kept_sample k where k.task = t.id and k.sealed_on = t.sampled_on)`,
      [record],
    );
    if (task === undefined) return [];
    const kind = task.regime === 'food' ? 'backup' : task.channel === 'online' ? 'spare-bought' : 'spare';
    return [
      {
        entity: 'sampling.kept-sample',
        action: 'keep',
        office,
        parent: record,
        input: {
          task: record,
          kind,
          enterprise: task.enterprise,
          enterpriseName: task.enterprise_name,
          sampleName: task.sample_name,
          quantity: task.spare_quantity,
          unit: task.sample_unit,
          unitPrice: task.unit_price,
          sealedOn: task.sampled_on,
          seal: task.seal,
          keeper: task.spare_kept_at,
          keeperName: task.spare_kept_at === 'firm' ? task.enterprise_name : task.lab.name,
          lab: task.lab,
          shelfLifeUntil: task.shelf_life_until,
        },
      },
    ];
  },
});
