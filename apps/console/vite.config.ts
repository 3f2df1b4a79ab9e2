import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Icons stay files so that a strict content policy needs no data: source.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
