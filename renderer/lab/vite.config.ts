/** Builds the page of the simulator lab by itself: the nurse's window has nothing of it, and no way to it. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../out/lab',
    emptyOutDir: true,
    minify: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    sourcemap: false,
  },
});
