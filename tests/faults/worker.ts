/** The child process of the job tests: works on jobs until it is killed. Told: FOLDER [DATABASE_URL]. */
import { writeSync } from 'node:fs';
import { enterpriseImports } from '../../apps/server/src/jobs/import-enterprises.ts';
import { createJobs, type JobKind } from '../../apps/server/src/jobs/jobs.ts';
import { openPlatform } from '../../apps/server/src/platform.ts';

const [folder, databaseUrl] = process.argv.slice(2);
const platform = await openPlatform({ folder: folder!, databaseUrl });
const imports = enterpriseImports(platform, { rowsAtOnce: 40 });
const told: JobKind = {
  ...imports,
  run: (job, actor, control) =>
    imports.run(job, actor, {
      ...control,
      progress(done, total, checkpoint) {
        writeSync(1, `${done}\n`);
        control.progress(done, total, checkpoint);
      },
    }),
};
createJobs(platform, { 'subjects.enterprise': told }, { leaseSeconds: 3, everyMilliseconds: 100 }).start();
