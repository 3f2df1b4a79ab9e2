import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { listForWorker } from './build/worker-list.ts';

export default defineConfig({
  base: '/field/',
  plugins: [react(), listForWorker() as Plugin],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { main: 'index.html', sw: 'src/sw.ts' },
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
});
