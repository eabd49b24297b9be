/** Builds the user interface (out/renderer), the page of the simulator lab (out/lab) and the desktop host (out/electron). */
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from './toolchain.mjs';

for (const config of [
  'renderer/vite.config.ts',
  'renderer/lab/vite.config.ts',
  'electron/vite.main.config.ts',
  'electron/vite.preload.config.ts',
]) {
  await build({ configFile: join(ROOT, config), logLevel: 'warn' });
}
