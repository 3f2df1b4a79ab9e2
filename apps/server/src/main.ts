import { carelessness, readConfiguration, unknownVariables } from './config.ts';
import { createStoryClock, storyRoutes } from './demonstration/clock.ts';
import { demonstrationPeople } from './demonstration/people.ts';
import { seedDemonstration } from './demonstration/seed.ts';
import { buildFrontEnds, frontEndFolders } from './front-ends.ts';
import { createApp } from './http/app.ts';
import { openPlatform, secretOf } from './platform.ts';
import { enterPractice } from './practice.ts';
import { createSignIn } from './sign-in/index.ts';
import { signingOf } from './signing.ts';

const started = performance.now();
const say = (line: string): void =>
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s  ${line}`);

const configuration = readConfiguration(process.env);
for (const name of unknownVariables(process.env)) say(`${name} is no variable of the platform; is it misspelt?`);
for (const { en } of carelessness(configuration)) say(en);
enterPractice(configuration.folder, configuration.practice);
if (configuration.practice) say(`practice in ${configuration.folder}: nothing in it is real`);
const building = buildFrontEnds(say);
building.catch(() => undefined);
say(
  configuration.databaseUrl === undefined
    ? `opening the embedded database in ${configuration.folder}`
    : 'opening PostgreSQL',
);
const story = configuration.demonstration ? createStoryClock() : undefined;
const platform = await openPlatform({
  folder: configuration.folder,
  databaseUrl: configuration.databaseUrl,
  now: story?.now ?? (() => new Date()),
  signing: signingOf(configuration),
  identityKeys: configuration.identityKeys,
});
if (story !== undefined && platform.offices.size === 0) {
  say('seeding the demonstration province; this happens once');
  await seedDemonstration(platform, { say, setClock: story.hold });
}
await building;
const signIn = await createSignIn({
  database: platform.database,
  secret: secretOf(configuration.folder, 'session'),
  baseUrl: configuration.baseUrl,
  demonstration: configuration.demonstration,
  demonstrationPeople: () => demonstrationPeople(platform),
  secureCookies: configuration.baseUrl.startsWith('https:'),
});
const app = await createApp(platform, configuration, signIn, frontEndFolders);
// What stumbles in the background goes where everything else is logged, as JSON.
if (configuration.log !== 'silent') {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => app.log.warn({ name }, message));
}
if (story !== undefined) storyRoutes(app, platform, story);
await app.listen({ port: configuration.port, host: configuration.host });
platform.start();
const address = app.server.address();
const port = typeof address === 'object' && address !== null ? address.port : configuration.port;
say(`Hengjian 衡鉴 is ready: http://${configuration.host === '0.0.0.0' ? 'localhost' : configuration.host}:${port}`);
if (configuration.databaseUrl === undefined)
  say(
    'The embedded database is for trying out and for small offices: one process, up to about 20 users and 1 GB. Set DATABASE_URL for PostgreSQL.',
  );

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    await app.close();
    await platform.stop();
    process.exit(0);
  });
