import { defineConfig } from 'vite';

/** Builds the only scripts of the portal, the verifiers and a helping hand for forms; its pages are made on the server. */
export default defineConfig({
  base: '/portal/',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    manifest: 'manifest.json',
    assetsDir: '.',
    reportCompressedSize: false,
    rollupOptions: {
      input: ['check-report', 'verify-draw', 'verify-log', 'workbench'].map((name) => `src/browser/${name}.ts`),
    },
  },
  worker: { format: 'es' },
});
