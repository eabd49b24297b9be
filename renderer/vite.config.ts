/**
 * Builds the one renderer that the desktop window and the browser share. In development
 * (`vite --config renderer/vite.config.ts`) the page also runs without a station: open `/?fake`.
 */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

/** The development server injects inline scripts and a socket of its own; the strict policy is the build's. */
const policyOfTheBuildOnly = (): Plugin => ({
  name: 'policy-of-the-build-only',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
});

export default defineConfig({
  root,
  base: './',
  plugins: [react(), policyOfTheBuildOnly()],
  worker: { format: 'es' },
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    minify: true,
    target: 'chrome140',
    // Small files stay files: a data: URL would need a wider content policy.
    assetsInlineLimit: 0,
    sourcemap: false,
  },
});
