import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import fastify from 'fastify';
import { expect, it } from 'vitest';
import { installProblems } from './problems.ts';

/** Linux keeps a disk that is always full. */
const full = '/dev/full';

it.skipIf(!existsSync(full))(
  'a photograph that finds the disk full is refused with a sentence, and the server goes on',
  async () => {
    const app = fastify();
    installProblems(app);
    app.post('/photographs', () => writeFile(full, Buffer.alloc(65_536)));
    app.get('/', async () => 'still here');
    const refused = await app.inject({ method: 'POST', url: '/photographs' });
    expect([refused.statusCode, refused.json()]).toMatchObject([507, { code: 'disk-full' }]);
    expect(refused.json().detail).toContain('没有写入任何内容');
    expect((await app.inject('/')).body).toBe('still here');
    await app.close();
  },
);
