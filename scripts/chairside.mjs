/** `npm run -s chairside -- <verb>`: the command surface, on the pinned Node whatever the system's is. */
import nodeModule from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { needsBuild } from './needs-build.mjs';
import { ensureBuilt, ensureInstalled, isAppNode, pinnedNode, ROOT, runForeground } from './toolchain.mjs';

// Halves the start of every verb where Node offers it (22 and newer).
nodeModule.enableCompileCache?.();
ensureInstalled();
if (needsBuild(process.argv.slice(2))) ensureBuilt();

const main = join(ROOT, 'app', 'cli', 'main.ts');
if (isAppNode()) {
  // npm puts the pinned Node first on the path: no second process, signals reach the verb directly.
  process.argv.splice(1, 1, main);
  await import(pathToFileURL(main).href);
} else {
  process.exitCode = await runForeground(pinnedNode(), [main, ...process.argv.slice(2)]);
}
