/** The least that could stand in for the platform at its start: the same embedded database in a folder, and one page. */
import { createServer } from 'node:http';
import { PGlite } from '@electric-sql/pglite';

const database = await PGlite.create({ dataDir: process.env.HENGJIAN_DATA! });
const server = createServer(async (_request, response) => {
  const { rows } = await database.query<{ now: Date }>('select now() as now');
  response.setHeader('content-type', 'text/html').end(`<!doctype html><title>${rows[0]!.now.toISOString()}</title>`);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`ready: http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
});
process.on('SIGTERM', async () => {
  server.close();
  await database.close();
  process.exit(0);
});
