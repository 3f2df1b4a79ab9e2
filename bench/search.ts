import { registerColumns, searchRecords } from '@hengjian/reading';
import { searchQuery } from '../kernel/src/words.ts';
import { connectOwner, openCluster } from './cluster.ts';
import { firmOf, openCorpus } from './corpus.ts';
import { openBench } from './platform.ts';
import { type Cell, measureCell, openReaders, plainPool, summary, withVisible } from './reading.ts';

/** What people type into the one box. */
export const cases: Record<string, (firm: number) => string> = {
  wholeName: (firm) => firmOf(firm).name,
  tradeName: (firm) =>
    firmOf(firm)
      .name.replace(/^.*?(?:区|县|市)/, '')
      .slice(0, 2),
  commonWord: () => '有限公司',
  usualWord: () => '电线电缆',
  initials: (firm) => firmOf(firm).initials.slice(0, 7),
  fewInitials: (firm) => firmOf(firm).initials.slice(0, 2),
  code: (firm) => firmOf(firm).code,
  officialNumber: (firm) => `湘市监检〔2024〕${600_000 + firm}号`,
  nothing: () => '龘龖齉爩',
};

/** The one box for everything under row security, beside the same search as a statement of the owner. */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const cluster = await openCluster();
  try {
    const url = await openCorpus(cluster, quick);
    const platform = await openBench(url, 8);
    const plain = plainPool(url);
    const meter = await connectOwner(url);
    try {
      const cells: Cell[] = [];
      for (const reader of await openReaders(platform, quick))
        for (const name of Object.keys(cases)) {
          const typed = reader.firms.map((firm) => cases[name]!(firm));
          const statements = typed.map((text, client) =>
            withVisible(
              {
                text: `select ${registerColumns} from kernel.record r where r.words @@ $1::tsquery order by r.updated_at desc limit 200`,
                values: [searchQuery(text)],
              },
              reader.actors[client]!,
            ),
          );
          const through = async (client: number): Promise<string[]> => {
            const { claim } = reader.actors[client]!;
            const groups = await platform.database.transaction('hengjian_app', claim, (sql) =>
              searchRecords(platform, sql, typed[client]!),
            );
            return groups.slice(0, 1).map(({ rows }) => rows[0]!.id);
          };
          // How many of a kind are shown is the kernel's affair; the newest of all must be the same.
          const straight = async (client: number): Promise<string[]> =>
            (await plain.run(statements[client]!)).slice(0, 1).map(({ id }) => id as string);
          cells.push(await measureCell({ reader: reader.name, case: name }, meter, 40, through, straight));
        }
      return summary(cells);
    } finally {
      await meter.end();
      await plain.close();
      await platform.close();
    }
  } finally {
    await cluster.stop();
  }
}
