import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** Stands in the worker's source for the list of files to keep. */
const placeholder = 'self.__FILES_TO_KEEP__';
/** Public files that the page needs beside what is built. */
const named = ['/field/mark.svg', '/field/manifest.webmanifest'];

/**
 * Writes into the service worker which files of this build to keep, so that the app opens without a network: the page, and every asset. Files
 * whose name bears their hash need no revision; the others get the hash of the build.
 */
export function listForWorker(): Plugin {
  return {
    name: 'files-for-the-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const assets = Object.keys(bundle).filter((name) => name.startsWith('assets/'));
      const revision = createHash('sha256').update(assets.sort().join()).digest('hex').slice(0, 16);
      const list = [
        { url: '/field/', revision },
        ...named.map((url) => ({ url, revision })),
        ...assets.map((name) => ({ url: `/field/${name}`, revision: null })),
      ];
      const worker = bundle['sw.js'];
      if (worker?.type !== 'chunk' || !worker.code.includes(placeholder))
        throw new Error('The service worker was not built, or does not ask for its files.');
      worker.code = worker.code.replace(placeholder, JSON.stringify(list));
    },
  };
}
