import { Problem, query } from '@hengjian/kernel';
import { z } from 'zod';
import { readBundle } from '../draw/publication.ts';

/** inspections.draw-bundle: the file by which anybody repeats the draw; from the public record alone. */
export const drawBundle = query({
  name: 'inspections.draw-bundle',
  label: { zh: '双随机抽取验证文件', en: 'Bundle of a draw of inspections' },
  roles: ['public', 'planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'],
  input: z.object({ draw: z.uuid() }),
  answer: async ({ draw }, { sql }) => {
    const bundle = await readBundle(sql, draw);
    if (bundle === undefined)
      throw new Problem(
        404,
        'draw-unknown',
        '没有这次抽取，或者尚未公布。',
        'There is no such draw, or it is not public yet.',
      );
    return bundle;
  },
});
