/**
 * Builds the desktop's main process, the station's process and its thread that makes files: ECMAScript modules for Electron's own Node.
 * Packages stay outside: Electron is there at run time, and native modules must stay files of their own.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  root: here('.'),
  // Nothing of the renderer's public folder belongs here.
  publicDir: false,
  build: {
    // A build for Node: its own modules and every package of node_modules are left as imports.
    ssr: true,
    target: 'node24',
    outDir: '../out/electron',
    emptyOutDir: true,
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: {
        main: here('main.ts'),
        'station-host': here('station-host.ts'),
        'record-worker': here('../app/record-worker.ts'),
      },
      external: ['electron'],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
    },
  },
});
