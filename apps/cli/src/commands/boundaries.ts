import { readFile } from 'node:fs/promises';
import { Problem } from '@hengjian/kernel';
import type { Command as Program } from 'commander';
import { makeBoundaries, type Outlines } from '../../../server/src/boundaries/convert.ts';
import { keepBoundaries } from '../../../server/src/boundaries/store.ts';
import type { Context } from '../context.ts';

async function readCollection(file: string): Promise<Outlines> {
  const read: unknown = JSON.parse(await readFile(file, 'utf8'));
  if ((read as Outlines).type !== 'FeatureCollection')
    throw new Problem(
      422,
      'not-geojson',
      `${file} 不是 GeoJSON 要素集合。`,
      `${file} is no GeoJSON FeatureCollection.`,
    );
  return read as Outlines;
}

/** `boundaries`: takes in the outlines of a province's counties, from which the leader's map is drawn. */
export function addBoundariesCommand(program: Program, { terminal, installation }: Context): void {
  const { say } = terminal;
  program
    .command('boundaries <files...>')
    .description(
      say(
        '导入一个省的县级界线（GeoJSON），供地图使用',
        "take in the outlines of a province's counties (GeoJSON) for maps",
      ),
    )
    .requiredOption('--province <code>', say('省级代码，如 430000', 'code of the province, 430000'))
    .requiredOption('--source <text>', say('来源，显示在地图下方', 'where they come from; stands under the map'))
    .option(
      '--approval <number>',
      say(
        '标准地图的审图号；没有的，地图只供内部使用',
        'number of the approved map; without it maps stay inside the house',
      ),
    )
    .option(
      '--renamed <old=new...>',
      say('改过的代码，如 430521=430582', 'codes that have changed since: 430521=430582'),
      [] as string[],
    )
    .action(
      async (
        files: string[],
        {
          province,
          source,
          approval,
          renamed,
        }: { province: string; source: string; approval?: string; renamed: string[] },
      ) => {
        const { boundaries, missing, unknown } = makeBoundaries(
          await Promise.all(files.map(readCollection)),
          province,
          { source, approval: approval ?? null },
          new Map(renamed.map((pair) => pair.split('=') as [string, string])),
        );
        const bytes = await keepBoundaries(installation.configuration().folder, boundaries);
        const { city, county } = boundaries.topology.objects;
        const counts = [city.geometries.length, county.geometries.length] as const;
        terminal.out(
          `${say(`已导入 ${counts[0]} 个市、${counts[1]} 个县的界线，${bytes} 字节。`, `${counts[0]} cities and ${counts[1]} counties, ${bytes} bytes.`)}\n`,
        );
        if (missing.length > 0)
          terminal.err(`${say('文件中没有的县：', 'Counties not in the files: ')}${missing.join(', ')}\n`);
        if (unknown.length > 0) terminal.err(`${say('不认识的代码：', 'Codes not known: ')}${unknown.join(', ')}\n`);
      },
    );
}
