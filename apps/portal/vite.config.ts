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
    rollupOptions: { input: ['src/browser/verify-draw.ts', 'src/browser/verify-log.ts', 'src/browser/workbench.ts'] },
  },
  worker: { format: 'es' },
});
