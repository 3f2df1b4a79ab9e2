/**
 * `npm run reference`: writes docs/reference from the docstrings of the libraries, one Markdown page a library. TypeDoc needs
 * the JavaScript API of TypeScript, which version 7 no longer has, so this folder has a TypeScript 5.9 of its own.
 */
import { readdirSync } from 'node:fs';
import { Application } from 'typedoc';

const root = new URL('../../', import.meta.url).pathname;
const libraries = readdirSync(`${root}libs`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

const application = await Application.bootstrapWithPlugins(
  {
    name: 'Hengjian libraries',
    entryPoints: libraries.map((name) => `${root}libs/${name}/src/index.ts`),
    tsconfig: `${root}tools/reference/tsconfig.json`,
    plugin: ['typedoc-plugin-markdown'],
    out: `${root}docs/reference`,
    readme: 'none',
    disableSources: true,
    excludeInternal: true,
    skipErrorChecking: true,
    // Every page is a library; a name is found by the search of the reader.
    ...{ router: 'module', outputFileStrategy: 'modules', hideBreadcrumbs: true, hidePageHeader: true },
  },
  [],
);
const project = await application.convert();
if (project === undefined) throw new Error('The reference could not be read out of the sources.');
await application.generateOutputs(project);
console.log(`docs/reference: ${libraries.join(', ')}`);
