/**
 * Builds the preload script: one CommonJS file, because a sandboxed preload can load no other file and no
 * module (Electron, Process Sandboxing, "Preload scripts"; ES Modules in Electron, support matrix).
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import packageJson from '../package.json' with { type: 'json' };

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  root: here('.'),
  publicDir: false,
  define: { CHAIRSIDE_VERSION: JSON.stringify(packageJson.version) },
  // Everything but Electron goes into the one file.
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'chrome140',
    outDir: '../out/electron',
    // The main process was built into the same folder just before.
    emptyOutDir: false,
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: { preload: here('preload.ts') },
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
});
